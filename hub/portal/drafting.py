"""What the individual is about to say, as it is kept while they think: a yes, or a part to take away."""

from collections.abc import Iterable
from typing import Final

from hub.access import Asking
from hub.audit import HUB
from hub.cases import Drafted
from hub.consent import Vocabulary
from hub.portal.me import Me
from hub.web.drafts import DraftKey

#: The button that shows what they would see.
PREVIEW: Final = "visa"


def giving_key(asking: Asking, me: Me) -> DraftKey:
    """Return where a half-written yes lies: its writer's alone."""
    return DraftKey(asking.caller.rate_key, "own_consent", "", me.individual, HUB)


def narrowing_key(asking: Asking, me: Me, receiver: str) -> DraftKey:
    """Return where what is about to be taken away from `receiver` lies."""
    return DraftKey(asking.caller.rate_key, "own_narrowing", receiver, me.individual, HUB)


def narrowed(vocabulary: Vocabulary, receiver: str, chosen: Iterable[str]) -> Drafted:
    """Return the change that takes `chosen` ("owner/category") away: every line that covers any of it would end."""
    parts = (each.partition("/") for each in chosen)
    ended = {(owner, line) for owner, _, category in parts for line in vocabulary.touched_by(category)}
    return Drafted(towards=receiver, removes=frozenset(ended))
