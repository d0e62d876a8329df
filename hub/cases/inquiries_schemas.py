"""Bodies of the API of questions to other parties' officials."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field

from hub.access.questions.words import Category
from hub.broker import Told
from hub.cases.inquiry_said import MOST, Said, SaidFact
from hub.cases.inquiry_views import AnsweringView, InquiryView
from hub.cases.model import InquiryState
from hub.kit.rest import Body, Instant, day

_INQUIRY: Final[dict[str, Any]] = {
    "id": "f3m2q9x4c1v8b5n3k6w0z2d4ya",
    "owner": "af",
    "categories": ["employment"],
    "question": "Vilka insatser har Gunnar haft hos er?",
    "urgent": False,
    "state": "answered",
    "askedAt": "2026-11-20T08:04:00Z",
    "dueOn": "2026-11-27",
    "late": False,
    "readable": True,
    "answeredAt": "2026-11-23T13:10:00Z",
    "byHand": "Karin Åström, arbetsförmedlare",
    "facts": [
        {
            "category": "employment",
            "text": "Praktik på lager, tre veckor 2025.",
            "unit": "Björkå",
            "since": "2025-03-03",
            "until": None,
            "struck": [],
        }
    ],
    "nothing": [],
    "declined": "",
    "version": 2,
}
_FACT: Final[dict[str, Any]] = {
    "category": "employment",
    "text": "Praktik på lager, tre veckor 2025.",
    "since": "2025-03-03",
    "location": False,
    "thirdPerson": False,
}
_REFUSAL: Final = "Varför inte, om de avstår; annars tomt / why not, if they decline"


class NewInquiry(Body):
    """En fråga till en annan parts handläggare."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"owner": "af", "categories": ["employment"], "question": _INQUIRY["question"], "urgent": False}
        }
    )

    owner: Annotated[str, Field(max_length=40, description="Vem som ska svara / who is to answer")]
    categories: Annotated[
        tuple[Category, ...], Field(max_length=30, description="Vad ni frågar om / what you ask about")
    ]
    question: Annotated[str, Field(max_length=5000, description="Frågan / the question")]
    urgent: Annotated[bool, Field(description="Brådskar / is urgent")] = False


class ToldFact(Body):
    """En uppgift, som ni får se den."""

    category: str = Field(description="Vad den gäller / what it is about")
    text: str = Field(description="Uppgiften / what is said")
    unit: str = Field(description="Enheten som svarar / the unit that answers")
    since: date | None = Field(default=None, description="Från och med / from", examples=["2025-03-03"])
    until: date | None = Field(default=None, description="Till och med / until", examples=["2025-03-21"])
    struck: tuple[str, ...] = Field(description="Vad som är struket / what has been struck")

    @classmethod
    def of(cls, told: Told) -> "ToldFact":
        fact, period = told.fact, told.fact.period
        return cls(
            category=fact.category,
            text=fact.text,
            unit=fact.unit,
            since=period.start if period else None,
            until=period.end if period else None,
            struck=told.struck,
        )


class InquiryBody(Body):
    """En fråga som ni har ställt, med det av svaret som får lämnas just nu."""

    model_config = ConfigDict(json_schema_extra={"example": _INQUIRY})

    id: str = Field(description="Beteckning / id")
    owner: str = Field(description="Vem som ska svara / who is to answer")
    categories: tuple[str, ...] = Field(description="Vad det gäller / what")
    question: str = Field(description="Frågan / the question")
    urgent: bool = Field(description="Brådskar / is urgent")
    state: InquiryState = Field(description="Läge; asked när inget får visas / asked when nothing may be told")
    asked_at: Instant
    due_on: date = day("Sista dag för svar / answer is owed by")
    late: bool = Field(description="Svaret är sent / is late")
    readable: bool = Field(description="Något av svaret får visas / something of the answer may be told")
    answered_at: datetime | None = Field(default=None, description="När de svarade / when they answered")
    by_hand: str = Field(description="Vem som har svarat för hand / who answered by hand")
    facts: tuple[ToldFact, ...] = Field(description="Uppgifter / facts")
    nothing: tuple[str, ...] = Field(
        description="Det de inte har något att säga om / what they have nothing to say about"
    )
    declined: str = Field(description=_REFUSAL)
    version: int = Field(description="Version, samma som ETag / same as the ETag")

    @classmethod
    def of(cls, view: InquiryView) -> "InquiryBody":
        return cls(
            id=view.id,
            owner=view.owner,
            categories=view.categories,
            question=view.question,
            urgent=view.urgent,
            state=view.state,
            asked_at=view.asked_at,
            due_on=view.due_on,
            late=view.late,
            readable=view.readable,
            answered_at=view.answered_at,
            by_hand=view.by_hand,
            facts=tuple(ToldFact.of(each) for each in view.told),
            nothing=view.nothing,
            declined=view.declined,
            version=view.version,
        )


class WaitingBody(Body):
    """Att något väntar på svar: inget om vem, inget om vad."""

    id: str = Field(description="Beteckning / id")
    due_on: date = day("Sista dag för svar / answer is owed by")
    urgent: bool = Field(description="Brådskar / is urgent")


