"""Bodies of the API of cases."""

from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from hub.access.questions.words import Category, Condition, Purpose
from hub.agencies import AssignmentId
from hub.cases.facts import Seat
from hub.cases.model import ReviewState
from hub.cases.reading import CaseView
from hub.cases.reviews import ReviewView
from hub.cases.sharing import Way
from hub.kit.rest import Body, Instant, day
from hub.people import PersonId

_CASE: dict[str, Any] = {
    "id": "qk3v6b2hx5d7y4m2n8w9c1z0ab",
    "number": "S2304",
    "personId": "h4n7c2k9v5x1b8m3q6w0z2d4ya",
    "leadingAgency": "soc",
    "purpose": "sip",
    "subject": "Praktik där det inte är så rörigt",
    "open": True,
    "openedAt": "2026-11-24T08:04:00Z",
    "version": 1,
    "team": [{"assignmentId": "lena", "responsible": True}],
    "parties": ["soc"],
}


class NewCase(Body):
    """Ett ärende att öppna."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"personId": _CASE["personId"], "purpose": "sip", "subject": _CASE["subject"]}}
    )

    person_id: Annotated[str, Field(max_length=40, description="Er egen beteckning på individen / your own personId")]
    purpose: Annotated[Purpose, Field(description="Vad samverkan är till för / what it is for")]
    subject: Annotated[str, Field(max_length=2000, description="Vad ärendet gäller, i era ord / in your words")]


class CaseEdit(Body):
    """Nya ord om vad ärendet gäller."""

    model_config = ConfigDict(json_schema_extra={"example": {"subject": "Praktik och boendestöd"}})

    subject: Annotated[str, Field(max_length=2000, description="Vad ärendet gäller / what it is about")]


class TeamMember(Body):
    """En av era egna i ärendets team."""

    assignment_id: str = Field(description="Uppdraget / the assignment")
    responsible: bool = Field(description="Ansvarar för ärendet hos er / answers for it at your agency")

    @classmethod
    def of(cls, member: Seat) -> "TeamMember":
        return cls(assignment_id=member.assignment_id, responsible=member.responsible)


class CaseBody(Body):
    """Ett ärende, som er myndighet får se det."""

    model_config = ConfigDict(json_schema_extra={"example": _CASE})

    id: str = Field(description="Ärendets beteckning / id")
    number: str = Field(description="Numret som människor använder / the number people use")
    person_id: str | None = Field(default=None, description="Er egen beteckning på individen / your own personId")
    leading_agency: str = Field(description="Den som leder / who leads")
    purpose: str = Field(description="Vad samverkan är till för / what it is for")
    subject: str = Field(description="Vad ärendet gäller; tomt för annan part / empty for another party")
    open: bool = Field(description="Pågår / is open")
    opened_at: Instant
    version: int = Field(description="Version, samma som ETag / same as the ETag")
    team: tuple[TeamMember, ...] = Field(description="Era egna i teamet / your own part of the team")
    parties: tuple[str, ...] = Field(description="De parter ni får veta av / the parties you may know of")

    @classmethod
    def of(cls, case: CaseView, person: PersonId | None, parties: tuple[str, ...]) -> "CaseBody":
        return cls(
            id=case.id,
            number=case.number,
            person_id=person,
            leading_agency=case.leading if case.leading in parties else "",
            purpose=case.purpose,
            subject=case.subject,
            open=case.open,
            opened_at=case.opened_at,
            version=case.version,
            team=tuple(TeamMember.of(each) for each in case.team),
            parties=parties,
        )


class CaseList(Body):
    """Ärenden som ni är med i."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_CASE], "page": 1, "limit": 20, "more": False}})

    items: tuple[CaseBody, ...] = Field(description="Ärenden / cases")
    page: int = Field(description="Sida / page")
    limit: int = Field(description="Antal per sida / items per page")
    more: bool = Field(description="Det finns fler / there are more")


class NewMember(Body):
    """En kollega att lägga till."""

    model_config = ConfigDict(json_schema_extra={"example": {"assignmentId": "johan"}})

    assignment_id: Annotated[AssignmentId, Field(description="Kollegans uppdrag / the colleague's assignment")]


class Reason(Body):
    """Varför det görs."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "Insatsen är avslutad hos oss."}})

    reason: Annotated[str, Field(max_length=2000, description="Skälet / the reason")]


class HandOver(NewMember, Reason):
    """Vem som tar över, och varför."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"assignmentId": "johan", "reason": "Lena är ledig till den 1 mars."}}
    )


class NewParty(Body):
    """En myndighet att ta med."""

    model_config = ConfigDict(json_schema_extra={"example": {"agency": "psyk", "assignmentId": "samir"}})

    agency: Annotated[str, Field(max_length=40, description="Myndigheten / the agency")]
    assignment_id: Annotated[AssignmentId, Field(description="Vem där som får frågan / who there is asked")]


class Declaration(Body):
    """Om er myndighet har ett eget öppet ärende, och vad som är nödvändigt i det."""

    model_config = ConfigDict(json_schema_extra={"example": {"ownCaseOpen": True, "necessary": ["work_ability"]}})

    own_case_open: bool = Field(description="Ni har ett öppet ärende / you have an open case of your own")
    necessary: Annotated[tuple[Category, ...], Field(max_length=40, description="Nödvändigt i det / necessary in it")]


