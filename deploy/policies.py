"""Compiles `policies/` to WebAssembly: policies/build/policy.wasm with its data, reproducible to the byte.

`python -m deploy.policies --opa PROGRAM`           builds and writes
`python -m deploy.policies --opa PROGRAM --verify`  builds and compares with what is committed
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
        staged, bundle = Path(scratch) / "policies", Path(scratch) / "bundle.tar.gz"
        for path in sources():
            target = staged / path.relative_to(POLICIES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        told = json.dumps({"revision": revision()}).encode() + b"\n"
        (staged / "build").mkdir()
        (staged / "build" / "data.json").write_bytes(told)
        entries = [word for entry in entry_points() for word in ("-e", entry)]
        command = [opa, "build", "-t", "wasm", *entries, "-o", str(bundle), "."]
        subprocess.run(command, cwd=staged, check=True)  # noqa: S603 - the pinned opa
        with tarfile.open(bundle) as packed:
            return {
                "data.json": told,
                "policy.wasm": _member(packed, "/policy.wasm"),
                "policy.json": _canonical(_member(packed, "/data.json")),
            }


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(name)
    if found is None:
        raise LookupError(f"opa build made no {name}")
    return found.read()


def _canonical(data: bytes) -> bytes:
    return json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def main() -> int:
    """Build, and write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opa", required=True)
    parser.add_argument("--verify", action="store_true")
    asked = parser.parse_args()
    built = build(asked.opa)
    if not asked.verify:
        BUILD.mkdir(exist_ok=True)
        for name, content in built.items():
            (BUILD / name).write_bytes(content)
        return 0
    differing = [name for name, content in built.items() if (BUILD / name).read_bytes() != content]
    if differing:
        sys.stderr.write(f"policies/build är inte byggt av reglerna som de är nu: {differing}. Kör make policies.\n")
    return len(differing)


if __name__ == "__main__":
    raise SystemExit(main())
