"""The portal's first page, and the choice of language."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter, public
from hub.access.explain import Reader
from hub.access.signin import Door
from hub.audit import LogEntry, LogFilter
from hub.cases import OwnCase
from hub.consent import LineState, Overview
from hub.portal import views
from hub.portal.me import Me, Reading, Say, language_of, log_permit, nobody, sayer, shown, whose
from hub.portal.towards import towards_all
from hub.web import DateWords, Link, language
from hub.web.entries import EntryWords
from hub.web.pages import LANGUAGE_COOKIE, OWN_HOME, go, own_page, page, plain_frame
from hub.web.proposals import proposal_key
from hub.web.room import In, Room

router = GuardedRouter(prefix="/mina-sidor", include_in_schema=False)
_WEEK: Final = timedelta(days=7)
_SOON: Final = timedelta(days=30)
_YEAR_S: Final = 365 * 24 * 3600
_MOST: Final = 100
#: The words in the addresses of the pages that a language link may lead back to; besides them only ids.
_WORDS: Final = (
    "samtycke", "nytt", "tidigare", "plan-och-statistik", "kvitto", "tillbakataget", "undantag", "vem-ar-med",
    "vem-har-tittat", "vem-kan-se", "ombud", "fler-sprak", "forhandsvisning",
)  # fmt: skip
READABLE: Final = re.compile(
    rf"/(mina-sidor(/({'|'.join(_WORDS)}|[a-z2-7]{{26}}))*|logga-in(/privat)?|tillganglighet|sa-fungerar-sekretessen|hjalp)?"
)


@router.get("")
async def start(room: In, asking: Reading) -> Response:
    """What happens, who knows, can I change my mind."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, OWN_HOME)
    permit = await shown(room, asking, me, "own_consents")
    overview, cases = await room.consent_reader.overview(permit), await room.own_cases.of(permit)
    recent = await _looked(room, asking, me)
    marks, dates = await room.marks(), room.renderer.words(language_of(room, asking))
    say = sayer(room, asking)
    until = max((each.until for each in overview.consents if each.until), default=None)
    view = views.Start(
        name=asking.caller.name.split(" ")[0],
        lead=say("Du bestämmer vem som får veta vad om dig."),
        asks=await _asks(room, asking, me, overview),
        steps=_steps(cases, overview, dates, say),
        agencies=tuple((each.mark, each.status) for each in await towards_all(room, asking, overview, marks)),
        last_day=DateWords.last_day(until) if until else None,
        looked=await _last(room, asking, recent),
        looked_this_week=len(recent),
        contact=await _contact(room, cases, say),
    )
    return own_page(room, asking.caller, "portal/start.html", view, here=OWN_HOME)


@router.get("/sprak/{code}")
@public("remembers in which language somebody reads, and nothing else")
async def choose_language(room: In, code: str, till: Annotated[str, Query(max_length=200)] = OWN_HOME) -> Response:
    """Read in another language."""
    answer = go(till if READABLE.fullmatch(till) else OWN_HOME)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language(code).code,
        max_age=_YEAR_S,
        path="/",
        secure=room.request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get("/fler-sprak")
@public("says how to get an interpreter")
async def more_languages(room: In) -> Response:
    """How to get help in other languages."""
    return page(room.renderer, "portal/more_languages.html", plain_frame(room.request, Door.INDIVIDUAL))


async def _asks(room: Room, asking: Asking, me: Me, overview: Overview) -> tuple[views.Ask, ...]:
    say, found = sayer(room, asking), list[views.Ask]()
    if await room.drafts.bring_back(proposal_key(me.individual)):
        words = say("Din kontaktperson har skrivit ett förslag tillsammans med dig. Läs det och svara när du vill.")
        found.append(
            views.Ask(
                say("Vill du säga ja?"), words, Link("/mina-sidor/samtycke/nytt?forslag=ja", say("Läs förslaget"))
            )
        )
    soon = room.clock.now() + _SOON
    ending = [each for each in overview.consents if each.until and each.until <= soon and not each.renewed_by]
    if ending:
        words = say("Svarar du inte slutar det av sig självt.")
        found.append(
            views.Ask(say("Ditt samtycke slutar snart"), words, Link("/mina-sidor/samtycke", say("Se eller ändra")))
        )
    return tuple(found)


def _steps(cases: Sequence[OwnCase], overview: Overview, dates: DateWords, say: Say) -> tuple[views.Step, ...]:
    answered = bool(overview.consents)
    waiting = any(line.state is LineState.WAITING for each in overview.consents for line in each.lines)
    opened = dates.full(cases[0].opened_at) if cases else ""
    return (
        views.Step(say("Ni öppnar ett ärende tillsammans"), opened, done=bool(cases), now=not cases),
        views.Step(
            say("Du svarar på vem som får veta"),
            say("Du kan ändra dig när du vill."),
            done=answered and not waiting,
            now=bool(cases) and not answered,
        ),
        views.Step(
            say("Myndigheterna läser ditt svar"),
            say("Någon hos dem ser till att det är rätt.") if waiting else "",
            done=answered and not waiting,
            now=waiting,
        ),
        views.Step(say("Möte och plan"), say("Du är med och bestämmer."), now=answered and not waiting),
    )


async def _looked(room: Room, asking: Asking, me: Me) -> list[LogEntry]:
    await log_permit(room, asking, me)
    since = LogFilter(since=room.clock.now() - _WEEK)
    page_of = await room.ledger.entries_about(me.individual, since, limit=_MOST)
    return [each for each in page_of.entries if each.caller_kind in {"staff", "client"}]


async def _last(room: Room, asking: Asking, entries: list[LogEntry]) -> views.Looked | None:
    if not entries:
        return None
    words = await EntryWords.of(room, Reader.INDIVIDUAL, language_of(room, asking))
    last = entries[0]
    who = words.who(last).rstrip(",")
    return views.Looked(who, words.mark(last).inline, words.what(last).rstrip("."), last.at)


async def _contact(room: Room, cases: Sequence[OwnCase], say: Say) -> str:
    first = cases[0] if cases else None
    team = next((each.team for each in first.parties if each.agency == first.leading), ()) if first else ()
    posts = await room.directory.posts(team[:1])
    post = next(iter(posts.values()), None)
    return say("%(name)s hjälper dig.") % {"name": f"{post.name}, {post.agency_name}"} if post else ""
