"""Every page of the hub, found in the route table, so that a new one is looked at the day it is written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.support.doors import ISSUER, Browser, Doors, case_of, consent_of, person_of, says

#: Addresses that answer with something else than a page of their own.
NO_PAGES = (
    "/health",
    "/.well-known/",
    "/session/",
    "/logga-in/svar",
    "/logga-in/{door}",
    "/mina-sidor/sprak/",
    "/arbete/underlag/{consent}/papper",
    "/arbete/loggranskning/urval/{sample}/utdrag",
)
#: An address that tells of what comes, and is no page.
STREAM = "/handelser"
#: Addresses that only lead on.
LEADS_ON = frozenset({"/arbete"})


@dataclass(frozen=True)
class Place:
    """One page: its route, an address, and whose cookie opens it."""

    route: str
    address: str
    cookie: tuple[str, str] | None


@dataclass(frozen=True)
class Places:
    """All pages, and those routes that nobody in the example could open."""

    found: tuple[Place, ...]
    unseen: tuple[str, ...]


def page_routes(app: FastAPI) -> list[str]:
    """Return the paths of all pages."""
    paths = {route.path for route in _routes(app.routes) if "GET" in (route.methods or ())}
    return sorted(
        path for path in paths if not path.startswith(NO_PAGES) and not path.endswith(STREAM) and path not in LEADS_ON
    )


async def explore(hub: Doors) -> Places:
    """Return a place for every page, opened by whoever may."""
    people = {key: await hub.staff(key) for key in ("lena-sandstrom", "henrik-sundin", "birgitta-holm")}
    people["margareta-lindh"] = await hub.staff("margareta-lindh")
    people["karin-astrom"] = await hub.staff("karin-astrom")
    people["mats-engstrom"] = await hub.staff("mats-engstrom")
    people["kajsa-nilsson"] = await hub.individual("kajsa-nilsson")
    values = await _values(hub, people)
    found: list[Place] = []
    unseen: list[str] = []
    for route in page_routes(hub.app):
        place = await _place(route, values, people)
        if place:
            found.append(place)
        else:
            unseen.append(route)
    protected = await _protected(people["lena-sandstrom"])
    return Places((*found, *protected), tuple(unseen))


async def _place(route: str, values: dict[str, list[str]], people: dict[str, Browser]) -> Place | None:
    for address in _addresses(route, values):
        for browser in people.values():
            answer = await browser.open(address)
            if answer.status_code == 200:
                return Place(route, address, (browser.cookie, browser.token))
    return None


async def _values(hub: Doors, people: dict[str, Browser]) -> dict[str, list[str]]:
    """Return what can stand in an address, by the name of the parameter; made by doing things in the hub."""
    lena, margareta, kajsa = people["lena-sandstrom"], people["margareta-lindh"], people["kajsa-nilsson"]
    case = await case_of(lena, "elias-boman")
    receipt = await consent_of(lena, case)
    await consent_of(lena, case, owners=["soc"], receivers=["psyk"], words="Praktiken på förskolan")
    closed = await lena.open(f"{case}/samtycke")
    kajsas = await _cases(lena)
    ask = await _ask_review(lena, [f"/arbete/arenden/{each}" for each in kajsas])
    looked = await kajsa.open("/mina-sidor/vem-har-tittat")
    asked = re.findall(r'href="(/mina-sidor/vem-har-tittat\?fraga=[^"#]*)', looked.text)
    page = await kajsa.open(asked[0])
    await kajsa.send(page, "/mina-sidor/vem-har-tittat/", {"question": "Varför läste ni?"})
    asked_in = await _ask_by_hand(lena, kajsas)
    await _nobody_there(hub, await _ask_by_hand(lena, [each for each in kajsas if each != asked_in]))
    days = [(await people[each].open("/arbete/min-dag")).text for each in ("karin-astrom", "mats-engstrom")]
    own = await kajsa.open("/mina-sidor/samtycke/tidigare")
    mine = await kajsa.open("/mina-sidor/samtycke")
    admin = await people["birgitta-holm"].open("/arbete/administration/uppdrag")
    waiting = await margareta.open("/arbete/underlag")
    reviews = await margareta.open("/arbete/provningar")
    questions = await people["henrik-sundin"].open("/arbete/loggranskning")
    sample, entry = await _sample(hub, people["henrik-sundin"])
    await _shut_out(people["birgitta-holm"])
    systems = await people["birgitta-holm"].open("/arbete/administration/system")
    return {
        "case": [*kajsas, case.rsplit("/", 1)[1]],
        "person": [(await person_of(lena, "kajsa-nilsson")).rsplit("/", 1)[1]],
        "consent": [
            receipt.rsplit("/", 1)[1],
            *re.findall(r"/mina-sidor/samtycke/kvitto/([a-z2-7]+)", own.text),
            *re.findall(r"/arbete/underlag/([a-z2-7]+)", waiting.text),
        ],
        "withdrawal": re.findall(r"/tillbakataget/([a-z2-7]+)", mine.text),
        "line": re.findall(r"/undantag/([a-z2-7]+)", mine.text),
        "receiver": re.findall(r"/mina-sidor/samtycke/([a-z]+)/andra", mine.text),
        "review": re.findall(r"/arbete/provningar/([a-z2-7]+)", reviews.text),
        "inquiry": re.findall(r"/arbete/fragor-till-oss/([a-z2-7]+)", "".join(days)),
        "question": re.findall(r"/arbete/fragor/([a-z2-7]+)", questions.text),
        "identity": [
            *re.findall(r"/uppdrag/([a-z2-7]+)/avsluta", admin.text),
            *re.findall(r"/system/([a-z2-7]+)/slapp-in", systems.text),
        ],
        "sample": [sample],
        "entry": [entry],
        "gathering": [await _gathering(lena, f"/arbete/arenden/{kajsas[0]}")],
        "preview": [await _preview(kajsa)],
        "what": re.findall(r"/samtycke/lyft/([a-z2-7]+)", closed.text),
        "owner": ["psyk", "af"],
        "about": ["plan", "meeting"],
        "kind": ["uppdrag", "planen", "sus"],
        "": [ask.partition("?")[2]],
    }


async def _sample(hub: Doors, henrik: Browser) -> tuple[str, str]:
    """Draw a sample of the log, with an entry in it however young the log is; return both."""
    home = "/arbete/loggranskning/urval"
    answer = await henrik.send(await henrik.open(home), home, {})
    sample = answer.headers["location"].rsplit("/", 1)[1]
    [[entry]] = await hub.made.database.fetch(
        "SELECT min(id) FROM ledger_entry WHERE agency = 'soc' AND individual IS NOT NULL"
    )
    await hub.made.database.record(
        """INSERT INTO log_sample_entry (sample_id, entry_id, position, reasons) VALUES ($1, $2, 1000, 'random')
           ON CONFLICT DO NOTHING RETURNING entry_id""",
        sample,
        entry,
    )
    return sample, entry


async def _ask_review(lena: Browser, cases: list[str]) -> str:
    """Ask an owner's official about a refusal, in the first case where the owner may know of it; return the address."""
    for case in cases:
        refused = await lena.open(f"{case}/fraga/psyk/mental_health")
        for found in re.findall(rf'href="({case}/provning[^"]*)"', refused.text):
            address = unescape(found)
            page = await lena.open(address)
            said = {"reason": "Vi planerar en praktik.", "urgency": "normal"}
            if (await lena.send(page, f"{case}/provning", said)).status_code == 303:
                return address
    raise AssertionError("no owner in the example could be asked")


