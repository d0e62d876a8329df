"""The API of lifting: an exclusion or a block, on the individual's word, written down by the owner's own staff."""

from functools import partial
from typing import Annotated, Any, Final, Literal

from fastapi import Path, Request
from pydantic import Base64Bytes, ConfigDict, Field

from hub.access import Asking, GuardedRouter, asks
from hub.cases.model import CaseId
from hub.cases.service import Cases
from hub.consent import ConsentServices, Form, LineId, Said, ScanFile
from hub.kit.errors import Conflict, Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Body, Idempotent, problems

router: Final = GuardedRouter()
_ANSWERS: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid, Conflict)
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case", examples=["qk3v6b2h"])]
Words = Annotated[str, Field(max_length=4000)]


class LiftScan(Body):
    """En bild av det underskrivna papperet, i base64."""

    media_type: Annotated[str, Field(max_length=100, json_schema_extra={"example": "application/pdf"})]
    content: Base64Bytes


class NewLift(Body):
    """Ett undantag eller ett stopp hos er som den enskilde tar bort, och hur det sades."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"lifts": "qk3v6b2h", "form": "oral", "witness": "Samir Haddad"}}
    )

    lifts: Annotated[str, Field(max_length=40, description="Radens eller stoppets id / the line or the block")]
    form: Literal["paper", "oral"]
    witness: Words = ""
    note: Words = ""
    scan: LiftScan | None = None

    def said(self) -> Said:
        """Return how it was said."""
        scan = ScanFile(self.scan.media_type, self.scan.content) if self.scan else None
        return Said(Form(self.form), self.witness, self.note, scan)


class Lifted(Body):
    """Det som antecknades."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "qk3v6b2h"}})

    id: str


@router.post("/{caseId}/lifts", status_code=201, summary="Anteckna ett lyft", responses=problems(*_ANSWERS))
async def record_lift(
    request: Request,
    case_id: CaseParam,
    body: NewLift,
    asking: Annotated[Asking, asks("act_in_case")],
    once: Idempotent,
) -> Lifted:
    """Record that the individual lifts an exclusion or a block at your agency. / Den enskilde tar bort ett undantag."""
    state: Any = request.app.state
    cases: Cases = state.cases
    consent: ConsentServices = state.consent
    said = body.said()
    said.check()
    may = partial(cases.may, asking.caller, CaseId(case_id), "record_lift", reason_given=said.evident)
    lift = await consent.lifts.record(await asking.permit(may), asking.caller, LineId(body.lifts), said, once)
    return Lifted(id=lift)
