"""The shared picture in a case: who says what, where they differ, what isn't shared, and who hasn't answered."""

from dataclasses import replace
from typing import Annotated, Final

from fastapi import Response
from fastapi.responses import StreamingResponse

from hub.access import Asking, GuardedRouter, asks
from hub.broker import GatheringId
from hub.cases import AgencyPart, CaseId, InquiryView, Picture, PinId, Pinned, Statement, by_area, events
from hub.kit.errors import NotFound
from hub.web import DateWords
from hub.web.pages import go
from hub.web.refusals import explainer
from hub.web.room import In, Room
from hub.workspace.head import Opened, case_page, opened, permitted
from hub.workspace.picture_views import PictureView, Said, Wording, areas_with, statements_of
from hub.workspace.sharing import Words

router = GuardedRouter(prefix="/arbete/arenden/{case}/bild", include_in_schema=False)
Seeing = Annotated[Asking, asks("act_in_case", "disclose")]
_TAB: Final = "/bild"
#: Seconds that the page waits for the agencies before it shows what has come.
_WAITS: Final = 1.5


@router.get("")
async def start(room: In, asking: Seeing, case: CaseId, slut: str = "") -> Response:
    """Before anybody has been asked: what is pinned, what has been answered by hand, and the way to ask."""
    found = await opened(room, asking, case, _TAB)
    return await _page(room, asking, found, None, over=slut == "ja")


@router.post("")
async def ask(room: In, asking: Seeing, case: CaseId) -> Response:
    """Ask every agency that may be asked, and go to what they say."""
    permit = await permitted(room, asking, case, "see_case")
    identity, _ = await room.pictures.begin(asking, permit, await room.once(asking.caller))
    return go(f"/arbete/arenden/{case}/bild/{identity}")


@router.get("/{gathering}")
async def picture(room: In, asking: Seeing, case: CaseId, gathering: GatheringId) -> Response:
    """What the agencies say, for as long as it lies. What has lain its minute is asked for anew."""
    found = await opened(room, asking, case, _TAB)
    try:
        shown = await room.pictures.read(asking, found.permit, gathering, wait=_WAITS)
    except NotFound:
        return go(f"/arbete/arenden/{case}/bild?slut=ja")
    return await _page(room, asking, found, shown)


@router.get("/{gathering}/handelser")
async def follow(room: In, asking: Seeing, case: CaseId, gathering: GatheringId) -> Response:
    """Tell that an agency has answered, so that the page can fetch it; nothing of what it says."""
    permit = await permitted(room, asking, case, "see_case")
    parts = await room.pictures.follow(asking, permit, gathering)
    return StreamingResponse(events(parts), media_type="text/event-stream")


@router.post("/{gathering}/fraga-igen")
async def again(room: In, asking: Seeing, case: CaseId, gathering: GatheringId) -> Response:
    """Ask those who haven't answered once more; everybody, when what the others said has lain its minute."""
    permit = await permitted(room, asking, case, "see_case")
    try:
        await room.pictures.retry(asking, permit, gathering)
    except NotFound:
        gathering, _ = await room.pictures.begin(asking, permit)
    return go(f"/arbete/arenden/{case}/bild/{gathering}")


@router.post("/{gathering}/nala/{digest}")
async def pin(room: In, asking: Seeing, case: CaseId, gathering: GatheringId, digest: str) -> Response:
    """Keep one fact in the case, as it may be shown now."""
    permit = await permitted(room, asking, case, "write_note")
    shown = await room.pictures.read(asking, permit, gathering)
    await room.pins.pin(permit, asking.caller, shown, digest, await room.once(asking.caller))
    return go(f"/arbete/arenden/{case}/bild/{gathering}#fast")


@router.post("/fast/{pinned}/bort")
async def unpin(room: In, asking: Seeing, case: CaseId, pinned: PinId) -> Response:
    """Take a pinned fact away."""
    permit = await permitted(room, asking, case, "write_note")
    await room.pins.unpin(permit, asking.caller, pinned)
    return go(f"/arbete/arenden/{case}/bild")


async def _page(room: Room, asking: Asking, found: Opened, shown: Picture | None, *, over: bool = False) -> Response:
    pinned = await room.pins.read(asking, found.permit)
    inquiries = await room.inquiries.answers(asking, found.permit)
    marks, dates = await room.marks(), DateWords(room.clock.now())
    words = Words(await explainer(room), marks, found, dates)
    wording = Wording(words, dates, marks, found.name, found.address)
    view = await _view(room, asking, found, wording, shown, pinned, inquiries, over=over)
    return await case_page(room, asking, "workspace/picture.html", found, view)


async def _view(
    room: Room,
    asking: Asking,
    found: Opened,
    wording: Wording,
    shown: Picture | None,
    pinned: list[Pinned],
    inquiries: list[InquiryView],
    *,
    over: bool,
) -> PictureView:
    own = asking.caller.agency
    pins = tuple(_pin(wording, each, own or "") for each in pinned)
    address = f"{found.address}/bild"
    if shown is None:
        answered = _by_hand(inquiries)
        by_hand = _rows(room, wording, answered, frozenset(), own or "")
        areas = by_area([statement for statement, _ in answered])
        return PictureView(
            head=found.head, address=address, over=over, pinned=pins, areas=areas_with(wording, areas, by_hand, ())
        )
    said = statements_of(shown, inquiries)
    digests = frozenset(room.pins.digest(statement) for statement, _ in said)
    seen = await room.pins.visit(found.permit, asking.caller, digests)
    rows = _rows(room, wording, said, digests - seen, own or "")
    areas = areas_with(wording, by_area([statement for statement, _ in said]), rows, shown.parts)
    here = f"{address}/{shown.gathering}"
    return PictureView(
        head=found.head,
        address=address,
        gathering=here,
        follow="" if shown.complete else f"{here}/handelser",
        areas=areas,
        answered=tuple(
            wording.answered(part, [each for each in inquiries if each.owner == part.agency]) for part in shown.parts
        ),
        pinned=pins,
        differing=sum(len(area.differing) for area in areas),
        new=sum(row.new for row in rows.values()),
        refused=sum(len(row.what) for area in areas for row in area.refused),
        first_differing=next((area.id for area in areas if area.differing), ""),
        first_new=next((area.id for area in areas if area.new), ""),
        first_refused=next((area.id for area in areas if area.refused), ""),
    )


def _rows(
    room: Room,
    wording: Wording,
    said: list[tuple[Statement, AgencyPart | None]],
    new: frozenset[str],
    own: str,
) -> dict[int, Said]:
    """Return the row of each statement, by its identity."""
    rows: dict[int, Said] = {}
    for statement, part in said:
        digest = room.pins.digest(statement)
        basis = part.bases.get(statement.fact.category) if part else None
        mine = statement.agency == own
        rows[id(statement)] = wording.said(statement, basis, own=mine, digest=digest, new=digest in new)
    return rows


def _by_hand(inquiries: list[InquiryView]) -> list[tuple[Statement, AgencyPart | None]]:
    return [(Statement(each.owner, told), None) for each in inquiries for told in each.told]


def _pin(wording: Wording, pinned: Pinned, own: str) -> Said:
    row = wording.said(pinned.statement, None, own=pinned.statement.agency == own)
    return replace(row, ground=f"Nålad {wording.dates.day(pinned.pinned_at)}", pin=pinned.id)