async def _gathering(lena: Browser, case: str) -> str:
    """Ask the agencies in a case, and return what the gathering is known by."""
    answer = await lena.send(await lena.open(f"{case}/bild"), f"{case}/bild", {})
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"].rsplit("/", 1)[1]


async def _preview(kajsa: Browser) -> str:
    """Ask what they would see before a yes, and return what it is known by."""
    home = "/mina-sidor/samtycke/nytt"
    said = {
        "owners": ["psyk"],
        "receivers": ["soc"],
        "categories": ["party", "plan"],
        "purpose": "sip",
        "ends": "3",
        "svar": "visa",
    }
    answer = await kajsa.send(await kajsa.open(home), home, said)
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"].rsplit("/", 1)[1]


async def _ask_by_hand(lena: Browser, cases: list[str]) -> str:
    """Put a question to Arbetsförmedlingen's official, in the first case where they may be asked; return the case."""
    said = {"categories": ["plan"], "question": "Vilka planer finns hos er?", "urgency": "normal"}
    for case in cases:
        form = f"/arbete/arenden/{case}/fragor/ny"
        page = await lena.open(f"{form}?hos=af")
        if page.status_code == 200 and 'value="plan"' in page.text:
            assert (await lena.send(page, form, said)).status_code == 303
            return case
    raise AssertionError("nobody in the example could be asked by hand")


async def _nobody_there(hub: Doors, case: str) -> None:
    """Let nobody at Arbetsförmedlingen be on the team."""
    ended = "UPDATE case_member SET valid_until = valid_from WHERE agency = 'af' AND case_id = $1"
    await hub.made.database.record(ended, case)


async def _shut_out(birgitta: Browser) -> None:
    """Register a partner system and shut it out, so that it can be let in again."""
    page = await birgitta.open("/arbete/administration/system")
    assignments = re.findall(r'<option value="([a-z2-7]+)">Lena', page.text)
    said = {
        "name": "Procapita",
        "client_id": "procapita",
        "issuer": ISSUER,
        "assignment": assignments[0],
        "scopes": ["person:see"],
        "loa": "3",
        "diarienummer": "SN 2026/200",
    }
    sent = await birgitta.send(page, "/arbete/administration/system", said)
    assert sent.status_code == 303, says(sent)
    page = await birgitta.open("/arbete/administration/system")
    [end, *_] = re.findall(r'href="(/arbete/administration/system/[a-z2-7]+/avsluta)"', page.text)
    await birgitta.send(await birgitta.open(end), end, {})


async def _cases(lena: Browser) -> list[str]:
    page = await lena.open("/arbete/arenden")
    return re.findall(r'href="/arbete/arenden/([a-z2-7]+)"', page.text)


async def _protected(lena: Browser) -> list[Place]:
    """Return the pages of a protected individual, where the example has one that Lena is cleared for."""
    person = await person_of(lena, "nora-vinge")
    pages = (person, f"{person}/skydd", f"{person}/nytt-arende")
    return [Place(f"{page} (skyddad)", page, (lena.cookie, lena.token)) for page in pages]


def _addresses(route: str, values: dict[str, list[str]]) -> Iterator[str]:
    name = re.search(r"\{(\w+)\}", route)
    if name is None:
        asked = {"/provning": f"?{values[''][0]}", "/fragor/ny": "?hos=af"}
        yield route + next((query for end, query in asked.items() if route.endswith(end)), "")
        return
    for value in values.get(name.group(1), ()):
        yield from _addresses(route.replace(name.group(0), value, 1), values)


def _routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _routes(inner.routes)
        elif isinstance(route, APIRoute):
            yield route
