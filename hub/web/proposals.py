"""A consent that staff and the individual have prepared together, waiting for the individual's own answer."""

from hub.audit import HUB
from hub.web.drafts import DraftKey


def proposal_key(individual: str) -> DraftKey:
    """Return where the proposal to an individual lies: theirs from the moment it was put there."""
    return DraftKey(f"individual:{individual}", "proposal", "", individual, HUB)
