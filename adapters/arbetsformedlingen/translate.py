"""Bytes of SSBTEK v10 in, facts out. Pure. What can't be believed is refused whole; what can't be read is named."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final, NoReturn

from adapters.arbetsformedlingen.fields import Reading
from adapters.arbetsformedlingen.fund import said_by_funds
from adapters.arbetsformedlingen.names import AF, SERVICES, SO, SOAP, SSBTEK, SSBTEK_ANY, Element, local, tag
from adapters.arbetsformedlingen.seeker import SeekerPart, said_by_agency
from hub.broker.port import AgencyAnswer, AgencyFault, Category, Fact, FaultKind, Gap, WrongPerson
from hub.kit.payload import PayloadError, PayloadFault, read_xml
from hub.kit.secret import Secret

#: Those whose answer the hub can read and may show; the rest of the national services are never asked.
READ: Final = ("AF", "SO")
_CARRIES: Final[dict[str, tuple[Category, ...]]] = {"AF": ("employment", "benefits", "party"), "SO": ("benefits",)}
_FROM: Final = {"SSBT": "SSBTEK fick inget svar därifrån", "BT": "kunde inte behandla frågan"}
#: What names an individual, in any part and at any depth.
_NAMES_SOMEBODY: Final = ("{*}personidentitet", "{*}IdentitetsbeteckningFysiskPerson", "{*}IdentificationNumber")
_PLAIN_CODE: Final = re.compile(r"[A-Za-z_.-]{0,24}[0-9]{0,4}", re.ASCII)
_NOBODY: Final = SeekerPart((), "none", known=False)


def read(body: bytes, at: datetime) -> AgencyAnswer:
    """Return what an answer says, where nobody is asked about: the check of whom it is about is left out."""
    return answer(body, whom=None, at=at)


def answer(
    body: bytes,
    *,
    whom: Secret[str] | None,
    at: datetime,
    charset: str = "",
    entry: str = "",
    asked: Collection[str] | None = None,
) -> AgencyAnswer:
    """Return what an answer says.

    `whom`: twelve digits. `charset`: what the content type names. `entry`: the correlation id that was sent. `asked`:
    the national services that were asked; None when it isn't known. Raises AgencyFault and WrongPerson.
    """
    response = opened(body, "hamtaBastjanstInformationResponse", charset=charset)
    _check(response, whom, entry)
    parts = _parts(response)
    gaps = _unasked(parts, READ if asked is None else asked)
    wanted = [each for each in READ if (asked is None and each in parts) or (asked is not None and each in asked)]
    source = _source(response)
    seeker, facts = _NOBODY, tuple[Fact, ...]()
    for name in wanted:
        data = _data(name, parts.get(name), gaps)
        if data is None:
            continue
        if name == "AF":
            seeker = _agency(data, at, source, gaps)
        else:
            facts = _funds(data, at, source, gaps)
    silent = bool(gaps) and not seeker.facts and not facts
    known = seeker.known or bool(facts) or silent
    return AgencyAnswer(facts=(*seeker.facts, *facts), gaps=tuple(gaps), protection=seeker.protection, known=known)


def opened(body: bytes, expected: str, *, charset: str = "") -> Element:
    """Return the one element in a SOAP 1.1 body. Raises AgencyFault: for a fault too, whatever the HTTP status was."""
    try:
        root = read_xml(body, charset=charset)
    except PayloadError as error:
        kind = FaultKind.TOO_LARGE if error.fault is PayloadFault.TOO_LARGE else FaultKind.MALFORMED
        raise AgencyFault(kind, str(error)) from None
    bodies = root.findall(f"{SOAP}Body")
    if tag(root) != f"{SOAP}Envelope" or len(bodies) != 1 or len(bodies[0]) != 1:
        _malformed("not a SOAP 1.1 envelope with one thing in its body")
    held = bodies[0][0]
    if tag(held) == f"{SOAP}Fault":
        raise _faulted(held)
    if tag(held) != f"{SSBTEK}{expected}":
        other = tag(held).startswith(SSBTEK_ANY) and not tag(held).startswith(SSBTEK)
        _malformed("another version of SSBTEK than 10" if other else f"the body holds no {expected}")
    return held


def _faulted(fault: Element) -> AgencyFault:
    """A SOAP fault: ours (Client: they will not take the question) or theirs. Its texts may hold anything, so only codes."""
    whose = (fault.findtext("faultcode") or "").strip().rpartition(":")[2].partition(".")[0]
    code = _plain_code(fault.findtext(f"detail/{SSBTEK}hamtaBastjanstInformationFault/{SSBTEK}felkod") or "")
    told = f"SOAP fault {whose if whose in ('Client', 'Server', 'VersionMismatch', 'MustUnderstand') else 'unknown'}"
    kind = FaultKind.DOWN if whose == "Server" else FaultKind.REFUSED if whose == "Client" else FaultKind.MALFORMED
    return AgencyFault(kind, f"{told} {code}".rstrip())


def _check(response: Element, whom: Secret[str] | None, entry: str) -> None:
    """Raise WrongPerson unless all that names an individual names `whom`, and the answer is to our question."""
    for each in response.iter(*_NAMES_SOMEBODY):
        number = (each.text or "").strip()
        if not number:
            _malformed(f"an empty {local(each)}")
        if whom is not None and Secret(number) != whom:
            raise WrongPerson(f"another {local(each)} than was asked about")
    told = (response.findtext(f"{SSBTEK}korrelationsid") or "").strip()
    if entry and told and told != entry:
        raise WrongPerson("an answer to another question")


def _parts(response: Element) -> dict[str, Element]:
    """Return each national service's part, by its name in the format."""
    held = response.findall(f"{SSBTEK}svarsdata")
    if len(held) != 1:
        _malformed("not exactly one svarsdata")
    parts: dict[str, Element] = {}
    for each in held[0]:
        name = local(each)
        if name not in SERVICES or tag(each) != f"{SSBTEK}{name}":
            _malformed("svarsdata holds a part of no national service")
        if name in parts:
            _malformed(f"{name} stands twice in svarsdata")
        parts[name] = each
    return parts


