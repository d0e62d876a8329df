"""The command `hub`: serving, migrating, the example, and what operators ask of decisions and the ledger."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from hub.access.commands import decide_command
from hub.adapter_commands import adapters
from hub.app import create_app, make_example, prepare
from hub.assembly import databases
from hub.audit import EntryId, Ledger, LogEntry
from hub.audit.commands import audit
from hub.key_commands import keys as key_commands
from hub.kit.clock import SystemClock
from hub.kit.vault import Vault
from hub.sandbox_commands import sandbox
from hub.settings import ROOT, Settings

app = typer.Typer(help="Samverkanshubben", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(audit, name="audit", help="Loggen: exportera och granska")
app.add_typer(adapters, name="adapters")
app.add_typer(key_commands, name="keys")
app.add_typer(sandbox, name="sandbox")


async def _recorded(number: str) -> LogEntry | None:
    """Find a decision by its number, beside a hub at work."""
    settings = Settings()  # pyright: ignore[reportCallIssue]  read from the environment
    async with databases(settings, reading=True) as (main, keys):
        vault = Vault(keys, settings.keys.operator, settings.keys.operator_next)
        return await Ledger(main, vault, SystemClock()).entry(EntryId(number))


_POLICIES = Path(os.environ.get("HUB_POLICIES", ROOT / "policies"))
_ARCHIVE = Path(os.environ.get("HUB_ARCHIVE", ROOT / "var" / "policies"))
app.command("decide", help="Skriv ut ett beslut i ord")(decide_command(_POLICIES, _ARCHIVE, _recorded))


@app.command()
def serve() -> None:
    """Start one hub process per worker, with the settings of the environment."""
    settings = Settings()  # pyright: ignore[reportCallIssue]  read from the environment
    uvicorn.run(
        "hub.app:served",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        # On a busy machine a worker takes long to import; the default of 5 s would end it over and over.
        timeout_worker_healthcheck=60,
        access_log=False,
        server_header=False,
        # Who speaks to us is judged by us (hub.web.security.Addresses, hub.access.tokens.CertificateProxy).
        proxy_headers=False,
        log_config=None,
    )


@app.command()
def migrate() -> None:
    """Bring both databases to the newest schema."""
    asyncio.run(prepare(Settings()))  # pyright: ignore[reportCallIssue]


@app.command()
def example() -> None:
    """Fill an empty database with the example municipality; does nothing when it is there."""
    asyncio.run(make_example(Settings()))  # pyright: ignore[reportCallIssue]


@app.command()
def openapi(file: Annotated[Path, typer.Argument(help="Vart beskrivningen skrivs")]) -> None:
    """Write the description of the partner API (OpenAPI 3.1, JSON)."""
    described = create_app(Settings()).state.api.openapi()  # pyright: ignore[reportCallIssue]
    file.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> None:
    """Run the command line."""
    app()
