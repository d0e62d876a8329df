"""What partner systems send to the API of consent, in camelCase."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Base64Bytes, ConfigDict, Field

from hub.consent.drafts import Draft, DraftLine, NamedReceiver, ScanFile
from hub.consent.kinds import (
    ALL,
    WORDS,
    Effect,
    EvidenceFault,
    Form,
    Kind,
    Language,
    ReceiverKind,
)
from hub.kit.rest import Body

#: How an id of ours is written: nothing else needs to reach a database.
ID: Final = "^[a-z0-9-]+$"
Code = Annotated[str, Field(max_length=100, json_schema_extra={"example": "psyk"})]
Words = Annotated[str, Field(max_length=4000)]


class LineBody(Body):
    """En rad i ett samtycke: vem som får berätta vad för vem, till vad och hur länge."""

    owner: Code
    receiver: Annotated[Code, Field(description="En myndighet, eller `other:0` för den första i `others`.")]
    category: Annotated[str, Field(max_length=100, json_schema_extra={"example": "plan"})]
    purpose: Annotated[str, Field(max_length=100, json_schema_extra={"example": "sip"})]
    first_day: date | None = Field(default=None, description="Första dagen. Utelämnad: genast.")
    last_day: date = Field(description="Till och med den här dagen.", json_schema_extra={"example": "2027-02-28"})

    def line(self) -> DraftLine:
        """Return it as a line of a draft."""
        return DraftLine(self.owner, self.receiver, self.category, self.purpose, self.first_day, self.last_day)


class ExclusionBody(Body):
    """Något som inte får berättas: ett område, eller den enskildes egna ord. Gäller tills den enskilde själv lyfter det."""

    owner: Code
    receiver: Annotated[Code, Field(description="Utelämnad: ingen får veta.")] = ALL
    category: Annotated[str, Field(max_length=100)] = WORDS
    words: Words = ""

    def line(self) -> DraftLine:
        """Return it as a line of a draft."""
        return DraftLine(self.owner, self.receiver, self.category, ALL, effect=Effect.EXCLUSION, words=self.words)


class OtherBody(Body):
    """En mottagare utanför myndigheterna, vid namn: arbetsgivare, skola, anhörig."""

    kind: ReceiverKind
    name: Annotated[str, Field(max_length=400, json_schema_extra={"example": "Björkå Bageri"})]


class ScanBody(Body):
    """En bild av det underskrivna papperet, i base64."""

    media_type: Annotated[str, Field(max_length=100, json_schema_extra={"example": "application/pdf"})]
    content: Base64Bytes


class NewConsent(Body):
    """Ett svar: ja med sina rader, eller nej. Ett nej behöver inget annat än `kind` och `answer`."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "secrecy",
                "answer": "yes",
                "form": "oral",
                "witness": "Samir Haddad",
                "textVersion": 1,
                "exclusionsAsked": True,
                "lines": [
                    {
                        "owner": "psyk",
                        "receiver": "soc",
                        "category": "plan",
                        "purpose": "sip",
                        "lastDay": "2027-02-28",
                    }
                ],
            }
        }
    )

    kind: Kind
    answer: Literal["yes", "no"]
    form: Form | None = None
    language: Language = Language.SWEDISH
    text_version: int = Field(default=0, description="Versionen av texten som visades.")
    lines: Annotated[tuple[LineBody, ...], Field(max_length=1000)] = ()
    exclusions: Annotated[tuple[ExclusionBody, ...], Field(max_length=1000)] = ()
    exclusions_asked: bool = Field(default=False, description="Ni har frågat om något inte får berättas.")
    others: Annotated[tuple[OtherBody, ...], Field(max_length=100)] = ()
    representative: Annotated[str | None, Field(max_length=100)] = None
    with_minor: bool = Field(default=False, description="Den unge har själv sagt ja tillsammans med vårdnadshavaren.")
    witness: Words = ""
    note: Words = ""
    condition: Words = ""
    scan: ScanBody | None = None
    insats: Annotated[str | None, Field(max_length=400)] = None

    def draft(self, individual: str, answerable: str) -> Draft:
        """Return it as a draft on `individual` that `answerable` answers for."""
        return Draft(
            individual=individual,
            kind=self.kind,
            lines=tuple(each.line() for each in (*self.lines, *self.exclusions)),
            answerable=answerable,
            form=self.form,
            language=self.language,
            text_version=self.text_version,
            others=tuple(NamedReceiver(each.kind, each.name) for each in self.others),
            representative=self.representative,
            with_minor=self.with_minor,
            exclusions_asked=self.exclusions_asked,
            witness=self.witness,
            note=self.note,
            condition=self.condition,
            scan=ScanFile(self.scan.media_type, self.scan.content) if self.scan else None,
            insats=self.insats,
        )


class Narrowing(Body):
    """Vad som tas bort ur ett samtycke, eller en tidigare sista dag. Bara mindre än förut."""

    model_config = ConfigDict(json_schema_extra={"example": {"removeLines": [], "lastDay": "2027-01-31"}})

    remove_lines: Annotated[frozenset[str], Field(max_length=1000)] = frozenset()
    last_day: date | None = None


class Renewal(Body):
    """En ny sista dag för det som fortfarande gäller, och hur den enskilde sade ja igen."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "lastDay": "2027-05-31",
                "form": "oral",
                "witness": "Samir Haddad",
                "textVersion": 1,
                "exclusionsAsked": True,
            }
        }
    )

    last_day: date = Field(json_schema_extra={"example": "2027-05-31"})
    keep_lines: Annotated[frozenset[str] | None, Field(max_length=1000)] = None
    form: Form
    language: Language = Language.SWEDISH
    text_version: int
    exclusions_asked: bool
    representative: Annotated[str | None, Field(max_length=100)] = None
    with_minor: bool = False
    witness: Words = ""
    note: Words = ""
    scan: ScanBody | None = None

    def draft(self, old: Draft) -> Draft:
        """Return the draft that renews: `old` says what, this how it was given."""
        return replace(
            old,
            form=self.form,
            language=self.language,
            text_version=self.text_version,
            exclusions_asked=self.exclusions_asked,
            representative=self.representative,
            with_minor=self.with_minor,
            witness=self.witness,
            note=self.note,
            scan=ScanFile(self.scan.media_type, self.scan.content) if self.scan else None,
        )


class NewClosing(Body):
    """Vad som tas tillbaka eller stoppas: från vem, till vem, om vad. Utelämnat är allt. Inget skäl behövs."""

    model_config = ConfigDict(json_schema_extra={"example": {"owner": "psyk", "receiver": "soc", "category": "plan"}})

    owner: Code = ALL
    receiver: Code = ALL
    category: Annotated[str, Field(max_length=100, json_schema_extra={"example": "plan"})] = ALL


class NewWithdrawal(NewClosing):
    """Ett återkallande, av rader eller av ett helt samtycke."""

    consent: Annotated[str | None, Field(max_length=40, pattern=ID)] = None


class EvidenceAnswer(Body):
    """Ägarens svar på om underlaget räcker för att lämna ut."""

    model_config = ConfigDict(json_schema_extra={"example": {"answer": "accepted"}})

    answer: Literal["accepted", "refused"]
    fault: EvidenceFault | None = None
    excluded: Annotated[
        tuple[Annotated[str, Field(max_length=100, json_schema_extra={"example": "trauma"})], ...] | None,
        Field(
            max_length=100,
            description="Områden som den enskildes egna ord gäller, om det finns sådana. Tom: inget som ni har.",
        ),
    ] = None
