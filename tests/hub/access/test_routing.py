"""A route that forgot its question can't be written, and a handler that forgot to ask can't answer."""

from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI

from hub.access import Asking, GuardedRouter, NothingAsked, UnguardedRoute, asks, public


class TestRegistering:
    def test_a_route_that_says_nothing_is_refused(self) -> None:
        router = GuardedRouter()
        with pytest.raises(UnguardedRoute):

            @router.get("/silent")
            async def silent() -> None: ...

    def test_a_route_that_says_both_is_refused(self) -> None:
        router = GuardedRouter()
        with pytest.raises(UnguardedRoute):

            @router.get("/both")
            @public("help texts")
            async def both(asking: Annotated[Asking, asks("see_person")]) -> None: ...

    @pytest.mark.parametrize("questions", [(), ("no_such_question",)])
    def test_a_question_that_does_not_exist_is_refused(self, questions: tuple[str, ...]) -> None:
        with pytest.raises(UnguardedRoute):
            asks(*questions)


async def test_an_answer_does_not_leave_when_nothing_was_asked() -> None:
    router = GuardedRouter()

    @router.get("/forgetful")
    async def forgetful(asking: Annotated[Asking, asks("see_person")]) -> dict[str, str]:
        return {"leaked": asking.caller.subject}

    app = FastAPI()
    app.include_router(router)
    app.state.decider = None

    async def callers(_request: object) -> object:
        return type("Somebody", (), {"subject": "x", "kind": "staff"})()

    app.state.callers = callers
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        with pytest.raises(NothingAsked):
            await client.get("/forgetful")
