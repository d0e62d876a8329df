"""The web's assets: fetched by npm's lock files, the theme generated, the files we serve copied to hub/web/static/vendor.

Nothing of theirs is committed. A digest of what they are made from lies beside them, so that a warm start does nothing.
"""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from hub.launch import node
from hub.launch.errors import LaunchError
from hub.launch.node import Node

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "hub" / "web" / "assets"
SERVED = ROOT / "hub" / "web" / "static" / "vendor"
#: For tests only, and so never served.
TESTS = ROOT / "build" / "assets"

FILES = {
    "node_modules/@digdir/designsystemet-css/dist/src/index.css": SERVED / "designsystemet.css",
    "node_modules/@digdir/designsystemet-web/dist/umd/index.js": SERVED / "designsystemet.js",
    "node_modules/htmx.org/dist/htmx.min.js": SERVED / "htmx.js",
    "theme/design-tokens-build/samverkan.css": SERVED / "theme.css",
    "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2": SERVED
    / "fonts/source-sans-3-latin-wght-normal.woff2",
    "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2": SERVED
    / "fonts/source-sans-3-latin-ext-wght-normal.woff2",
    "node_modules/axe-core/axe.min.js": TESTS / "axe.js",
}
LICENCES = (
    "@digdir/designsystemet-css",
    "@digdir/designsystemet-web",
    "htmx.org",
    "@fontsource-variable/source-sans-3",
)


def ready() -> bool:
    """Whether the assets are there and made from the sources as they are now."""
    mark = SERVED / ".digest"
    return mark.exists() and mark.read_text() == digest() and all(target.exists() for target in FILES.values())


def build() -> None:
    """Make the assets, unless they are ready. Raises LaunchError."""
    if ready():
        return
    with tempfile.TemporaryDirectory(prefix="hub-assets-") as scratch:
        work = Path(scratch) / "work"
        shutil.copytree(SOURCE, work, ignore=shutil.ignore_patterns("node_modules"))
        machine = node.find()
        node.install(work, machine)
        node.install(work / "theme", machine)
        _theme(work / "theme", machine)
        _copy(work)
    (SERVED / ".digest").write_text(digest())


def digest() -> str:
    """A digest over everything that the assets are made from, this file too."""
    sources = [
        *sorted(path for path in SOURCE.rglob("*") if path.is_file() and "node_modules" not in path.parts),
        Path(__file__),
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def _theme(work: Path, machine: Node) -> None:
    command = [str(work / "node_modules" / ".bin" / "designsystemet"), "tokens"]
    for step in (["create", "--config", "designsystemet.config.json"], ["build"]):
        done = subprocess.run(  # noqa: S603 - a fixed command, from the lock file
            [*command, *step], cwd=work, env=machine.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LaunchError(f"Temat gick inte att bygga:\n{done.stdout[-400:]}{done.stderr[-400:]}")


def _copy(work: Path) -> None:
    for target in {target.parent for target in FILES.values()}:
        target.mkdir(parents=True, exist_ok=True)
    for source, target in FILES.items():
        shutil.copyfile(work / source, target)
    for package in LICENCES:
        name = package.strip("@").replace("/", "-")
        shutil.copyfile(work / "node_modules" / package / "LICENSE", SERVED / f"LICENSE-{name}.txt")