def _unasked(parts: Collection[str], asked: Collection[str]) -> list[Gap]:
    return [
        Gap(SERVICES[each], "svarade utan att ha blivit tillfrågad, så det visas inte")
        for each in parts
        if each not in asked
    ]


def _data(name: str, part: Element | None, gaps: list[Gap]) -> Element | None:
    """Return a service's data, or name why there is none. A service that both failed and answered is read, and named."""
    if part is None:
        gaps.append(Gap(SERVICES[name], "finns inte med i svaret", _CARRIES[name]))
        return None
    error, data = part.find(f"{SSBTEK}error"), part.findall(f"{SSBTEK}data")
    if error is not None:
        gaps.append(Gap(SERVICES[name], _why(error), _CARRIES[name]))
    elif len(data) != 1:
        gaps.append(Gap(SERVICES[name], "svarade utan innehåll", _CARRIES[name]))
    return data[0] if len(data) == 1 else None


def _why(error: Element) -> str:
    reason = _FROM.get((error.findtext(f"{SSBTEK}kalla") or "").strip(), "lämnade ett fel av okänt slag")
    code = _plain_code(error.findtext(f"{SSBTEK}felkod") or "")
    return f"{reason} (felkod {code})" if code else reason


def _agency(data: Element, at: datetime, source: str, gaps: list[Gap]) -> SeekerPart:
    reading = Reading(SERVICES["AF"], AF, _CARRIES["AF"], gaps)
    reading.others(data, ("Fraga", "Svar"))
    said = reading.child(data, "Svar")
    if said is None:
        reading.gap("svarade utan innehåll")
        return _NOBODY
    _names_somebody(said, AF, "IdentitetsbeteckningFysiskPerson")
    return said_by_agency(said, reading, at, source)


def _funds(data: Element, at: datetime, source: str, gaps: list[Gap]) -> tuple[Fact, ...]:
    _names_somebody(data, SO, "IdentificationNumber")
    return said_by_funds(data, Reading(SERVICES["SO"], SO, _CARRIES["SO"], gaps), at, source)


def _names_somebody(part: Element, namespace: str, name: str) -> None:
    """What doesn't say whom it is about can't be believed to be about anybody."""
    if part.find(f"{namespace}{name}") is None:
        _malformed(f"no {name}")


def _source(response: Element) -> str:
    """What an official there needs to find the question again: ours, since theirs has no number of its own."""
    entry = " ".join((response.findtext(f"{SSBTEK}korrelationsid") or "").split())[:80]
    return f"SSBTEK, fråga {entry}" if entry else "SSBTEK"


def _plain_code(text: str) -> str:
    """A code that is a mere code: what a sender puts in it may else be about somebody."""
    text = text.strip()
    return text if _PLAIN_CODE.fullmatch(text) else ""


def _malformed(cause: str) -> NoReturn:
    raise AgencyFault(FaultKind.MALFORMED, cause)
