"""What a machine lacks is said, and in continuous integration it is a failure."""

from pathlib import Path

import pytest

from tests.support.left_out import closing_line
from tests.support.machine import PARTS, missing

pytest_plugins = ["pytester"]

SUITE = """
import pytest

@pytest.mark.keycloak
def test_that_needs_it():
    pass

def test_that_needs_nothing():
    pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite of two tests, on a machine that has all but Keycloak."""
    programs = pytester.mkdir("bin")
    for name in ("opa", "chromium"):
        Path(programs, name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("HUB_TEST_POSTGRES", "postgresql://127.0.0.1/x")
    Path(pytester.mkdir("fhir"), "built").touch()
    monkeypatch.setenv("HUB_TEST_FHIR", str(pytester.path / "fhir"))
    for folder in ("domain/scenarios", "contracts"):
        (pytester.path / "shared" / folder).mkdir(parents=True)
    (pytester.path / "shared/domain/scenarios/scenarios.yaml").touch()
    monkeypatch.setenv("HUB_SHARED", str(pytester.path / "shared"))
    monkeypatch.delenv("HUB_TEST_KEYCLOAK", raising=False)
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\nmarkers =\n    keycloak\n")
    pytester.makepyfile(SUITE)
    return pytester


def run(suite: pytest.Pytester) -> pytest.RunResult:
    # An inner faulthandler would, when it ends, take away the signal handlers by which wasmtime catches a trap: the next
    # trap in this worker would then end it.
    quiet = ["-p", "no:faulthandler", "-p", "no:cacheprovider"]
    return suite.runpytest_inprocess("-p", "tests.support.left_out", "-n", "0", *quiet)


def test_a_missing_program_is_named_with_its_reason_and_its_tests(suite: pytest.Pytester) -> None:
    result = run(suite)
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*utelämnat*", "Keycloak: 1 prov utelämnade*HUB_TEST_KEYCLOAK*"])
    assert "OPA-server" not in result.stdout.str()


def test_a_missing_program_ends_the_run_where_all_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    result = run(suite)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*Keycloak*"])


def test_a_skip_fails_where_all_is_required(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = suite.mkdir("keycloak")
    Path(folder, "bin").mkdir()
    Path(folder, "bin", "kc.sh").touch()
    monkeypatch.setenv("HUB_TEST_KEYCLOAK", str(folder))
    monkeypatch.setenv("REQUIRE_ALL", "1")
    suite.makepyfile("import pytest\ndef test_skipped():\n    pytest.skip('later')\n")
    assert run(suite).ret == pytest.ExitCode.TESTS_FAILED


def test_an_empty_machine_lacks_every_part(tmp_path: Path) -> None:
    assert missing({"PATH": str(tmp_path), "HOME": str(tmp_path), "HUB_SHARED": str(tmp_path)}) == PARTS


def test_a_part_without_tests_of_its_own_is_named_too() -> None:
    assert closing_line(PARTS[0], 0).startswith("PostgreSQL: inga egna prov utelämnade")
