"""Everything put together, by hand, in one place: which service gets which collaborators."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from hub.access import Decider, Engine
from hub.access.explain import Explainer
from hub.access.opa import OpaEngine
from hub.access.replay import archive
from hub.access.selftest import self_test
from hub.access.signin import (
    Callers,
    Cookies,
    HubClient,
    Provider,
    Sessions,
    SignIn,
    check_none_made_up,
    read_issuers,
)
from hub.access.signin import Repository as SignInRows
from hub.access.tokens import CertificateProxy, Clients, Proofs, Tokens
from hub.access.tokens import Repository as TokenRows
from hub.access.wasm import WasmEngine
from hub.agencies import Administration, AgencyId, Approvals, Directory
from hub.audit import CheckpointFile, Ledger, Sequencer, Signer
from hub.broker import Gatherer, Gathering, Store, Watch, guarded
from hub.broker.incidents import Incidents
from hub.broker.port import AgencyPort
from hub.cases import (
    CaseAround,
    Cases,
    Inquiries,
    KeepingGrounds,
    LogQuestions,
    LogReviews,
    Openings,
    OwnCases,
    Pictures,
    Pins,
    Previews,
    Reviews,
    Sharing,
    Who,
    Withholdings,
    leading_handlers,
    on_whom,
)
from hub.consent import WITHDRAWN, ConsentServices, WithdrawalId
from hub.kit import http
from hub.kit.clock import Clock, SystemClock, today
from hub.kit.database import Database
from hub.kit.outbox import Outbox, every
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from hub.people import (
    REGISTERED,
    Clearances,
    Decoys,
    Erasure,
    IndividualId,
    OwnNumbers,
    People,
    PersonalNumber,
    Protecting,
    Protection,
    Representing,
)
from hub.roads import close_roads, open_roads
from hub.settings import Engine as EngineKind
from hub.settings import Mode, Settings
from hub.web.drafts import Drafts
from hub.web.security import Addresses, RateLimits

#: How often facts on their way are looked for, in seconds.
_OUTBOX_S: Final = 0.5
#: Seconds between looks for what an agency's own schedule says is to be erased.
_ERASURE_S: Final = 6 * 3600.0
#: Seconds between sweeps of answers that have lain their minute.
_GATHERED_S: Final = 5.0
#: Seconds between sweeps of sessions, sign-ins and proofs that are over.
_SWEEP_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Hub:
    """One hub process, put together. Each name is what handlers find at `app.state`."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    ledger: Ledger
    sequencer: Sequencer
    outbox: Outbox
    decider: Decider
    explainer: Explainer
    directory: Directory
    administration: Administration
    approvals: Approvals
    people: People
    protecting: Protecting
    clearances: Clearances
    representing: Representing
    erasure: Erasure
    consent: ConsentServices
    cases: Cases
    sharing: Sharing
    reviews: Reviews
    inquiries: Inquiries
    gatherer: Gatherer
    pictures: Pictures
    pins: Pins
    previews: Previews
    withholdings: Withholdings
    log_questions: LogQuestions
    log_reviews: LogReviews
    own_cases: OwnCases
    who: Who
    drafts: Drafts
    hub_client: HubClient
    providers: Mapping[str, Provider]
    sessions: Sessions
    cookies: Cookies
    sign_in: SignIn
    callers: Callers
    limits: RateLimits
    clients: Clients


@asynccontextmanager
async def keys_database(settings: Settings) -> AsyncIterator[Database]:
    """Yield the keys' own database, open. Raises BusyDatabase: an embedded one is closed to others while the hub runs."""
    database = await Database.open(settings.keys_database_url, connections=settings.connections)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def databases(settings: Settings, *, reading: bool = False) -> AsyncIterator[tuple[Database, Database]]:
    """Yield the main database and the keys' own, open; only for `reading`, beside a hub at work. Raises BusyDatabase."""
    async with AsyncExitStack() as stack:
        main = await Database.open(settings.database_url, connections=settings.connections, reading=reading)
        stack.push_async_callback(main.close)
        keys = await Database.open(settings.keys_database_url, connections=settings.connections, reading=reading)
        stack.push_async_callback(keys.close)
        yield main, keys


