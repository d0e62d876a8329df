"""The compiled policy is made from the rules as they are."""

import json
import subprocess

import pytest

from deploy import policies
from tests.architecture.source import ROOT


@pytest.mark.requirement("HUB-01")
def test_the_compiled_policy_says_the_digest_of_the_sources() -> None:
    """Needs no `opa`: a rule that was changed and not built is found on any machine."""
    assert json.loads((policies.BUILD / "data.json").read_text()) == {"revision": policies.revision()}


def test_every_question_is_an_entry_point() -> None:
    folders = {path.name for path in policies.POLICIES.iterdir() if (path / f"{path.name}.rego").exists()}
    questions = {entry.partition("/")[0] for entry in policies.entry_points()}
    assert questions <= folders


def test_what_a_decision_depends_on_is_in_the_digest_and_no_test_is() -> None:
    names = [path.relative_to(policies.POLICIES).as_posix() for path in policies.sources()]
    assert "disclose/disclose.rego" in names
    assert "data/matrix.json" in names
    assert not [name for name in names if "_test" in name or name.startswith(("build/", "schemas/"))]


@pytest.mark.opa
@pytest.mark.xdist_group("policies")
def test_form_types_tests_coverage_and_bytes() -> None:
    """`opa fmt`, `check --strict`, `test --coverage` at 100 %, and a build that gives the committed bytes."""
    done = subprocess.run(["deploy/ci/policies.sh", "--verify"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
