"""What the register knows of somebody, as lines for the sandbox's own page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def lines(known: Mapping[str, Any]) -> Sequence[str]:
    """Return Swedish lines, none for somebody who isn't in the register."""
    return tuple(_lines(known))


def _lines(known: Mapping[str, Any]) -> Iterator[str]:
    if known.get("protected"):
        yield "Sekretessmarkering"
    if seeker := known.get("seeker"):
        state = "Inskriven" if seeker["registered"] else "Inte inskriven"
        since = f" sedan {seeker['since']}" if "since" in seeker else ""
        yield f"{state}{since}, sökandekategori {seeker.get('category', 'saknas')}"
    for each in known.get("decisions", ()):
        yield f"Beslut: {each['kind']} {each['extent']} procent, {each['from']} – {each['to']}"
    if "fund" in known:
        yield f"A-kassa: {known['fund']}"
    for each in known.get("funds", ()):
        yield f"{each['name']}: {len(each.get('paid', ()))} utbetalningar"
    for service, error in known.get("errors", {}).items():
        yield f"{service} svarar alltid med felet {error['code']}"
