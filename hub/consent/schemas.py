"""What partner systems get from the API of consent, in camelCase."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import ConfigDict, Field

from hub.consent.bodies import Code
from hub.consent.examples import BLOCK, CONSENT, ID, LINE, TEMPLATE
from hub.consent.kinds import ConsentState, Effect, EvidenceFault, Form, GivenBy, Kind, Language, LineState
from hub.consent.model import Template
from hub.consent.reading import Receipt
from hub.consent.views import BlockView, ConsentView, LineView, Stopwatch, last_day
from hub.kit.rest import Body, Instant


class LineBody(Body):
    """En rad och vad den är nu."""

    model_config = ConfigDict(json_schema_extra={"example": LINE})

    id: str
    owner: Code
    receiver: Code
    category: str
    purpose: str
    effect: Effect
    state: LineState
    words: str
    since: Instant = Field(description="Från den här tidpunkten.")
    last_day: date | None
    fault: EvidenceFault | None

    @classmethod
    def of(cls, line: LineView) -> Self:
        """Return a line as partner systems see it; an exclusion has no last day."""
        return cls(
            id=line.id,
            owner=line.owner,
            receiver=line.receiver,
            category=line.category,
            purpose=line.purpose,
            effect=line.effect,
            state=line.state,
            words=line.words,
            since=line.since,
            last_day=None if line.effect is Effect.EXCLUSION else last_day(line.until),
            fault=line.fault,
        )


class ConsentBody(Body):
    """Ett samtycke, skuret till vad den som frågar får se."""

    model_config = ConfigDict(json_schema_extra={"example": CONSENT})

    id: str
    kind: Kind
    state: ConsentState
    form: Form
    language: Language
    text: str
    given_at: Instant = Field(description="När svaret gavs.")
    given_by: GivenBy
    recorded_by: str | None
    insats: str | None
    decision: str | None
    renewed_by: str | None
    lines: tuple[LineBody, ...]
    version: int

    @classmethod
    def of(cls, consent: ConsentView) -> Self:
        """Return a consent as partner systems see it, already cut."""
        return cls(
            id=consent.id,
            kind=consent.kind,
            state=consent.state,
            form=consent.form,
            language=consent.language,
            text=consent.text,
            given_at=consent.given_at,
            given_by=consent.given_by,
            recorded_by=consent.recorded_by_agency,
            insats=consent.insats,
            decision=consent.decision,
            renewed_by=consent.renewed_by,
            lines=tuple(LineBody.of(line) for line in consent.lines),
            version=consent.version,
        )


class BlockBody(Body):
    """En spärr som den enskilde har satt."""

    model_config = ConfigDict(json_schema_extra={"example": BLOCK})

    id: str
    owner: Code
    receiver: Code
    category: str
    set_at: Instant = Field(description="När spärren sattes.")
    lifted: bool

    @classmethod
    def of(cls, block: BlockView) -> Self:
        """Return a block as its owner's systems see it."""
        return cls(
            id=block.id,
            owner=block.owner,
            receiver=block.receiver,
            category=block.category,
            set_at=block.set_at,
            lifted=block.lifted_at is not None,
        )


class Created(Body):
    """Att något är gjort, och vad det heter."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "mfrggzdfmztwq2lknnwg23tpoi"}})

    id: str


class ConsentList(Body):
    """En sida med samtycken, det senaste först."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"items": [CONSENT], "page": 1, "limit": 20, "more": False}}
    )

    items: tuple[ConsentBody, ...]
    page: int
    limit: int
    more: bool


class BlockList(Body):
    """En sida med spärrar, den senaste först."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [BLOCK], "page": 1, "limit": 20, "more": False}})

    items: tuple[BlockBody, ...]
    page: int
    limit: int
    more: bool


class ReachedBody(Body):
    """Hur långt beskedet har nått."""

    agency: Code
    told: bool
    confirmed: bool


class StopwatchBody(Body):
    """När återkallandet begärdes, när hubben hade stängt, och vilka som har fått veta."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": ID,
                "askedAt": "2026-11-24T08:04:00.100Z",
                "closedAt": "2026-11-24T08:04:00.500Z",
                "receivers": [{"agency": "soc", "told": True, "confirmed": False}],
            }
        }
    )

    id: str
    asked_at: Instant = Field(description="När det begärdes.")
    closed_at: Instant = Field(description="När hubben hade stängt.")
    receivers: tuple[ReachedBody, ...]

    @classmethod
    def of(cls, watch: Stopwatch) -> Self:
        """Return a stopwatch as partner systems see it, already cut."""
        return cls(
            id=watch.id,
            asked_at=watch.asked_at,
            closed_at=watch.closed_at,
            receivers=tuple(
                ReachedBody(agency=each.agency, told=each.told_at is not None, confirmed=each.seen_at is not None)
                for each in watch.receivers
            ),
        )


class ReceiptBody(Body):
    """Kvittot: texten som visades, raderna, hur och inför vem samtycket gavs."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "consent": CONSENT,
                "shown": "Får myndigheterna prata med varandra om dig? …",
                "witness": "",
                "note": "",
                "condition": "",
                "digest": "9f2c…",
                "scanned": False,
            }
        }
    )

    consent: ConsentBody
    shown: str
    witness: str
    note: str
    condition: str
    digest: str
    scanned: bool

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """Return a receipt as the systems of whoever wrote it down see it."""
        return cls(
            consent=ConsentBody.of(receipt.consent),
            shown=receipt.shown,
            witness=receipt.evidence.witness,
            note=receipt.evidence.note,
            condition=receipt.evidence.condition,
            digest=receipt.digest,
            scanned=receipt.has_scan,
        )


class TemplateBody(Body):
    """En version av en text."""

    model_config = ConfigDict(json_schema_extra={"example": TEMPLATE})

    id: str
    kind: Kind
    language: Language
    version: int
    body: str

    @classmethod
    def of(cls, template: Template) -> Self:
        """Return one version of one text."""
        return cls(
            id=template.id,
            kind=template.kind,
            language=template.language,
            version=template.version,
            body=template.body,
        )


class TemplateList(Body):
    """Alla versioner av alla texter."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [TEMPLATE]}})

    items: tuple[TemplateBody, ...]

    @classmethod
    def of(cls, templates: Sequence[Template]) -> Self:
        """Return all versions of all texts."""
        return cls(items=tuple(TemplateBody.of(each) for each in templates))
