"""The API as an application of its own, mounted under /api/v1."""

from typing import Any, Final, Literal

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.datastructures import State
from starlette.types import ASGIApp

from hub.access import GuardedRouter, public
from hub.kit.rest import Body
from hub.kit.routing import IndexedApp
from hub.kit.tracing import CleanTracers, Traceparent
from hub.partner import problems
from hub.partner.conditional import Conditional
from hub.partner.profile import RELEASED, VERSION, describe

#: Bytes. A signed form as a picture is the largest thing that comes in a body.
LARGEST_BODY: Final = 8_000_000
#: Measured is how often and how long, by route. The framework's own log would hold errors with their texts.
_TELEMETRY: Final[TelemetryConfig] = {"logs": False, "operation_spans": False}
about: Final = GuardedRouter(tags=["API"])


def telemetry(*, tracing: bool) -> TelemetryConfig:
    """Return what is told of each request to whoever operates the hub."""
    return {**_TELEMETRY, "tracing": tracing, "tracer_provider": CleanTracers() if tracing else None}


class _Api(IndexedApp):
    """An application whose every answer tells its trace, also one that the framework gives from outside all middleware."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return the framework's own stack, inside what tells the trace."""
        return Traceparent(super().build_middleware_stack())


class ApiInfo(Body):
    """Vad API:et heter och var det står."""

    api_name: str
    api_version: str
    api_released: str
    api_documentation: str
    api_status: Literal["active"]


@about.get(
    "/api-info",
    summary="Om API:et",
    openapi_extra={"x-public": True},
    responses={
        200: {
            "content": {
                "application/json": {
                    "example": {
                        "apiName": "samverkanshubben",
                        "apiVersion": VERSION,
                        "apiReleased": RELEASED,
                        "apiDocumentation": "https://hub.example/api/v1/openapi.json",
                        "apiStatus": "active",
                    }
                }
            }
        }
    },
)
@public("the profile asks for it (VER.06); it holds nothing about anybody")
async def api_info() -> ApiInfo:
    """Return the name, version and state of the API (VER.06). / Berättar vad API:et heter och vilken version det är."""
    return ApiInfo(
        api_name="samverkanshubben",
        api_version=VERSION,
        api_released=RELEASED,
        api_documentation="/api/v1/openapi.json",
        api_status="active",
    )


def create_api(base_url: str, state: State, routers: tuple[APIRouter, ...]) -> FastAPI:
    """Return the API with the routers of the capabilities; it shares `state` with the application it is mounted in."""
    api = _Api(
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        max_body_size=LARGEST_BODY,
        telemetry=telemetry(tracing=False),  # the application that it is mounted in traces what comes here too
        redirect_slashes=False,
    )
    api.state = state
    for router in (about, *routers):
        api.include_router(router)
    problems.install(api)
    api.add_middleware(Conditional)

    def openapi() -> dict[str, Any]:
        return describe(api, base_url)

    api.openapi = openapi
    return api
