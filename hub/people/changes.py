"""The ledger's entry of a change to what is known of an individual."""

from collections.abc import Mapping
from datetime import datetime

from hub.access import Caller, change_entry
from hub.audit import Entry


def change(
    caller: Caller,
    act: str,
    individual: str,
    answerable: str,
    *,
    permit: str,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Return the entry of `act`, done by `caller` on the decision `permit` ("" for what waits for no decision)."""
    return change_entry(
        caller, "people", act, at, individual=individual, answerable=answerable, permit=permit, detail=detail
    )
