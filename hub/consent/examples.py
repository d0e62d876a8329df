"""The examples in the description of the API: made up, and alike wherever they stand."""

from typing import Final

from pydantic.config import JsonDict

ID: Final = "mfrggzdfmztwq2lknnwg23tpoi"
LINE: Final[JsonDict] = {
    "id": "ph5x2c7k9v1b8m3q6w0z2d4yaa",
    "owner": "psyk",
    "receiver": "soc",
    "category": "plan",
    "purpose": "sip",
    "effect": "permit",
    "state": "active",
    "words": "",
    "since": "2026-11-24T08:04:00Z",
    "lastDay": "2027-02-28",
    "fault": None,
}
CONSENT: Final[JsonDict] = {
    "id": ID,
    "kind": "secrecy",
    "state": "active",
    "form": "digital",
    "language": "sv",
    "text": "secrecy-sv-1",
    "givenAt": "2026-11-24T08:04:00Z",
    "givenBy": "self",
    "recordedBy": None,
    "insats": None,
    "decision": "a7k2m9x4c1v8b3n6q5w0z2d4ya",
    "renewedBy": None,
    "lines": [LINE],
    "version": 12,
}
BLOCK: Final[JsonDict] = {
    "id": ID,
    "owner": "psyk",
    "receiver": "*",
    "category": "trauma",
    "setAt": "2026-11-24T08:04:00Z",
    "lifted": False,
}
TEMPLATE: Final[JsonDict] = {
    "id": "secrecy-sv-1",
    "kind": "secrecy",
    "language": "sv",
    "version": 1,
    "body": "Får myndigheterna prata med varandra om dig? {lines}",
}
