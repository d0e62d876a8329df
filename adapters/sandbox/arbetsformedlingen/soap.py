"""SOAP 1.1 as the sandbox speaks it: elements put in place one by one, and faults."""

from typing import Final, TypeAlias

from lxml import etree

from adapters.sandbox.common import Phrase

#: lxml has no public name for what it returns.
Element: TypeAlias = etree._Element  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
MEDIA_TYPE: Final = "text/xml; charset=utf-8"
SOAP: Final = "{http://schemas.xmlsoap.org/soap/envelope/}"
SSBTEK: Final = "{http://schema.forsakringskassan.se/integration/ssbt/10}"
AF: Final = "{http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2}"
SO: Final = "{http://INT014.UBPService.Schemas}"
_NAMESPACES: Final = {"soap": SOAP[1:-1], "ssbt": SSBTEK[1:-1], "er": AF[1:-1], "in": SO[1:-1]}


class NotTaken(Exception):
    """A question that the service doesn't take. `code`: its own felkod."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def envelope(name: str) -> tuple[Element, Element]:
    """Return an envelope, and the element in its body that everything is put in."""
    made = etree.Element(f"{SOAP}Envelope", nsmap=_NAMESPACES)
    body = etree.SubElement(made, f"{SOAP}Body")
    return made, etree.SubElement(body, f"{SSBTEK}{name}")


def put(within: Element, name: str, value: object = None) -> Element:
    """Put an element last, in the same namespace as what it is put in; a yes or no as XML spells it."""
    namespace = str(within.tag).rpartition("}")[0]
    return put_in(within, f"{namespace}}}{name}", value)


def put_in(within: Element, tag: str, value: object = None) -> Element:
    """Put an element last, by its whole name."""
    made = etree.SubElement(within, tag)
    if value is not None:
        made.text = str(value).lower() if isinstance(value, bool) else str(value)
    return made


def told(made: Element, status: int = 200) -> Phrase:
    """Return an envelope as a reply."""
    return Phrase(status, MEDIA_TYPE, etree.tostring(made, xml_declaration=True, encoding="UTF-8"))


def fault(whose: str, code: str, message: str, operation: str = "hamtaBastjanstInformation") -> Phrase:
    """Return a SOAP fault; SOAP 1.1 over HTTP sends it with 500, whoever is to blame."""
    made = etree.Element(f"{SOAP}Envelope", nsmap=_NAMESPACES)
    inside = etree.SubElement(etree.SubElement(made, f"{SOAP}Body"), f"{SOAP}Fault")
    etree.SubElement(inside, "faultcode").text = f"soap:{whose}"
    etree.SubElement(inside, "faultstring").text = message
    detail = put_in(etree.SubElement(inside, "detail"), f"{SSBTEK}{operation}Fault")
    put(detail, "felkod", code)
    put(detail, "felmeddelande", message)
    return told(made, 500)


class Phrases:
    """What SSBTEK says when it can't answer."""

    def down(self) -> Phrase:
        """Closed: the load balancer before it answers, in its own way."""
        page = "<html><body><h1>503 Service Unavailable</h1></body></html>"
        return Phrase(503, "text/html; charset=utf-8", page.encode())

    def over_quota(self, seconds: int) -> Phrase:
        """Too many questions."""
        said = fault("Client", "SSBT-429", "För många frågor. Vänta en stund.")
        return Phrase(429, said.media_type, said.body, {"Retry-After": str(seconds)})

    def wrong(self) -> Phrase:
        """A fault of its own."""
        return fault("Server", "SSBT-500", "Ett tekniskt fel har uppstått i den sammansatta bastjänsten.")
