"""One individual, three agencies, and a policy that answers what it is told to."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from hub.access import About, Asking, Caller, CallerKind, Decider, Gathered, Permit
from hub.access.questions import (
    Answer,
    CallerFacts,
    DisposalFacts,
    MandateFacts,
    PersonFacts,
    PlaceFacts,
    Refusal,
    ShowToIndividual,
    SignInFacts,
)
from hub.access.scopes import SCOPES
from hub.audit import Ledger, Stand
from hub.consent import (
    BlockService,
    ConsentDue,
    ConsentReader,
    ConsentService,
    Draft,
    DraftLine,
    Form,
    Kind,
    ScanFile,
    Speaker,
    Surroundings,
    Texts,
    WithdrawalService,
)
from hub.consent.vocabulary import AgencyName, Category, Vocabulary
from hub.kit.clock import FAR_FUTURE_S
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock

INDIVIDUAL = "individual-1"
QUESTIONS = frozenset({"record_consent", "accept_consent", "show_to_individual"})
TODAY = date(2026, 11, 24)
LAST_DAY = date(2027, 2, 28)

CATEGORIES = {
    code: Category(code, parent, sensitive)
    for code, parent, sensitive in (
        ("plan", None, False),
        ("meeting", None, False),
        ("work_ability", None, False),
        ("health", None, False),
        ("mental_health", "health", True),
        ("trauma", "health", True),
        ("economy", None, False),
        ("debts", "economy", False),
        ("social_situation", None, False),
        ("sus_registration", None, False),
    )
}
AGENCIES = {
    "soc": AgencyName("Socialtjänsten", "socialtjanst"),
    "psyk": AgencyName("Psykiatrin", "region_psykiatri"),
    "af": AgencyName("Arbetsförmedlingen", "af"),
    "fk": AgencyName("Försäkringskassan", "fk"),
    "forbund": AgencyName("Samordningsförbundet", "forbund"),
}
KINDS = ("socialtjanst", "region_psykiatri", "af", "fk")
VOCABULARY = Vocabulary(
    CATEGORIES,
    frozenset({"sip", "recruitment_selection", "sus"}),
    AGENCIES,
    frozenset((owner, receiver) for owner in KINDS for receiver in KINDS),
)
SIGNED_IN = datetime(2026, 11, 24, 7, 55, tzinfo=UTC)


async def words() -> Vocabulary:
    return VOCABULARY


def staff(agency: str = "soc", assignment: str = "assignment-1") -> Caller:
    return Caller(
        CallerKind.STAFF,
        f"assignment:{assignment}",
        "https://idp.example",
        assignment,
        3,
        SIGNED_IN,
        factors=2,
        name="Lena Sandström",
        agency=agency,
        unit="vuxen",
        assignment=assignment,
        roles=("handlaggare",),
    )


def individual(loa: int = 3) -> Caller:
    return Caller(CallerKind.INDIVIDUAL, f"individual:{INDIVIDUAL}", "https://e-id.example", "kajsa", loa, SIGNED_IN)


def client(agency: str = "fk") -> Caller:
    scopes = frozenset(SCOPES)
    return Caller(
        CallerKind.CLIENT,
        "client:fk-system",
        "https://as.example",
        "fk-system",
        3,
        SIGNED_IN,
        agency=agency,
        scopes=scopes,
    )


def mandate(**over: Any) -> MandateFacts:
    facts: dict[str, Any] = {
        "id": "mandate-1",
        "kind": "god_man",
        "scopes": ["personal_matters"],
        "valid_from": 0,
        "valid_until": FAR_FUTURE_S,
        "risk": "none",
        "agreed": True,
    }
    return MandateFacts(**{**facts, **over})


@dataclass
class World:
    """What the surroundings say of whoever asks; a test changes it."""

    database: Database
    team: bool = True
    own: bool = True
    mandates: list[MandateFacts] = field(default_factory=list)
    uses: str = ""

    async def around(self, caller: Caller, individual: str, case: str | None) -> Surroundings:
        subjects = [f"individual:{individual}", caller.ref]
        rows = await self.database.fetch(
            "SELECT subject, epoch FROM standing WHERE subject :in($1)", self.database.many(subjects)
        )
        return self.surroundings(caller, tuple(Stand(subject, epoch) for subject, epoch in rows))

    def surroundings(self, caller: Caller, stands: tuple[Stand, ...] = ()) -> Surroundings:
        at_own_door = caller.kind is CallerKind.INDIVIDUAL
        place = PlaceFacts(substitute=False, valid_from=0, valid_until=FAR_FUTURE_S)
        facts = CallerFacts(
            door=caller.kind.value,
            agency=caller.agency or "",
            kind=AGENCIES[caller.agency].kind if caller.agency else "individual",  # type: ignore[arg-type]
            roles=list(caller.roles),  # type: ignore[arg-type]
            team=[place] if self.team and not at_own_door else [],
            clearances=[],
            named_handler=False,
            relation="none",
            own=at_own_door and self.own,
            mandate=self.uses,
            sign_in=SignInFacts(level=caller.loa, factors=2, at=0),
            carries_out=[],
        )
        person = PersonFacts(known=True, protection="none", provisional_until=0)
        disposal = DisposalFacts(age=24, can_consent=True, mature=True, objects=False, harm=False)
        return Surroundings(facts, person, disposal, self.mandates, stands)


class ToldEngine:
    """An engine that answers what it is told to, and remembers what it was asked."""

    revision = "test"

    def __init__(self) -> None:
        self.refuses: frozenset[str] = frozenset()
        self.hides_unknown = False
        self.asked: list[dict[str, Any]] = []

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        asked = msgspec.json.decode(payload)
        self.asked += asked
        name = question.partition("/")[0]
        return msgspec.json.encode([self._answer(name, each) for each in asked])

    async def close(self) -> None:
        self.asked = []

    def _answer(self, name: str, asked: dict[str, Any]) -> Answer:
        hidden = self.hides_unknown and not asked["person"]["known"]
        no, code = name in self.refuses or hidden, "not_found" if hidden else "not_on_team"
        refusal = Refusal(code=code, category="", law="OSL 8:1", text=code)
        return Answer(
            outcome="deny" if no else "permit",
            grounds=[],
            refusals=[refusal] if no else [],
            obligations=[],
            categories=[],
            revision="test",
        )


@pytest.fixture
async def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    made = Ledger(database, vault, clock)
    async with database.write() as session:
        subjects = [f"individual:{INDIVIDUAL}", "individual:other", staff().ref, client().ref]
        subjects += [staff(agency, f"official-{agency}").ref for agency in AGENCIES]
        await made.bump(session, subjects)
    return made


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
def engine() -> ToldEngine:
    return ToldEngine()


@pytest.fixture
async def texts(database: Database, ledger: Ledger, clock: FixedClock) -> Texts:
    made = Texts(database, ledger, clock)
    await made.publish()
    return made


@pytest.fixture
async def consents(
    database: Database, vault: Vault, ledger: Ledger, clock: FixedClock, texts: Texts, world: World
) -> ConsentService:
    return ConsentService(database, vault, ledger, clock, texts=texts, words=words, around=world.around)


@pytest.fixture
def withdrawals(database: Database, ledger: Ledger, clock: FixedClock) -> WithdrawalService:
    return WithdrawalService(database, ledger, clock, words)


@pytest.fixture
def blocks(database: Database, ledger: Ledger, clock: FixedClock) -> BlockService:
    return BlockService(database, ledger, clock, words)


@pytest.fixture
def reader(database: Database, vault: Vault, ledger: Ledger, clock: FixedClock) -> ConsentReader:
    return ConsentReader(database, vault, ledger, clock, words)


@pytest.fixture
def due(database: Database, clock: FixedClock) -> ConsentDue:
    return ConsentDue(database, clock)


@dataclass
class Door:
    """Opens an asking and a speaker for a caller."""

    decider: Decider
    world: World

    def asking(self, caller: Caller) -> Asking:
        return Asking(self.decider, caller, QUESTIONS)

    def speaker(self, caller: Caller, about: str = INDIVIDUAL) -> Speaker:
        return Speaker(caller, about, self.world.surroundings(caller))

    async def permit(self, caller: Caller, about: str | None = INDIVIDUAL) -> Permit[ShowToIndividual]:
        """Return a permit to see what `about` has said."""

        async def gather() -> Gathered[ShowToIndividual]:
            around = await self.world.around(caller, about or INDIVIDUAL, None)
            question = ShowToIndividual(
                now=0,
                caller=around.caller,
                person=around.person,
                disposal=around.disposal,
                mandates=[],
                owner="soc",
                categories=["plan"],
                owner_withholds=[],
                withheld=[],
                third_persons=[],
                surface="case_view",
            )
            return Gathered(question, around.stands, About("show", "soc", about))

        return await self.asking(caller).permit(gather)


@pytest.fixture
def door(engine: ToldEngine, ledger: Ledger, clock: FixedClock, world: World) -> Door:
    return Door(Decider(engine, ledger, clock), world)


def line(owner: str = "psyk", receiver: str = "soc", category: str = "plan", **over: Any) -> DraftLine:
    return replace(DraftLine(owner, receiver, category, "sip", None, LAST_DAY), **over)


def draft(*lines: DraftLine, **over: Any) -> Draft:
    made = Draft(
        individual=INDIVIDUAL,
        kind=Kind.SECRECY,
        lines=lines or (line(),),
        answerable="soc",
        form=Form.DIGITAL,
        text_version=1,
        exclusions_asked=True,
    )
    return replace(made, **over)


def on_paper(*lines: DraftLine, **over: Any) -> Draft:
    """Return a draft that staff write down from a signed paper."""
    scan = ScanFile("application/pdf", b"%PDF the signed paper")
    return draft(*lines, **{"form": Form.PAPER, "scan": scan, **over})