class RefusalBody(Body):
    """Varför något inte får lämnas."""

    category: str = Field(description="Vad det gäller / what")
    code: str = Field(description="Skälet / the reason")
    law: str = Field(description="Lagrum / paragraph")


class WayBody(Body):
    """Vad en myndighet får lämna till en annan."""

    owner: str = Field(description="Vem som lämnar / who tells")
    receiver: str = Field(description="Vem som tar emot / who is told")
    permitted: tuple[str, ...] = Field(description="Får lämnas / may be told")
    refused: tuple[RefusalBody, ...] = Field(description="Får inte lämnas / may not be told")

    @classmethod
    def of(cls, way: Way) -> "WayBody":
        refused = tuple(
            RefusalBody(category=each.category, code=each.code, law=each.law) for each in way.answer.refusals
        )
        return cls(owner=way.owner, receiver=way.receiver, permitted=way.permitted, refused=refused)


class SharingBody(Body):
    """Vad som får lämnas mellan er och de andra."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "ways": [
                    {
                        "owner": "psyk",
                        "receiver": "soc",
                        "permitted": ["plan", "meeting"],
                        "refused": [{"category": "health", "code": "category_not_covered", "law": "OSL 12:2"}],
                    }
                ]
            }
        }
    )

    ways: tuple[WayBody, ...] = Field(description="En rad för varje håll / one for each direction")


_REVIEW: dict[str, Any] = {
    "id": "r7m2q9x4c1v8b5n3k6w0z2d4ya",
    "caseId": _CASE["id"],
    "owner": "psyk",
    "askingAgency": "soc",
    "categories": ["mental_health"],
    "reason": "Vi behöver veta vad Kajsa klarar innan praktiken börjar.",
    "urgent": False,
    "state": "asked",
    "askedAt": "2026-11-24T08:04:00Z",
    "dueOn": "2026-12-08",
    "permitted": [],
    "answer": "",
    "version": 1,
}


class NewReview(Body):
    """En begäran om att ägaren ska pröva."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"owner": "psyk", "categories": ["mental_health"], "reason": _REVIEW["reason"], "urgent": False}
        }
    )

    owner: Annotated[str, Field(max_length=40, description="Vem som ska pröva / who is to decide")]
    categories: Annotated[tuple[Category, ...], Field(max_length=30, description="Vad ni ber om / what you ask for")]
    reason: Annotated[str, Field(max_length=5000, description="Varför / why")]
    urgent: Annotated[bool, Field(description="Brådskar / is urgent")] = False
    refusal: Annotated[str | None, Field(max_length=40, description="Beslutsnumret på ett nej / the refusal")] = None


class ReviewAnswer(Body):
    """Tjänstemannens svar."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "permitted": [],
                "ground": "OSL 25:1",
                "conditions": [],
                "answer": "Det kan inte lämnas utan men.",
            }
        }
    )

    permitted: Annotated[tuple[Category, ...], Field(max_length=30, description="Det som lämnas / what is told")]
    ground: Annotated[str, Field(max_length=60, description="Lagrummet / the paragraph")]
    conditions: Annotated[tuple[Condition, ...], Field(max_length=6, description="Villkor som är uppfyllda")] = ()
    answer: Annotated[str, Field(max_length=5000, description="Skälen / the reasons")]


class ReviewBody(Body):
    """En begäran, och svaret när det finns."""

    model_config = ConfigDict(json_schema_extra={"example": _REVIEW})

    id: str = Field(description="Beteckning / id")
    case_id: str = Field(description="Ärendet / the case")
    owner: str = Field(description="Vem som prövar / who decides")
    asking_agency: str = Field(description="Vem som frågar / who asks")
    categories: tuple[str, ...] = Field(description="Vad det gäller / what")
    reason: str = Field(description="Varför / why")
    urgent: bool = Field(description="Brådskar / is urgent")
    state: ReviewState = Field(description="Läge / state")
    asked_at: Instant
    due_on: date = day("Sista dag för svar / answer is owed by")
    ground: str | None = Field(default=None, description="Lagrummet / the paragraph")
    permitted: tuple[str, ...] = Field(description="Det som lämnas / what is told")
    answer: str = Field(description="Skälen / the reasons")
    version: int = Field(description="Version, samma som ETag / same as the ETag")

    @classmethod
    def of(cls, review: ReviewView) -> "ReviewBody":
        return cls(
            id=review.id,
            case_id=review.case,
            owner=review.owner,
            asking_agency=review.asking,
            categories=review.categories,
            reason=review.reason,
            urgent=review.urgent,
            state=review.state,
            asked_at=review.asked_at,
            due_on=review.due_on,
            ground=review.ground,
            permitted=review.permitted,
            answer=review.answer,
            version=review.version,
        )


class ReviewList(Body):
    """Begäranden i ett ärende som ni har ställt eller ska svara på."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_REVIEW]}})

    items: tuple[ReviewBody, ...] = Field(description="Begäranden / requests")
