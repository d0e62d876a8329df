"""What we keep from the individual in a case: deciding it, with ground and reason, and letting it be seen again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Final

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.access.questions.words import Category
from hub.cases import SHARED, CaseId, Keep, Kept, WithholdingId
from hub.kit.errors import Invalid
from hub.web import CaseHead, DateWords, FormModel, Option, with_errors_of
from hub.web.forms import BLANK, Form, LongText, ShortText, SwedishDate
from hub.web.pages import go
from hub.web.room import In, Room
from hub.workspace.head import Opened, case_page, opened
from hub.workspace.words import capital, category

router = GuardedRouter(prefix="/arbete/arenden/{case}/visas-inte", include_in_schema=False)
InCase = Annotated[Asking, asks("act_in_case")]
_TAB: Final = "/samtycke"
#: Why a paragraph lets something be kept (policies/data/withholding.json), in words.
_WHY: Final = {
    "harm_to_care": "det skulle skada vården",
    "informant": "den som har berättat kan råka illa ut",
    "third_person": "det gäller någon annan",
}


class Wanted(FormModel):
    """The form."""

    category: Category
    ground: ShortText
    reason: LongText
    last_day: SwedishDate
    missing: ClassVar = {
        "category": "Välj vad som inte ska visas.",
        "ground": "Välj på vilken grund.",
        "reason": "Skriv varför. Den som tar vid ska kunna förstå det.",
        "last_day": "Skriv en dag från i dag och högst ett år framåt.",
    }


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One decision of ours. `end`: where it is ended; "" when it is over."""

    what: str
    ground: str
    reason: str
    since: datetime
    last_day: date
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """The page. Without grounds nothing can be kept: the agency's secrecy has none."""

    head: CaseHead
    name: str
    kept: tuple[KeptRow, ...]
    categories: tuple[Option, ...]
    grounds: tuple[Option, ...]
    action: str
    back: str


@router.get("")
async def kept(room: In, asking: InCase, case: CaseId) -> Response:
    """What we keep, and the form."""
    return await _page(room, asking, await opened(room, asking, case, _TAB), BLANK)


@router.post("")
async def keep(room: In, asking: InCase, case: CaseId) -> Response:
    """Decide it."""
    form = await room.form()
    try:
        said = Wanted.read(form, today=room.today)
        wanted = Keep(category=said.category, ground=said.ground, reason=said.reason, last_day=said.last_day)
        await room.withholdings.keep(asking, case, wanted, await room.once(asking.caller))
    except Invalid as wrong:
        again = with_errors_of(wrong, form, {"lastDay": "last_day"})
        return await _page(room, asking, await opened(room, asking, case, _TAB), again)
    return go(f"/arbete/arenden/{case}/visas-inte")


@router.post("/{decision}/avsluta")
async def end(room: In, asking: InCase, case: CaseId, decision: WithholdingId) -> Response:
    """Let the individual see it again."""
    await room.form()
    await room.withholdings.end(asking, case, decision)
    return go(f"/arbete/arenden/{case}/visas-inte")


async def _page(room: Room, asking: Asking, found: Opened, form: Form) -> Response:
    here = f"{found.address}/visas-inte"
    grounds = await room.withholdings.grounds(asking.caller, found.case.id)
    view = Withholding(
        head=found.head,
        name=found.name,
        kept=tuple(_row(each, grounds, here) for each in await room.withholdings.in_case(found.permit)),
        categories=tuple(Option(each, capital(category(each))) for each in SHARED),
        grounds=tuple(Option(code, _ground(code, grounds)) for code in grounds),
        action=here,
        back=f"{found.address}/samtycke",
    )
    return await case_page(room, asking, "workspace/withholding.html", found, view, form=form)


def _row(each: Kept, grounds: Mapping[str, str], here: str) -> KeptRow:
    end = f"{here}/{each.id}/avsluta" if each.in_force else ""
    last = DateWords.last_day(each.until) if each.in_force else DateWords.day_of(each.until)
    return KeptRow(capital(category(each.category)), _ground(each.ground, grounds), each.reason, each.since, last, end)


def _ground(code: str, grounds: Mapping[str, str]) -> str:
    """Return "OSL 26:5, den som har berättat kan råka illa ut"; the paragraph alone when the agency's secrecy is another now."""
    return f"{code}, {_WHY[grounds[code]]}" if code in grounds else code
