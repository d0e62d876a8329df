"""The gated read, as one process: a whole hub with one more route, that reads a case and answers it as JSON.

Session checked, facts fetched, decided, in the ledger, the case opened: the path of every page of a case, without the
drawing of a page, which the floor doesn't have either.
"""

from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Request

from hub.access import Asking, GuardedRouter, asks
from hub.app import create_app
from hub.cases import CaseId, Cases
from hub.settings import Settings

router = GuardedRouter()


@router.get("/arbete/bench/{case}")
async def read(request: Request, case: CaseId, asking: Annotated[Asking, asks("act_in_case")]) -> dict[str, Any]:
    cases: Cases = request.app.state.cases
    permit = await asking.permit(partial(cases.may, asking.caller, case, "see_case"))
    found = await cases.read(permit)
    return {"id": found.id, "subject": found.subject}


def app() -> FastAPI:
    made = create_app(Settings())  # pyright: ignore[reportCallIssue]
    made.include_router(router)
    return made
