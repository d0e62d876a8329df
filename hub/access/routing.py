"""Routes that can't forget to ask: one without a question can't be registered, and one that didn't ask can't answer."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from hub.access.asking import Asking
from hub.access.questions import registry
from hub.access.scopes import require_scope
from hub.kit.routing import is_plain

F = TypeVar("F", bound=Callable[..., Any])
_PUBLIC: Final = "__public_because__"
_ASKS: Final = "__asks__"
#: Where a request keeps what its handler may ask with.
_OPENED: Final = "hub.asking"


class UnguardedRoute(TypeError):
    """A route was written that neither asks a question nor says why it needs none."""


def public(reason: str) -> Callable[[F], F]:
    """Mark a handler that shows no individual's data and asks nothing, with the reason."""

    def mark(handler: F) -> F:
        setattr(handler, _PUBLIC, reason)
        return handler

    return mark


def asks(*questions: str) -> Any:
    """Return the dependency that lets a handler ask `questions`, and only these.

    The handler gets an `Asking`. When it ends without having asked, the answer is not sent.
    """
    unknown = set(questions) - registry.keys()
    if unknown or not questions:
        raise UnguardedRoute(f"no such question: {sorted(unknown)}")

    wanted = frozenset(questions)

    async def asking(request: Request) -> Asking:
        caller = await request.app.state.callers(request)
        for question in questions:
            require_scope(caller, question)
        opened = Asking(request.app.state.decider, caller, wanted)
        request.scope.setdefault(_OPENED, []).append(opened)
        return opened

    setattr(asking, _ASKS, questions)
    return Depends(asking)


def questions_of(route: APIRoute) -> tuple[str, ...]:
    """Return the questions that `route` may ask."""
    return tuple(sorted({name for call in _calls(route.dependant) for name in getattr(call, _ASKS, ())}))


def public_reason(route: APIRoute) -> str | None:
    """Return why `route` asks nothing, or None when it asks."""
    return getattr(route.endpoint, _PUBLIC, None)


class GuardedRoute(APIRoute):
    """A route that asks at least one question, or is `public` with a reason."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        if bool(questions_of(self)) == bool(public_reason(self)):
            raise UnguardedRoute(
                f"{path}: {endpoint.__qualname__} must either ask a question or be public with a reason"
            )

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the framework's handler; what it answers is sent only when whoever could ask has asked."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await answer(request)
            for opened in request.scope.get(_OPENED, ()):
                opened.require_asked()
            return response

        return handle


class GuardedRouter(APIRouter):
    """The only router of the house."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, route_class=GuardedRoute)

    def include_router(self, router: APIRouter, **options: Any) -> None:
        """Take over the routes of `router`, so that they are found at once; with more to say, as the framework does."""
        if options or not is_plain(self):
            super().include_router(router, **options)
        else:
            self.routes.extend(router.routes)


def _calls(dependant: Dependant) -> list[Callable[..., Any]]:
    nested = [call for inner in dependant.dependencies for call in _calls(inner)]
    return [*([dependant.call] if dependant.call else []), *nested]
