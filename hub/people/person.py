"""How an agency knows an individual."""

from dataclasses import dataclass
from datetime import datetime

from hub.kit.vault import Erased, Keys
from hub.people.contact import Contact, open_content, scope_of
from hub.people.model import Channel, PersonId, Protection, Reference


@dataclass(frozen=True, slots=True)
class Person:
    """One agency's view of an individual. `contact` is None once it is erased."""

    id: PersonId
    masked_number: str
    contact: Contact | None
    channel: Channel
    protection: Protection
    handler: str
    version: int
    created_at: datetime


def person_of(reference: Reference, protection: Protection, keys: Keys) -> Person:
    """Return the agency's view of whom `reference` is about."""
    try:
        content = open_content(keys, scope_of(reference.individual, reference.agency), reference.id, reference.content)
    except Erased:
        content = None
    return Person(
        id=PersonId(reference.id),
        masked_number=content.masked_number if content else "",
        contact=content.contact if content else None,
        channel=reference.channel,
        protection=protection,
        handler=reference.handler,
        version=reference.version,
        created_at=reference.created_at,
    )
