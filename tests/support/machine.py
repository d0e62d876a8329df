"""What the suite can use of the machine it runs on, and the words for what is missing."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A program that some tests need: `find` returns where it is, or None."""

    mark: str
    name: str
    find: Callable[[Environment], str | None]
    missing: str


def _opa(environment: Environment) -> str | None:
    """`opa` in PATH, or where `go install` puts it."""
    home = environment.get("HOME", "/")
    go = environment.get("GOPATH", f"{home}/go")
    return shutil.which("opa", path=os.pathsep.join([environment.get("PATH", ""), f"{go}/bin"]))


def _postgres(environment: Environment) -> str | None:
    return environment.get("HUB_TEST_POSTGRES") or None


def _scenarios(environment: Environment) -> str | None:
    """What the law requires, question by question; it lies beside the project."""
    shared = Path(environment.get("HUB_SHARED", Path(__file__).parents[3] / "shared"))
    found = shared / "domain" / "scenarios" / "scenarios.yaml"
    return str(found) if found.exists() else None


def _contracts(environment: Environment) -> str | None:
    """The agencies' own contracts, as they publish them; they lie beside the project."""
    shared = Path(environment.get("HUB_SHARED", Path(__file__).parents[3] / "shared"))
    return str(shared / "contracts") if (shared / "contracts").is_dir() else None


def _chromium(environment: Environment) -> str | None:
    return shutil.which("chromium", path=environment.get("PATH", ""))


def _keycloak(environment: Environment) -> str | None:
    folder = environment.get("HUB_TEST_KEYCLOAK")
    return folder if folder and Path(folder, "bin", "kc.sh").exists() else None


def _fhir(environment: Environment) -> str | None:
    folder = environment.get("HUB_TEST_FHIR")
    return folder if folder and Path(folder, "built").exists() else None


PARTS = (
    Part(
        "database", "PostgreSQL", _postgres, "HUB_TEST_POSTGRES anger ingen databas (deploy/ci/postgres.sh startar en)"
    ),
    Part("opa", "OPA-server", _opa, "programmet opa finns inte (deploy/ci/opa.sh hämtar det)"),
    Part("scenarios", "Scenarierna", _scenarios, "shared/domain/scenarios finns inte bredvid projektet (HUB_SHARED)"),
    Part("contracts", "Kontrakten", _contracts, "shared/contracts finns inte bredvid projektet (HUB_SHARED)"),
    Part("browser", "Chromium", _chromium, "webbläsaren chromium finns inte (apt-get install chromium)"),
    Part("keycloak", "Keycloak", _keycloak, "HUB_TEST_KEYCLOAK anger ingen mapp (deploy/ci/keycloak.sh hämtar det)"),
    Part("fhir", "FHIR-server", _fhir, "HUB_TEST_FHIR anger ingen mapp (deploy/ci/fhir.sh bygger den)"),
)


def missing(environment: Environment = os.environ) -> tuple[Part, ...]:
    """The parts that this machine lacks."""
    return tuple(part for part in PARTS if part.find(environment) is None)


def where(mark: str) -> str:
    """Where the part with this mark is: a path, or an address. For tests that carry the mark, so it is there."""
    found = next(part.find(os.environ) for part in PARTS if part.mark == mark)
    assert found is not None, f"a test that uses {mark} must carry @pytest.mark.{mark}"
    return found
