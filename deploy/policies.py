"""Compiles `policies/` to WebAssembly: policies/build/policy.wasm with its data, reproducible to the byte.

`python -m deploy.policies --opa PROGRAM`           builds and writes
`python -m deploy.policies --opa PROGRAM --verify`  builds and compares with what is committed
`python -m deploy.policies --opa PROGRAM --sign KEY.pem BUNDLE.tar.gz`  builds a signed bundle for OPA servers
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLICIES = ROOT / "policies"
BUILD = POLICIES / "build"
#: The policy's own name for what it was built from; answered by every decision.
REVISION = "revision/answer"


def sources(policies: Path = POLICIES) -> list[Path]:
    """Everything that a decision can depend on: rules and data, but no tests, examples, schemas or earlier builds."""
    return sorted(
        path
        for path in [*policies.rglob("*.rego"), *(policies / "data").rglob("*.json"), *policies.rglob("data.json")]
        if not path.name.endswith("_test.rego") and path.relative_to(policies).parts[0] not in {"build", "conventions"}
    )


def revision(policies: Path = POLICIES) -> str:
    """Return the digest of the sources: 32 hexadecimal digits that every decision carries."""
    digest = hashlib.sha256()
    for path in sources(policies):
        digest.update(path.relative_to(policies).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def entry_points(policies: Path = POLICIES) -> list[str]:
    """Return the questions' entry points, for one and for a list, and the revision's."""
    questions = sorted(path.stem for path in (policies / "schemas").glob("*.json"))
    return [REVISION, *(f"{question}/{rule}" for question in questions for rule in ("answer", "answers"))]


def build(opa: str) -> dict[str, bytes]:
    """Return the files of policies/build, by name."""
    with tempfile.TemporaryDirectory(prefix="hub-policies-") as scratch:
        staged, bundle = stage(Path(scratch)), Path(scratch) / "bundle.tar.gz"
        entries = [word for entry in entry_points() for word in ("-e", entry)]
        _run([opa, "build", "-t", "wasm", *entries, "-o", str(bundle), "."], staged)
        with tarfile.open(bundle) as packed:
            return {
                "data.json": (staged / "build" / "data.json").read_bytes(),
                "policy.wasm": _member(packed, "/policy.wasm"),
                "policy.json": _canonical(_member(packed, "/data.json")),
            }


def sign(opa: str, key: Path, output: Path) -> None:
    """Write a bundle of rules and data, signed (ES256) by the private key in `key`."""
    with tempfile.TemporaryDirectory(prefix="hub-policies-") as scratch:
        staged, bundle = stage(Path(scratch)), Path(scratch) / "bundle.tar.gz"
        _run([opa, "build", "--revision", revision(), "-o", str(bundle), "."], staged)
        signing = ["--signing-alg", "ES256", "--signing-key", str(key.resolve())]
        _run([opa, "build", "--bundle", *signing, "-o", str(output.resolve()), bundle.name], bundle.parent)


def stage(scratch: Path) -> Path:
    """Return a folder with the sources and, as data, the revision that they are."""
    staged = scratch / "policies"
    for path in sources():
        target = staged / path.relative_to(POLICIES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (staged / "build").mkdir()
    (staged / "build" / "data.json").write_bytes(json.dumps({"revision": revision()}).encode() + b"\n")
    return staged


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - the pinned opa


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(name)
    if found is None:
        raise LookupError(f"opa build made no {name}")
    return found.read()


def _canonical(data: bytes) -> bytes:
    return json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def main() -> int:
    """Build, and write, compare or sign."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opa", required=True)
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--sign", nargs=2, type=Path, metavar=("KEY", "BUNDLE"))
    asked = parser.parse_args()
    if asked.sign:
        sign(asked.opa, *asked.sign)
        return 0
    built = build(asked.opa)
    return _verify(built) if asked.verify else _write(built)


def _write(built: dict[str, bytes]) -> int:
    BUILD.mkdir(exist_ok=True)
    for name, content in built.items():
        (BUILD / name).write_bytes(content)
    return 0


def _verify(built: dict[str, bytes]) -> int:
    differing = [name for name, content in built.items() if (BUILD / name).read_bytes() != content]
    if differing:
        sys.stderr.write(f"policies/build är inte byggt av reglerna som de är nu: {differing}. Kör make policies.\n")
    return len(differing)


if __name__ == "__main__":
    raise SystemExit(main())
