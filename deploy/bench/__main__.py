"""`make bench`: every figure in one run, as a table and as JSON. SMOKE=1 is a small run whose figures mean nothing.

HUB_TEST_POSTGRES names a PostgreSQL that may be emptied; without one, one is started when it is installed, and what
needs it is named as left out when it isn't.
"""

import asyncio
import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hub.settings import ROOT

#: Each has `run(scale, postgres_url) -> rows`.
PARTS: Final = ("read", "decision", "ledger", "absent", "scale", "who", "gathering", "translate")
RESULT: Final = ROOT / "build" / "bench.json"


@contextlib.contextmanager
def postgres() -> Iterator[str | None]:
    """Yield the URL of a PostgreSQL, or None where there is none to be had."""
    if given := os.environ.get("HUB_TEST_POSTGRES"):
        yield given
        return
    script = str(ROOT / "deploy" / "ci" / "postgres.sh")
    started = subprocess.run([script, "start"], capture_output=True, text=True, check=False)
    if started.returncode:
        print(f"PostgreSQL utelämnad: {started.stderr.strip()}")
        yield None
        return
    folder = started.stderr.strip().splitlines()[-1]
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run([script, "stop", folder], check=False)


async def measured(scale: str, url: str | None) -> list[dict[str, Any]]:
    """Return the rows of every part, in order."""
    rows: list[dict[str, Any]] = []
    for name in PARTS:
        print(f"… {name}", flush=True)
        part = importlib.import_module(f"deploy.bench.{name}")
        rows += await part.run(scale, url)
    return rows


def main() -> None:
    """Run, print and keep. A figure that falls short is shown as such; it is no failure, since machines differ."""
    scale = "small" if os.environ.get("SMOKE") else "full"
    with postgres() as url:
        rows = asyncio.run(measured(scale, url))
    width = max(len(row["what"]) for row in rows)
    for row in rows:
        mark = {True: "✓", False: "✗", None: "–"}[row["ok"]]
        print(f"{mark} {row['what']:{width}}  {row['value']:>14}  mål {row['target']:14} {row['detail']}")
    Path(RESULT).parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"scale": scale, "rows": rows}, ensure_ascii=False, indent=1))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
