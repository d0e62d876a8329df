"""The names of SSBTEK v10: namespaces and elements, as its schemas spell them."""

from typing import Final, TypeAlias

from lxml import etree

#: lxml has no public name for what it returns.
Element: TypeAlias = etree._Element  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
SOAP: Final = "{http://schemas.xmlsoap.org/soap/envelope/}"
#: The composite service itself, without and with its version.
SSBTEK_ANY: Final = "{http://schema.forsakringskassan.se/integration/ssbt/"
SSBTEK: Final = f"{SSBTEK_ANY}10}}"
AF: Final = "{http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2}"
SO: Final = "{http://INT014.UBPService.Schemas}"
VERSION: Final = "SSBTEK v10"

#: The national services, in the order of the schema, and what people call them.
SERVICES: Final = {
    "AF": "Arbetsförmedlingen",
    "CSN": "CSN",
    "FK": "Försäkringskassan",
    "SKV": "Skatteverket",
    "SO": "A-kassorna",
    "TNS": "Transportstyrelsen",
    "MIV": "Migrationsverket",
}


def tag(element: Element) -> str:
    """Return an element's name, with its namespace in braces."""
    return str(element.tag)


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return tag(element).rpartition("}")[2]