@asynccontextmanager
async def hub(
    settings: Settings, clock: Clock | None = None, ports: Mapping[str, AgencyPort] | None = None
) -> AsyncIterator[Hub]:
    """Yield the hub, ready to answer. `ports`: the agencies' roads, in place of those that the settings name.

    Raises SelfTestFailed or EngineDown when the engine doesn't decide as it must, MadeUpProvider when a hub in
    production was told of an identity provider of made-up people, BusyDatabase.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        main, keys = await stack.enter_async_context(databases(settings))
        engine = await engine_of(settings)
        stack.push_async_callback(engine.close)
        await self_test(engine, settings.policies)
        if settings.archive:
            archive(settings.policies, settings.archive)
        client = await stack.enter_async_context(http.client())
        vault = Vault(keys, settings.keys.operator, settings.keys.operator_next)
        if ports is None:
            ports = await open_roads(settings.roads, clock, production=settings.mode is Mode.PRODUCTION)
            stack.push_async_callback(close_roads, ports)
        made = assemble(settings, clock, main, vault, engine, client, ports)
        await check_none_made_up(made.providers.values())
        await made.people.prepare()
        await made.consent.texts.publish()
        await stack.enter_async_context(_working(made))
        yield made


@asynccontextmanager
async def _working(made: Hub) -> AsyncIterator[None]:
    """Run what works in the background, and stop it in order."""
    await made.sequencer.start()
    stop = asyncio.Event()
    working = [
        asyncio.create_task(every(_OUTBOX_S, made.outbox.deliver, stop)),
        asyncio.create_task(every(_SWEEP_S, made.sessions.sweep, stop)),
        asyncio.create_task(every(_GATHERED_S, made.gatherer.store.sweep, stop)),
        asyncio.create_task(every(_SWEEP_S, made.drafts.sweep, stop)),
        asyncio.create_task(every(_ERASURE_S, made.erasure.erase_due, stop)),
    ]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*working)
        await made.gatherer.close()
        await made.sequencer.stop()


async def engine_of(settings: Settings) -> Engine:
    """Return the engine that the settings name. Raises EngineDown."""
    if settings.engine is EngineKind.OPA:
        return await OpaEngine.open(str(settings.opa_url).rstrip("/"))
    return WasmEngine.load(settings.policies / "build" / "policy.wasm")


def assemble(
    settings: Settings,
    clock: Clock,
    database: Database,
    vault: Vault,
    engine: Engine,
    client: httpx.AsyncClient,
    ports: Mapping[str, AgencyPort],
) -> Hub:
    """Put the hub together over what is open."""
    ledger = Ledger(database, vault, clock)
    ground = _Ground(settings, clock, database, vault, ledger)
    directory, people = Directory(database, clock), People(database, vault, ledger, clock)
    cases = Cases(database, vault, ledger, clock, Decoys(database, vault, ledger))
    sharing = Sharing(database, clock, cases)
    representing = Representing(database, vault, ledger, clock, people)
    protecting = Protecting(database, vault, ledger, clock, people, leading=leading_handlers)
    consent = ConsentServices.over(
        database,
        vault,
        ledger,
        clock,
        directory=directory,
        around=CaseAround(database, clock),
        policies=settings.policies,
    )
    drafts = Drafts(database, vault, clock)
    gatherer = _gatherer(ground, protecting, ports)
    pictures = Pictures(database, clock, cases, people, directory, gatherer)
    return Hub(
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        ledger=ledger,
        sequencer=_sequencer(ground),
        outbox=_outbox(ground, consent, protecting),
        decider=Decider(engine, ledger, clock),
        explainer=Explainer.load(settings.policies),
        directory=directory,
        administration=Administration(database, ledger, clock),
        approvals=Approvals(database, ledger, clock),
        people=people,
        protecting=protecting,
        clearances=Clearances(database, vault, ledger, clock, people),
        representing=representing,
        erasure=Erasure(database, vault, ledger, clock, directory, busy=on_whom),
        consent=consent,
        cases=cases,
        sharing=sharing,
        reviews=Reviews(database, vault, ledger, clock, cases),
        inquiries=Inquiries(database, vault, ledger, clock, cases=cases, sharing=sharing, directory=directory),
        gatherer=gatherer,
        pictures=pictures,
        pins=Pins(database, vault, ledger, clock, pictures),
        previews=Previews(database, vault, clock, OwnNumbers(database, vault), directory, gatherer, consent.around),
        withholdings=Withholdings(
            database, vault, ledger, clock, cases=cases, grounds=KeepingGrounds.load(settings.policies)
        ),
        log_questions=LogQuestions(database, vault, ledger, clock, directory),
        log_reviews=LogReviews(database, vault, ledger, clock, directory),
        own_cases=OwnCases(database, clock),
        who=Who(database, clock, Openings.load(settings.policies)),
        drafts=drafts,
        clients=Clients(database, ledger, clock),
        **_sign_in(ground, people, client),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything stands on."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    ledger: Ledger


def _gatherer(ground: _Ground, protecting: Protecting, ports: Mapping[str, AgencyPort]) -> Gatherer:
    """Return what asks the agencies, with what happens when an answer shows more than was asked."""

    async def protected(gathering: Gathering, agency: str, kind: str) -> None:
        await protecting.raise_by_machine(AgencyId(agency), IndividualId(gathering.individual), Protection(kind))

    async def number_changed(gathering: Gathering, _agency: str) -> None:
        await protecting.tell_number_changed(IndividualId(gathering.individual), AgencyId(gathering.agency))

    watch = Watch(protected, Incidents(ground.ledger, ground.clock).wrong_person, number_changed)
    store = Store(ground.database, ground.vault, ground.clock)
    return Gatherer(guarded(ports, ground.clock), store, ground.clock, watch)


def _sequencer(ground: _Ground) -> Sequencer:
    signer = Signer(ground.settings.ledger_origin, ground.settings.keys.ledger)
    outside = CheckpointFile(ground.settings.checkpoints) if ground.settings.checkpoints else None
    return Sequencer(ground.database, ground.clock, ground.ledger, signer, outside)


def _outbox(ground: _Ground, consent: ConsentServices, protecting: Protecting) -> Outbox:
    """Return who is told what: the only place where a fact meets those who listen."""

    async def withdrawn(fact: Mapping[str, str]) -> None:
        await consent.withdrawals.told(WithdrawalId(fact["withdrawal"]), fact["agency"])

    subscribers = {REGISTERED: (protecting.on_registered,), WITHDRAWN: (withdrawn,)}
    return Outbox(ground.database, ground.clock, subscribers)


def _sign_in(ground: _Ground, people: People, client: httpx.AsyncClient) -> "dict[str, Any]":
    """Return how people and systems come in."""
    settings, clock, database = ground.settings, ground.clock, ground.database
    production = settings.mode is Mode.PRODUCTION
    issuers = {each.issuer: each for each in read_issuers(settings.issuers, production=production)}
    base_url = str(settings.base_url).rstrip("/")
    ours = HubClient.at(base_url, settings.keys.client)
    providers = {name: Provider(each, ours, client, clock, production=production) for name, each in issuers.items()}
    cookies = Cookies(settings.secure_cookies)
    sessions = Sessions(database, clock, issuers, _digest(people, clock), _pseudonym(ground.vault))
    tokens = _tokens(settings, clock, database, providers, base_url)
    limits = RateLimits(Addresses(_proxy_address(settings)), a_caller=settings.requests_per_minute)
    return {
        "hub_client": ours,
        "providers": providers,
        "sessions": sessions,
        "cookies": cookies,
        "sign_in": SignIn(providers, database, clock),
        "callers": Callers(sessions, cookies, tokens.caller, limits),
        "limits": limits,
    }


def _digest(people: People, clock: Clock) -> Callable[[Secret[str]], bytes]:
    def digest(number: Secret[str]) -> bytes:
        return people.digest_of(PersonalNumber.parse(number.reveal(), today(clock)))

    return digest


def _pseudonym(vault: Vault) -> Callable[[str], str]:
    def pseudonym(identity: str) -> str:
        return vault.digest("sign-in", identity).hex()

    return pseudonym


def _tokens(
    settings: Settings, clock: Clock, database: Database, providers: Mapping[str, Provider], base_url: str
) -> Tokens:
    partners = {name: each for name, each in providers.items() if each.issuer.partners}
    proxy = CertificateProxy.parse(settings.certificate_proxy) if settings.certificate_proxy else None
    proofs = Proofs(clock, SignInRows(database).use_once)
    return Tokens(partners, TokenRows(database), proofs, clock, base_url, proxy)


def _proxy_address(settings: Settings) -> str | None:
    return CertificateProxy.parse(settings.certificate_proxy).address if settings.certificate_proxy else None
