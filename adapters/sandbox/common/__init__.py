"""What the sandbox agencies share: serving over TLS with a made authority, faults at run time, a page, a register.

An agency's own file (`adapters/sandbox/<agency>/app.py`) only says what it is: `create(given: Given) -> Agency`.
Everything here is made-up, says so in each reply, and is refused by a hub in production mode (`hub.kit.http`).
"""

from adapters.sandbox.common.agency import FOLDERS, Agency, Given, Phrase, Phrases
from adapters.sandbox.common.faults import Fault, Switch
from adapters.sandbox.common.people import Person, people
from adapters.sandbox.common.register import load_register
from adapters.sandbox.common.tls import Certificates
from adapters.sandbox.common.tokens import TokenDesk

__all__ = [
    "FOLDERS",
    "Agency",
    "Certificates",
    "Fault",
    "Given",
    "Person",
    "Phrase",
    "Phrases",
    "Switch",
    "TokenDesk",
    "load_register",
    "people",
]
