"""Lifting an exclusion or a stop together with the individual: on paper, or in words that somebody hears (reading R2)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Response
from starlette.datastructures import UploadFile

from hub.access import Asking, GuardedRouter, asks
from hub.cases import CaseId
from hub.consent import WORDS, Form, LineId, Overview, Said, ScanFile, limits
from hub.kit.errors import Invalid, NotFound
from hub.web import CaseHead, with_errors_of
from hub.web.forms import BLANK
from hub.web.forms import Form as Written
from hub.web.pages import go
from hub.web.room import In, Room
from hub.workspace.consent_views import Liftable
from hub.workspace.head import Opened, case_page, opened, permitted
from hub.workspace.words import capital, category

router = GuardedRouter(prefix="/arbete/arenden/{case}/samtycke/lyft", include_in_schema=False)
InCase = Annotated[Asking, asks("act_in_case")]
_TAB = "/samtycke"
_FORMS = {"paper": Form.PAPER, "oral": Form.ORAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftPage:
    """The form."""

    head: CaseHead
    name: str
    what: str
    action: str
    back: str


def liftable(overview: Overview, agency: str, address: str) -> tuple[Liftable, ...]:
    """Return what stops the caller's own agency, and no other, with the page that lifts it."""
    own = [(line.id, line.words or category(line.category)) for line in overview.exclusions if line.owner == agency]
    own += [
        (block.id, _all_or(block.category))
        for block in overview.blocks
        if block.owner == agency and not block.lifted_at
    ]
    return tuple(Liftable(capital(words), f"{address}/samtycke/lyft/{identity}") for identity, words in own)


@router.get("/{what}")
async def form(room: In, asking: InCase, case: CaseId, what: str) -> Response:
    """Ask how the individual said it."""
    return await _page(room, asking, await opened(room, asking, case, _TAB), what, BLANK)


@router.post("/{what}")
async def lift(room: In, asking: InCase, case: CaseId, what: str) -> Response:
    """Write it down, and lift it."""
    written = await room.form()
    said = Said(_FORMS.get(written.value("how")), written.value("witness"), written.value("note"), await _scan(room))
    try:
        said.check()
        permit = await permitted(room, asking, case, "record_lift", reason=said.evident)
        await room.lifts.record(permit, asking.caller, LineId(what), said, await room.once(asking.caller))
    except Invalid as wrong:
        again = with_errors_of(wrong, written, {"form": "how"})
        return await _page(room, asking, await opened(room, asking, case, _TAB), what, again)
    return go(f"/arbete/arenden/{case}/samtycke")


async def _page(room: Room, asking: Asking, found: Opened, what: str, written: Written) -> Response:
    known = liftable(found.overview, asking.caller.agency or "", found.address)
    wanted = next((each for each in known if each.href.endswith(f"/{what}")), None)
    if wanted is None:
        raise NotFound
    view = LiftPage(
        head=found.head, name=found.name, what=wanted.what, action=wanted.href, back=f"{found.address}/samtycke"
    )
    return await case_page(room, asking, "workspace/lift.html", found, view, form=written)


async def _scan(room: Room) -> ScanFile | None:
    sent = (await room.request.form()).get("scan")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None
    return ScanFile(sent.content_type or "", await sent.read(limits().scan_bytes + 1))


def _all_or(code: str) -> str:
    return "allt" if code in {"*", WORDS} else category(code)
