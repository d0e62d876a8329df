"""What they would see: before a yes, and before a change. Shown to the individual alone, for a minute."""

from typing import Annotated, Final

from fastapi import Path, Response

from hub.access import Asking, GuardedRouter
from hub.broker import GatheringId
from hub.cases import Drafted
from hub.consent import WORDS, Wording
from hub.kit.errors import NotFound
from hub.portal.drafting import giving_key, narrowed, narrowing_key
from hub.portal.me import Me, Showing, language_of, myself, sayer, shown, tongue
from hub.portal.preview_words import PreviewWords, WouldSee
from hub.web import consent_form
from hub.web.pages import own_page
from hub.web.room import In, Room

router = GuardedRouter(prefix="/mina-sidor/samtycke", include_in_schema=False)
HOME: Final = "/mina-sidor/samtycke"
#: Seconds that the page waits for the agencies; who hasn't answered by then is named.
_WAITS: Final = 4.0
PreviewParam = Annotated[str, Path(max_length=80)]


@router.get("/nytt/forhandsvisning/{preview}")
async def of_a_yes(room: In, asking: Showing, preview: PreviewParam) -> Response:
    """What each receiver would see, if the yes that is drafted were given."""
    me = await myself(room, asking)
    written = await room.drafts.bring_back(giving_key(asking, me))
    said = consent_form.alone(consent_form.filled(written, room.today)) if written else None
    return await _page(room, asking, me, preview, Drafted(said.lines if said else ()), f"{HOME}/nytt")


@router.get("/{receiver}/andra/forhandsvisning/{preview}")
async def of_a_change(room: In, asking: Showing, receiver: str, preview: PreviewParam) -> Response:
    """What one receiver would see, if what is ticked were taken away."""
    me = await myself(room, asking)
    written = await room.drafts.bring_back(narrowing_key(asking, me, receiver))
    chosen = written.values.get("remove", ()) if written else ()
    drafted = narrowed(await room.words(), receiver, chosen)
    return await _page(room, asking, me, preview, drafted, f"{HOME}/{receiver}/andra")


async def _page(room: Room, asking: Asking, me: Me, preview: str, drafted: Drafted, back: str) -> Response:
    """What is over, another's, or another draft's is the same page: it is gone."""
    permit = await shown(room, asking, me, "own_consents")
    here = f"{back}/forhandsvisning/{preview}"
    try:
        found = await room.previews.read(asking, permit, GatheringId(preview), drafted, wait=_WAITS)
    except NotFound:
        return own_page(room, asking.caller, "portal/would_see.html", WouldSee(back=back), here=HOME)
    language, marks = language_of(room, asking), await room.marks()
    names = {str(code): mark.inline for code, mark in marks.items()}
    words = PreviewWords(
        Wording(tongue(language), names, "du"),
        marks,
        room.explainer,
        sayer(room, asking),
        room.renderer.words(language),
    )
    own_words = any(line.category == WORDS for line in drafted.adds)
    view = words.page(found, back=back, here=here, own_words=own_words)
    return own_page(room, asking.caller, "portal/would_see.html", view, here=HOME)