class InquiryList(Body):
    """Frågor i ett ärende: de ni har ställt, och de som väntar på ert svar."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "asked": [_INQUIRY],
                "toAnswer": [{"id": _INQUIRY["id"], "dueOn": _INQUIRY["dueOn"], "urgent": False}],
            }
        }
    )

    asked: tuple[InquiryBody, ...] = Field(description="Frågor ni har ställt / what you have asked")
    to_answer: tuple[WaitingBody, ...] = Field(description="Frågor som väntar på er / what waits for you")


class SaidFactBody(Body):
    """En uppgift, i tjänstemannens egna ord."""

    model_config = ConfigDict(json_schema_extra={"example": _FACT})

    category: Annotated[Category, Field(description="Vad den gäller / what it is about")]
    text: Annotated[str, Field(max_length=5000, description="Uppgiften / what you say")]
    since: Annotated[date | None, Field(description="Från och med / from", examples=["2025-03-03"])] = None
    until: Annotated[date | None, Field(description="Till och med / until", examples=["2025-03-21"])] = None
    location: Annotated[bool, Field(description="Visar var någon finns / tells where somebody is")] = False
    third_person: Annotated[bool, Field(description="Handlar om någon annan; stryks / is about somebody else")] = False

    @classmethod
    def of(cls, fact: SaidFact) -> "SaidFactBody":
        return cls(
            category=fact.category,
            text=fact.text,
            since=fact.since,
            until=fact.until,
            location=fact.location,
            third_person=fact.third_person,
        )

    def said(self) -> SaidFact:
        return SaidFact(**self.model_dump())


class SaidBody(Body):
    """Ett svar: uppgifter, vad ni inte har något att säga om, eller varför ni avstår."""

    facts: Annotated[tuple[SaidFactBody, ...], Field(max_length=MOST, description="Uppgifter / facts")] = ()
    nothing: Annotated[
        tuple[Category, ...], Field(max_length=30, description="Inget att säga om / nothing to say")
    ] = ()
    declined: Annotated[str, Field(max_length=5000, description=_REFUSAL)] = ""

    @classmethod
    def of(cls, said: Said) -> "SaidBody":
        facts = tuple(SaidFactBody.of(each) for each in said.facts)
        return cls(facts=facts, nothing=said.nothing, declined=said.declined)


class InquiryAnswerBody(SaidBody):
    """Ett svar att spara som utkast, eller att skicka."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"facts": [_FACT], "nothing": [], "declined": "", "send": True}}
    )

    send: Annotated[bool, Field(description="Skicka; annars ett utkast / send, else a draft")]

    def said(self) -> Said:
        return Said(facts=tuple(each.said() for each in self.facts), nothing=self.nothing, declined=self.declined)


class GroundBody(Body):
    """På vilken grund något får lämnas till den som frågar."""

    category: str = Field(description="Vad / what")
    ground: str = Field(description="Grunden / the ground")
    law: str = Field(description="Lagrum / paragraph")


class QuestionBody(Body):
    """En fråga till er, vad svaret vilar på, och vad ni själva har svarat."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": _INQUIRY["id"],
                "askingAgency": "soc",
                "categories": ["employment"],
                "purpose": "sip",
                "question": _INQUIRY["question"],
                "urgent": False,
                "state": "asked",
                "askedAt": _INQUIRY["askedAt"],
                "dueOn": _INQUIRY["dueOn"],
                "late": False,
                "grounds": [{"category": "employment", "ground": "consent", "law": "OSL 12:2"}],
                "draft": None,
                "answer": None,
                "answeredAt": None,
                "byHand": "",
                "version": 1,
            }
        }
    )

    id: str = Field(description="Beteckning / id")
    asking_agency: str = Field(description="Vem som frågar / who asks")
    categories: tuple[str, ...] = Field(description="Vad det gäller / what")
    purpose: str = Field(description="Vad samverkan är till för / what it is for")
    question: str = Field(description="Frågan / the question")
    urgent: bool = Field(description="Brådskar / is urgent")
    state: InquiryState = Field(description="Läge / state")
    asked_at: Instant
    due_on: date = day("Sista dag för svar / answer is owed by")
    late: bool = Field(description="Svaret är sent / is late")
    grounds: tuple[GroundBody, ...] = Field(
        description="Vad som får lämnas nu, och varför / what may be told now, and why"
    )
    draft: SaidBody | None = Field(default=None, description="Ert utkast / your draft")
    answer: SaidBody | None = Field(default=None, description="Det ni har svarat / what you have answered")
    answered_at: datetime | None = Field(default=None, description="När ni svarade / when you answered")
    by_hand: str = Field(description="Vem hos er som har svarat / who answered")
    version: int = Field(description="Version, samma som ETag / same as the ETag")

    @classmethod
    def of(cls, view: AnsweringView) -> "QuestionBody":
        grounds = tuple(
            GroundBody(category=each.category, ground=each.ground, law=each.law) for each in view.rests_on.grounds
        )
        return cls(
            id=view.id,
            asking_agency=view.asking,
            categories=view.categories,
            purpose=view.purpose,
            question=view.question,
            urgent=view.urgent,
            state=view.state,
            asked_at=view.asked_at,
            due_on=view.due_on,
            late=view.late,
            grounds=grounds,
            draft=SaidBody.of(view.draft) if view.draft else None,
            answer=SaidBody.of(view.said) if view.said else None,
            answered_at=view.answered_at,
            by_hand=view.by_hand,
            version=view.version,
        )
