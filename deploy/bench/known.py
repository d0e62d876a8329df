"""Figures of an earlier part that a later one is held against, in the same run."""

from typing import Final

#: `gated_p50_ms`: the median of the gated read over HTTP, one reader at a time.
KNOWN: Final[dict[str, float]] = {}
