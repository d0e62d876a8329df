"""Towards whom something was closed, in as few names as tell it."""

from collections.abc import Collection

from hub.consent import LineView


def closed_towards(lines: Collection[LineView]) -> list[str]:
    """Return the one agency that all of the ended lines were about, else everybody who received on them."""
    common = set[str].intersection(*({line.owner, line.receiver} for line in lines)) if lines else set[str]()
    return sorted(common) if len(common) == 1 else sorted({line.receiver for line in lines})
