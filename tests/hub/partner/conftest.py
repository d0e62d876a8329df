"""The API of a whole hub with the example in it; callers are named in a header instead of signing in."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import Request

from hub.access import Caller, CallerKind
from hub.example import example
from hub.kit.errors import Unauthenticated
from tests.support.doors import BASE, ISSUER, Doors, doors, shared_town

WHO = "X-Test-Caller"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture
async def hub(town: Path, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub") as opened:
        opened.app.state.callers = await callers(opened)
        yield opened


async def callers(hub: Doors) -> Callable[[Request], Any]:
    """Return who asks by the header: a member of the example's staff, strongly and freshly signed in."""
    known = {member: await caller_of(hub, member) for a in example().agencies.values() for member in a.staff}

    async def named(request: Request) -> Caller:
        name = request.headers.get(WHO, "")
        if name not in known:
            raise Unauthenticated
        return known[name]

    return named


async def caller_of(hub: Doors, member: str) -> Caller:
    post = (await hub.made.directory.posts_of(ISSUER, example().subject_of(member)))[0]
    return Caller(
        kind=CallerKind.STAFF,
        ref=f"assignment:{post.assignment}",
        issuer=ISSUER,
        subject=example().subject_of(member),
        loa=3,
        factors=2,
        authenticated_at=hub.made.clock.now(),
        name=post.name,
        title=post.title,
        agency=post.agency,
        unit=post.unit,
        assignment=post.assignment,
        roles=tuple(post.roles),
    )


class Api:
    """What a partner system of one official's does."""

    def __init__(self, hub: Doors, member: str) -> None:
        self.hub, self.member = hub, member
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=hub.app, raise_app_exceptions=False),
            base_url=f"{BASE}/api/v1",
            headers={WHO: member},
        )
        hub.browsers.append(self.client)

    async def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.client.request(method, path, **more)

    async def look_up(self, key: str) -> httpx.Response:
        return await self.call("POST", "/persons/look-ups", json={"number": number_of(key)})

    async def person(self, key: str) -> str:
        """Return the agency's own reference for one of the example's individuals."""
        found = await self.look_up(key)
        assert found.status_code == 200, found.text
        return found.json()["personId"]

    async def assignment(self, member: str) -> str:
        return (await caller_of(self.hub, member)).assignment or ""


def number_of(key: str) -> str:
    return example().individuals[key].number


@pytest.fixture
def api(hub: Doors) -> Callable[[str], Api]:
    return lambda member: Api(hub, member)
