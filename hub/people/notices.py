"""What those who must do something about a protection are told, in the hub and nowhere else (law.md 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

from hub.kit.ids import new_id
from hub.people.model import Notice, NoticeKind, Reference


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notice in words: what has happened and what to do, in order."""

    title: str
    text: str
    todo: Sequence[str]


@cache
def texts() -> dict[NoticeKind, NoticeText]:
    """Return the words of every kind of notice."""
    data = yaml.safe_load((files("hub.people") / "notices.yaml").read_text("utf-8"))
    return {NoticeKind(kind): NoticeText(**words) for kind, words in data.items()}


def notice(reference: Reference, assignment: str, kind: NoticeKind, at: datetime) -> Notice:
    """Return a notice to `assignment` about the individual behind its agency's `reference`."""
    return Notice(id=new_id(), agency=reference.agency, assignment=assignment, reference=reference.id, kind=kind, at=at)
