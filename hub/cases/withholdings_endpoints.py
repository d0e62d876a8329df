"""The API of what an owner's official keeps from the individual: deciding, reading what one's own have decided, ending."""

from datetime import date
from functools import partial
from typing import Annotated, Any, Final, Literal

from fastapi import Path, Request
from pydantic import ConfigDict, Field

from hub.access import Asking, GuardedRouter, asks
from hub.access.questions.words import Category
from hub.cases.model import CaseId, WithholdingId
from hub.cases.service import Cases
from hub.cases.withholdings import Keep, Kept, Withholdings
from hub.kit.errors import Conflict, Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Body, Idempotent, Instant, problems

router: Final = GuardedRouter(prefix="/{caseId}/withholdings", tags=["Ärenden"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_KEPT: Final[dict[str, Any]] = {
    "id": "qk3v6b2h",
    "category": "family",
    "ground": "OSL 26:5",
    "reason": "Den som berättade kan råka illa ut.",
    "decidedBy": "staff:lena-sandstrom",
    "since": "2026-11-20T08:04:00Z",
    "until": "2027-02-28T23:00:00Z",
    "inForce": True,
}
_GROUND: Final[dict[str, Any]] = {"code": "OSL 26:5", "why": "informant"}
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case", examples=["qk3v6b2h"])]
KeptParam = Annotated[str, Path(alias="withholdingId", max_length=40, description="Beslutet / the decision")]
InCase = Annotated[Asking, asks("act_in_case")]
Why = Literal["harm_to_care", "informant", "third_person"]


class NewWithholding(Body):
    """Det som inte ska visas för den enskilde, på vilken grund, varför, och till och med när."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {key: _KEPT[key] for key in ("category", "ground", "reason")} | {"lastDay": "2027-02-28"}
        }
    )

    category: Category
    ground: Annotated[str, Field(max_length=20, description="Lagrummet / the paragraph")]
    reason: Annotated[str, Field(max_length=4000)]
    last_day: date

    def keep(self) -> Keep:
        """Return what is to be decided."""
        return Keep(category=self.category, ground=self.ground, reason=self.reason, last_day=self.last_day)


class WithholdingMade(Body):
    """Det som beslutades."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "qk3v6b2h"}})

    id: str


class WithholdingBody(Body):
    """Ett beslut hos er att något inte visas för den enskilde."""

    model_config = ConfigDict(json_schema_extra={"example": _KEPT})

    id: str
    category: str
    ground: str
    reason: str = Field(description="Varför; tomt när det är gallrat / why; empty when erased")
    decided_by: str
    since: Instant
    until: Instant
    in_force: bool = Field(description="Gäller nu / in force now")

    @classmethod
    def of(cls, each: Kept) -> "WithholdingBody":
        """Return the body of one."""
        return cls(
            id=each.id,
            category=each.category,
            ground=each.ground,
            reason=each.reason,
            decided_by=each.decided_by,
            since=each.since,
            until=each.until,
            in_force=each.in_force,
        )


class KeepingGround(Body):
    """En grund som er sekretess har."""

    model_config = ConfigDict(json_schema_extra={"example": _GROUND})

    code: str
    why: Why


class WithholdingList(Body):
    """Vad ni har beslutat i ärendet, och på vilka grunder ni kan besluta."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_KEPT], "grounds": [_GROUND]}})

    items: tuple[WithholdingBody, ...] = Field(description="Beslut / decisions")
    grounds: tuple[KeepingGround, ...] = Field(description="Grunder / grounds")


def _services(request: Request) -> tuple[Cases, Withholdings]:
    state: Any = request.app.state
    return state.cases, state.withholdings


@router.get("", summary="Det som inte visas för den enskilde", responses=problems(*_USUAL))
async def list_withholdings(request: Request, case_id: CaseParam, asking: InCase) -> WithholdingList:
    """Return what your own agency has decided. / Det som ni själva har beslutat, och grunderna som ni har."""
    cases, withholdings = _services(request)
    case = CaseId(case_id)
    permit = await asking.permit(partial(cases.may, asking.caller, case, "see_case"))
    grounds = await withholdings.grounds(asking.caller, case)
    return WithholdingList(
        items=tuple(WithholdingBody.of(each) for each in await withholdings.in_case(permit)),
        grounds=tuple(KeepingGround.model_validate({"code": code, "why": why}) for code, why in grounds.items()),
    )


@router.post("", status_code=201, summary="Besluta att något inte visas", responses=problems(*_USUAL, Conflict))
async def keep_from_individual(
    request: Request, case_id: CaseParam, body: NewWithholding, asking: InCase, once: Idempotent
) -> WithholdingMade:
    """Decide that something of your own isn't shown to the individual. / Beslutar att något inte visas för den enskilde."""
    _, withholdings = _services(request)
    return WithholdingMade(id=await withholdings.keep(asking, CaseId(case_id), body.keep(), once))


@router.delete("/{withholdingId}", status_code=204, summary="Visa det igen", responses=problems(*_USUAL))
async def end_withholding(request: Request, case_id: CaseParam, withholding_id: KeptParam, asking: InCase) -> None:
    """End a decision before its last day. / Den enskilde får se det igen."""
    _, withholdings = _services(request)
    await withholdings.end(asking, CaseId(case_id), WithholdingId(withholding_id))
