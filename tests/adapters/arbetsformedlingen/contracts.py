"""The contract that SSBTEK publishes, as a schema to hold envelopes against."""

from functools import cache
from pathlib import Path

from lxml import etree

from tests.support.machine import where


def folder() -> Path:
    return Path(where("contracts")) / "ssbtek"


@cache
def schema() -> etree.XMLSchema:
    """The whole of v10, with the schemas of the national services that it imports."""
    return etree.XMLSchema(
        etree.parse(folder() / "se/forsakringskassan/schema/integration/ssbt/_10/sammansatt_bastjanst_v10.xsd")
    )


def check(envelope: bytes) -> None:
    """Raise when what the envelope's body (or the detail of its fault) holds isn't valid."""
    root = etree.fromstring(envelope)
    soap = "{http://schemas.xmlsoap.org/soap/envelope/}"
    held = [*root.iterfind(f"{soap}Body/{soap}Fault/detail/*"), *root.iterfind(f"{soap}Body/*")]
    schema().assertValid(held[0])
