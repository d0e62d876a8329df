"""What the law and the readings require, written a second time in plain Python, for comparison with the policies.

Written from `domain/law.md`, `domain/readings.md`, the scenarios and the docstrings of the questions, and from nothing
under `policies/`: it shares no code, data or loader with what it judges. Its tables stand in `law.py`.
"""

from collections.abc import Callable
from typing import Any

from tests.policies.oracle.administration import accept_consent, administer, clear_protected
from tests.policies.oracle.case import act_in_case
from tests.policies.oracle.disclosure import disclose
from tests.policies.oracle.person import open_case, read_log, see_person, show_to_individual
from tests.policies.oracle.recording import record_consent
from tests.policies.oracle.verdict import Verdict

ORACLE: dict[str, Callable[[Any], Verdict]] = {
    "accept_consent": accept_consent,
    "act_in_case": act_in_case,
    "administer": administer,
    "clear_protected": clear_protected,
    "disclose": disclose,
    "open_case": open_case,
    "read_log": read_log,
    "record_consent": record_consent,
    "see_person": see_person,
    "show_to_individual": show_to_individual,
}

__all__ = ["ORACLE", "Verdict"]
