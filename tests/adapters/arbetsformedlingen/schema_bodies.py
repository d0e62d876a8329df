"""Bodies made from the contract's own schemas: valid ones, and ones that lie in a place or two."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st
from lxml import etree

from tests.adapters.arbetsformedlingen.contracts import folder
from tests.fixtures.numbers import ADULT

XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_FILES: Final = {
    "AF": "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd",
    "SO": "schemas/ubpservice/int014/UnemploymentBenefitPaymentService.xsd",
}
_TYPES: Final = {"AF": "SvarMeddelande", "SO": "GetUnemploymentBenefitPaymentResponseType"}
#: Whom the bodies are about.
_WHOM: Final = frozenset({"IdentitetsbeteckningFysiskPerson", "IdentificationNumber"})
_TEXT: Final = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
_PLAIN: Final[dict[str, st.SearchStrategy[str]]] = {
    "boolean": st.sampled_from(["true", "false", "1", "0"]),
    "int": st.integers(-(2**31), 2**31 - 1).map(str),
    "date": st.builds(
        lambda day, zone: f"{day}{zone}", st.dates(date(1900, 1, 1)), st.sampled_from(["", "Z", "+01:00"])
    ),
    "decimal": st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map("{:f}".format),
    "string": _TEXT,
    "normalizedString": st.one_of(_TEXT, st.sampled_from(["11", "42", "Anställd"])),
}
Element = etree._Element
Fill = Callable[[Element], None]


class Schema:
    """One service's schema, and the strategies of its elements."""

    def __init__(self, service: str) -> None:
        self._root = etree.fromstring(Path(folder(), _FILES[service]).read_bytes())
        self.namespace = f"{{{self._root.get('targetNamespace')}}}"
        self.type = self._named(_TYPES[service])

    def children(self, kind: Element) -> st.SearchStrategy[list[Fill]]:
        """Elements that fill a complex type, in its order; what the schema leaves to others stays out."""
        elements = kind.findall(f"{XS}sequence/{XS}element")
        return st.tuples(*map(self._some, elements)).map(lambda many: [each for some in many for each in some])

    def _some(self, element: Element) -> st.SearchStrategy[list[Fill]]:
        most = 3 if element.get("maxOccurs") == "unbounded" else int(element.get("maxOccurs", "1"))
        return st.lists(
            st.deferred(lambda: self._one(element)), min_size=int(element.get("minOccurs", "1")), max_size=most
        )

    def _one(self, element: Element) -> st.SearchStrategy[Fill]:
        name, kind = element.get("name", ""), element.get("type", "").rpartition(":")[2]
        inner = element.find(f"{XS}complexType")
        if inner is None and kind and kind not in _PLAIN:
            inner = self._named(kind)
        if name in _WHOM:
            return st.just(self._leaf(name, ADULT))
        if inner is not None and inner.tag == f"{XS}complexType":
            return self.children(inner).map(lambda fills: self._branch(name, fills))
        if kind not in _PLAIN:
            return st.just(self._leaf(name, "162120009999"))
        return _PLAIN[kind].map(lambda text: self._leaf(name, text))

    def _named(self, name: str) -> Element:
        found = [each for each in self._root if each.get("name") == name and each.tag != f"{XS}element"]
        return found[0]

    def _leaf(self, name: str, text: str) -> Fill:
        def fill(within: Element) -> None:
            etree.SubElement(within, f"{self.namespace}{name}").text = text

        return fill

    def _branch(self, name: str, fills: Sequence[Fill]) -> Fill:
        def fill(within: Element) -> None:
            made = etree.SubElement(within, f"{self.namespace}{name}")
            for each in fills:
                each(made)

        return fill


@cache
def part(service: str) -> st.SearchStrategy[Callable[[Element], None]]:
    """A service's part of an answer: data that the schema allows."""
    schema = Schema(service)

    def filled(fills: list[Fill]) -> Fill:
        def fill(within: Element) -> None:
            ssbtek = str(within.tag).rpartition("}")[0] + "}"
            data = etree.SubElement(etree.SubElement(within, f"{ssbtek}{service}"), f"{ssbtek}data")
            for each in fills:
                each(data)

        return fill

    return schema.children(schema.type).map(filled)


#: What a field that lies holds instead.
LIES: Final = st.one_of(
    _TEXT,
    st.sampled_from(["", "NaN", "-INF", "9" * 400, "2026-02-30", "0000-00-00", "true", "½", "\u202e", "%s", "&<>"]),
)
