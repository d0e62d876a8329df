"""FHIR in, facts out: pure. Nothing is dropped unsaid: what can't be read is a `Gap`, an unknown code is kept as it came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.psykiatri import care, identity, person, planning
from adapters.psykiatri.bundle import Entry, Page, once, page
from adapters.psykiatri.fields import Node, Unreadable
from adapters.psykiatri.records import Records
from hub.broker.port import AgencyAnswer, AgencyFault, Category, Fact, FaultKind, Gap
from hub.kit.clock import STOCKHOLM
from hub.kit.secret import Secret

_Reader = Callable[[Node, Records], Iterator[Fact]]
_READERS: Final[Mapping[str, tuple[_Reader, str, tuple[Category, ...]]]] = {
    "Patient": (person.patient, "Personens uppgifter", ("contact", "address", "phone", "family")),
    "EpisodeOfCare": (care.episode, "En kontakt", ("party", "coercive_care")),
    "Encounter": (care.encounter, "Ett besök", ("health",)),
    "Condition": (care.condition, "En diagnos", ("health", "mental_health", "substance_use", "trauma")),
    "Observation": (care.observation, "En bedömning", ("work_ability", "health", "mental_health", "substance_use")),
    "CarePlan": (planning.plan, "En plan", ("plan",)),
    "CareTeam": (planning.team, "Ett team", ("contact",)),
    "Appointment": (planning.appointment, "En tid", ("meeting",)),
}
#: What only follows with others, and says nothing by itself.
_SUPPORT: Final = frozenset({"Organization", "Practitioner", "PractitionerRole", "Location", "RelatedPerson"})


def answer(bodies: Sequence[bytes], *, whom: Secret[str] | None, at: datetime) -> AgencyAnswer:
    """Return what the pages say of `whom`. The Patient must be on one of them, when anybody is asked about.

    `whom` None: of whoever they are about (`read`). Raises AgencyFault, WrongPerson, NumberChanged.
    """
    return facts([page(body) for body in bodies], whom=whom, at=at)


def read(body: bytes, at: datetime) -> AgencyAnswer:
    """Return what one page says, where nobody is asked about. Raises AgencyFault."""
    return answer([body], whom=None, at=at)


def facts(pages: Sequence[Page], *, whom: Secret[str] | None, at: datetime) -> AgencyAnswer:
    """Return what parsed pages say: `answer`, for those that have asked page by page."""
    entries = once(entry for each in pages for entry in each.entries)
    patients = identity.the_patient(entries, whom, at.astimezone(STOCKHOLM).date())
    identity.check(entries, whom, patients)
    if whom is not None and not patients:
        if any(entry.kind in _READERS and entry.sought for entry in entries):
            raise AgencyFault(FaultKind.MALFORMED, "resources without their Patient")
        return AgencyAnswer(known=False, gaps=_gaps(pages))
    records = Records.of(entries, at)
    made = [_read(entry, records, patients) for entry in entries if entry.sought]
    told = tuple(fact for each in made if not isinstance(each, Gap) for fact in each)
    unread = tuple(each for each in made if isinstance(each, Gap))
    return AgencyAnswer(facts=told, gaps=_gaps(pages) + unread, protection=identity.shown(entries))


def _gaps(pages: Sequence[Page]) -> tuple[Gap, ...]:
    return tuple(gap for each in pages for gap in each.gaps)


def _read(entry: Entry, records: Records, patients: frozenset[str]) -> tuple[Fact, ...] | Gap:
    """Return the facts of one resource, or why there are none. One that can't be read costs the others nothing."""
    if entry.kind in _SUPPORT:
        return ()
    if entry.kind not in _READERS:
        return Gap(f"En uppgift av slaget {entry.kind}", "hubben känner inte till det slaget")
    reader, what, categories = _READERS[entry.kind]
    if entry.kind != "Patient" and patients and not any(identity.named_patients(entry.resource)):
        return Gap(what, "säger inte vem den gäller", categories)
    try:
        return tuple(reader(entry.resource, records))
    except Unreadable as error:
        return Gap(what, f"gick inte att läsa (fältet {error})", categories)
