"""The whole hub behind its two doors, with the example in it and real policies, without a network: for tests of pages."""

import asyncio
import base64
import fcntl
import json
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from re import search, sub
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import ECKey

from hub import assembly
from hub.access.engine import Engine
from hub.access.signin import Door
from hub.access.signin.model import SignedIn
from hub.access.wasm import WasmEngine
from hub.app import create_app, prepare, publish
from hub.assembly import Hub
from hub.broker.port import AgencyPort
from hub.example import example, load
from hub.kit.clock import Clock, SystemClock
from hub.kit.secret import Secret
from hub.settings import Settings

ISSUER = "http://127.0.0.1:8766"
BASE = "http://127.0.0.1:8765"


def settings_in(folder: Path, base: str = BASE) -> Settings:
    """Settings of an example hub whose databases lie in `folder`; no identity provider is asked for anything."""
    issuers = folder / "issuers.json"
    if not issuers.exists():
        issuer = {
            "issuer": ISSUER,
            "label": "Påhittad inloggning",
            "client_id": "samverkanshubben",
            "doors": ["personal", "privat"],
            "agencies": ["soc", "ame", "af", "fk", "psyk", "forbund"],
            "partners": True,
        }
        issuers.write_text(json.dumps({"issuers": [issuer]}))
        client = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)
        (folder / "client.json").write_text(json.dumps(client.as_dict(private=True)))
    secret = base64.b64encode(b"32 made-up bytes for tests only!").decode()
    return Settings(
        mode="example",  # pyright: ignore[reportArgumentType]  as the environment gives it
        base_url=base,  # pyright: ignore[reportArgumentType]
        database_url=f"sqlite:///{folder}/hub.db",
        keys_database_url=f"sqlite:///{folder}/keys.db",
        issuers=issuers,
        keys={  # pyright: ignore[reportArgumentType]
            "operator": secret,
            "ledger": secret,
            "client": base64.b64encode((folder / "client.json").read_bytes()).decode(),
        },
    )


def shared_town(factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the example in it, made by whichever worker comes first."""
    root = factory.getbasetemp()
    root = root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root
    folder, done = root / "town", root / "town.done"
    with (root / "town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            asyncio.run(make_town(folder))
            done.touch()
    return folder


async def make_town(folder: Path) -> None:
    """Make a folder with the example in it, once; tests copy it."""
    settings = settings_in(folder)
    await prepare(settings)
    async with assembly.hub(settings) as made:
        await load(made, ISSUER)


@dataclass
class Doors:
    """A hub, and browsers that are signed in to it."""

    made: Hub
    app: FastAPI
    base: str = BASE
    browsers: list[httpx.AsyncClient] = field(default_factory=list)

    async def staff(self, key: str, *, loa: int = 3) -> "Browser":
        """Return a browser where the example's `key` is signed in and has chosen an assignment."""
        name = next(p.name for a in example().agencies.values() for k, p in a.staff.items() if k == key)
        return await self._browser(f"staff:{key}", name, Door.STAFF, loa=loa)

    async def individual(self, key: str, *, loa: int = 3) -> "Browser":
        """Return a browser where the example's individual, or representative, `key` is signed in."""
        person = example().individuals.get(key) or example().representatives[key]
        return await self._browser(f"person:{key}", person.name, Door.INDIVIDUAL, number=person.number, loa=loa)

    async def _browser(self, subject: str, name: str, door: Door, *, loa: int, number: str = "") -> "Browser":
        who = SignedIn(
            issuer=ISSUER,
            subject=subject,
            sid=None,
            loa=loa,
            factors=2,
            authenticated_at=self.made.clock.now() - timedelta(seconds=1),
            name=name,
            number=Secret(number) if number else None,
        )
        token = await self.made.sessions.open(who, door, None)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app, raise_app_exceptions=False),
            base_url=self.base,
            cookies={self.made.cookies.name(door): token},
            headers={"Origin": self.base},
        )
        self.browsers.append(client)
        browser = Browser(client, token, self.made.cookies.name(door))
        if door is Door.STAFF:
            await self._choose(browser, token)
        return browser

    async def _choose(self, browser: "Browser", token: str) -> None:
        session = await self.made.sessions.find(token, Door.STAFF)
        assert session
        if session.assignment is None:
            posts = await self.made.directory.posts_of(session.issuer, session.subject)
            await self.made.sessions.choose(session, posts[0].assignment)


