"""What is asked of the server, and all its pages. Questions go in bodies: no number and no name stands in an address."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin, urlsplit

from adapters.psykiatri import codes
from adapters.psykiatri.bundle import Page, page
from adapters.psykiatri.doorkeeper import Doorkeeper
from adapters.psykiatri.refusals import GONE, StatusFault, fhir
from hub.broker.port import AgencyFault, Category, FaultKind, Span
from hub.kit.secret import Secret

Form = list[tuple[str, str]]
#: A search whose pages run out while they're read is made again this many times.
_ANEW: Final = 2
#: Nobody has more than this to say of one individual.
_PAGES: Final = 40
#: Which kinds of resource can carry which categories.
CARRIED: Final[dict[str, frozenset[Category]]] = {
    "Patient": frozenset({"contact", "address", "phone", "family"}),
    "EpisodeOfCare": frozenset({"party", "coercive_care"}),
    "Encounter": frozenset({"health"}),
    "Condition": frozenset({"health", "mental_health", "substance_use", "trauma"}),
    "Observation": frozenset({"work_ability", "health", "mental_health", "substance_use"}),
    "CarePlan": frozenset({"plan"}),
    "CareTeam": frozenset({"contact"}),
    "Appointment": frozenset({"meeting"}),
}
#: What is to follow with each, so that a unit, a person of staff and a place have names. `:iterate` goes on from there.
_WITH: Final[dict[str, tuple[str, ...]]] = {
    "Patient": ("Patient:link", "Patient:organization"),
    "EpisodeOfCare": ("EpisodeOfCare:organization", "EpisodeOfCare:care-manager"),
    "Encounter": ("Encounter:service-provider", "Encounter:location"),
    "Condition": ("Condition:encounter",),
    "Observation": ("Observation:encounter", "Observation:performer"),
    "CarePlan": ("CarePlan:care-team", "CarePlan:encounter"),
    "CareTeam": ("CareTeam:participant",),
    "Appointment": ("Appointment:location", "Appointment:practitioner"),
}
_FURTHER: Final[dict[str, str]] = {
    "Condition": "Encounter:service-provider",
    "Observation": "Encounter:service-provider",
    "CarePlan": "CareTeam:participant",
}
#: Those that can be searched by `date`: when it was, or is.
_WHEN: Final = frozenset({"EpisodeOfCare", "Encounter", "Appointment", "Observation", "CarePlan"})
_NUMBER_LENGTH: Final = 12


def kinds(categories: Iterable[Category]) -> list[str]:
    """Return the kinds of resource that may carry any of `categories`; never Patient, which is always asked first."""
    wanted = frozenset(categories)
    return [kind for kind, carried in CARRIED.items() if kind != "Patient" and carried & wanted]


def for_patient(whom: Secret[str], size: int) -> Form:
    """Return the form that finds the individual, by each system that such a number may stand under."""
    number = whom.reveal()
    plain = len(number) == _NUMBER_LENGTH and number.isascii() and number.isdecimal()
    coordination = plain and number[6:8] > "31"
    system = codes.SAMORDNING if coordination else codes.PERSONNUMMER if plain else codes.RESERVE
    systems = [alias for alias, means in codes.NUMBERS.items() if means == system]
    return [("identifier", ",".join(f"{each}|{number}" for each in systems)), *_how("Patient", size)]


def for_kind(kind: str, patients: Iterable[str], period: Span, size: int) -> Form:
    """Return the form that finds the individual's resources of a kind, in the period that the question is about."""
    form = [("patient", ",".join(f"Patient/{each}" for each in sorted(patients)))]
    if kind in _WHEN and period.start:
        form.append(("date", f"ge{period.start.isoformat()}"))
    return form + _how(kind, size)


def _how(kind: str, size: int) -> Form:
    further = [("_include:iterate", _FURTHER[kind])] if kind in _FURTHER else []
    return [("_count", str(size)), *(("_include", each) for each in _WITH[kind]), *further]


class Search:
    """Searches at one server, page by page."""

    def __init__(self, door: Doorkeeper, base_url: str) -> None:
        self._door, self._base_url = door, base_url

    async def all_pages(self, kind: str, form: Form, whom: Secret[str]) -> list[Page]:
        """Return every page of a search. One whose pages have expired (410) is made anew. Raises AgencyFault."""
        for _ in range(_ANEW + 1):
            try:
                return await self._pages(kind, form, whom)
            except StatusFault as error:
                if error.status != GONE:
                    raise
        raise AgencyFault(FaultKind.DOWN, "pages run out before they are read")

    async def _pages(self, kind: str, form: Form, whom: Secret[str]) -> list[Page]:
        reply = await self._door.send("POST", f"{self._base_url}/{kind}/_search", form)
        pages = [page(fhir(reply), reply.charset)]
        seen: set[str] = set()
        while follows := pages[-1].next:
            url = self._next(follows, seen, whom)
            reply = await self._door.send("GET", url)
            pages.append(page(fhir(reply), reply.charset))
        return pages

    def _next(self, link: str, seen: set[str], whom: Secret[str]) -> str:
        """Return where the next page is: as the server said it, at the same server, and each only once."""
        try:
            url = urljoin(f"{self._base_url}/", link)
            ours, theirs = urlsplit(self._base_url), urlsplit(url)
            same = (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
        except ValueError:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next isn't an address") from None
        if not same or theirs.username is not None:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next leads to another server")
        if whom.reveal() in url:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next holds the individual's number")
        if url in seen or len(seen) >= _PAGES:
            raise AgencyFault(FaultKind.TOO_LARGE, "Bundle.link: pages without end")
        seen.add(url)
        return url