@dataclass
class Browser:
    """What somebody does in a browser: opens pages, sends their forms."""

    client: httpx.AsyncClient
    token: str
    cookie: str

    async def open(self, address: str, **more: Any) -> httpx.Response:
        """Open a page."""
        return await self.client.get(address, **more)

    async def send(
        self, page: httpx.Response, action: str, data: dict[str, Any], to: str = "", **more: Any
    ) -> httpx.Response:
        """Send the form of `page` whose action begins with `action`, with its hidden fields; `to` another address."""
        hidden = hidden_fields(page.text, action)
        address = unescape(str(hidden.pop("action")))
        return await self.client.post(to or address, data={**hidden, **data}, **more)

    @staticmethod
    def number_of(key: str) -> str:
        """Return the number of the example's individual `key`, or `key` itself when it is a number."""
        return key if key.isdigit() else example().individuals[key].number


def says(page: httpx.Response) -> str:
    """Return what the content of a page says, without its markup: for a failed test to show."""
    return " ".join(sub(r"<[^>]+>", " ", page.text.split("<main", 1)[-1].split("</main", 1)[0]).split())


def hidden_fields(page: str, action: str) -> dict[str, Any]:
    """Return the address and the hidden fields of a form on the page."""
    found = search(rf'<form[^>]*action="({action}[^"]*)"[^>]*>(.*?)</form>', page.replace("\n", " "))
    assert found, f"no form to {action} on the page"
    fields: dict[str, Any] = {"action": found.group(1)}
    for part in found.group(2).split("<input")[1:]:
        tag = part.split(">", 1)[0]
        if 'type="hidden"' in tag:
            name, value = search(r'name="([^"]*)"', tag), search(r'value="([^"]*)"', tag)
            assert name
            assert value
            known = fields.get(name.group(1))
            fields[name.group(1)] = [*known, unescape(value.group(1))] if known else [unescape(value.group(1))]
    return fields


class _Shared(WasmEngine):
    """An engine that every hub of a worker asks."""

    async def close(self) -> None:
        """Leave it be: others ask it too."""


_loaded = cache(_Shared.load)


async def compiled_once(settings: Settings) -> Engine:
    """Return the engine for a hub in process: a policy takes longer to compile than all else takes to assemble."""
    return _loaded(settings.policies / "build" / "policy.wasm")


@asynccontextmanager
async def doors(
    town: Path,
    folder: Path,
    clock: Clock | None = None,
    base: str = BASE,
    ports: Mapping[str, AgencyPort] | None = None,
) -> AsyncIterator[Doors]:
    """Yield a hub on a copy of `town`, that knows itself as `base` and asks the agencies over `ports`."""
    shutil.copytree(town, folder, dirs_exist_ok=True)
    settings = settings_in(folder, base)
    async with AsyncExitStack() as stack:
        with pytest.MonkeyPatch.context() as while_assembling:
            while_assembling.setattr(assembly, "engine_of", compiled_once)
            made = await stack.enter_async_context(assembly.hub(settings, clock or SystemClock(), ports))
        app = create_app(settings)
        publish(app, made)
        opened = Doors(made, app, base)
        try:
            yield opened
        finally:
            for browser in opened.browsers:
                await browser.aclose()


async def person_of(browser: Browser, key: str) -> str:
    """Look the example's individual `key` up, by the number in a form, and return the address of their page."""
    page = await browser.open("/arbete/person")
    answer = await browser.send(page, "/arbete/person", {"number": example().individuals[key].number})
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"]


async def case_of(browser: Browser, key: str) -> str:
    """Open a case on the example's individual `key` and return its address."""
    person = await person_of(browser, key)
    form = await browser.open(f"{person}/nytt-arende")
    said = {"purpose": "sip", "subject": "En praktik som är lugn nog"}
    answer = await browser.send(form, f"{person}/nytt-arende", said)
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"].removesuffix("/parter")


#: A consent as it is filled in on the staff page: psychiatry to socialtjänsten.
ORAL = {
    "owners": ["psyk"],
    "receivers": ["soc"],
    "categories": ["plan", "meeting", "party"],
    "exclusions_asked": "ja",
    "purpose": "sip",
    "ends": "3",
    "how": "oral",
    "witness": "Emma Nilsson",
    "svar": "ja",
}


async def consent_of(
    browser: Browser, case: str, *, page: httpx.Response | None = None, files: Any = None, **changed: Any
) -> str:
    """Record a consent in the case, from `page` where it is half-way, and return the address of its receipt."""
    form = page or await browser.open(f"{case}/samtycke/nytt")
    answer = await browser.send(form, f"{case}/samtycke/nytt", {**ORAL, **changed}, files=files)
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"]
