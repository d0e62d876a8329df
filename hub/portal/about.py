"""Who is on my case, and who acts for whom."""

from typing import Final

from fastapi import Response

from hub.access import GuardedRouter
from hub.kit.errors import NotFound
from hub.people import Mandate, RepresentativeId, RepresentativeKind
from hub.people import Scope as MandateScope
from hub.portal import views
from hub.portal.me import FOR_COOKIE, Say, Showing, nobody, sayer, shown, whose
from hub.web import DateWords
from hub.web.pages import OWN_HOME, go, own_page
from hub.web.room import In

router = GuardedRouter(prefix="/mina-sidor", include_in_schema=False)
_KINDS: Final = {
    RepresentativeKind.GOD_MAN: "god man",
    RepresentativeKind.FORVALTARE: "förvaltare",
    RepresentativeKind.GUARDIAN: "vårdnadshavare",
    RepresentativeKind.FULLMAKT: "ombud med fullmakt",
}
_SCOPES: Final = {
    MandateScope.PERSONAL_MATTERS: "personliga frågor",
    MandateScope.ECONOMY: "ekonomi",
    MandateScope.OTHER: "annat enligt beslutet",
}


@router.get("/vem-ar-med")
async def who_is_with_me(room: In, asking: Showing) -> Response:
    """Which agencies, and who on their staff."""
    here = f"{OWN_HOME}/vem-ar-med"
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, here)
    permit = await shown(room, asking, me, "own_cases")
    cases, marks = await room.own_cases.of(permit), await room.marks()
    posts = await room.directory.posts([each for case in cases for party in case.parties for each in party.team])
    view = views.WhoIsWithMe(
        cases=tuple(
            views.MyCase(
                case.number,
                DateWords.day_of(case.opened_at),
                tuple(
                    views.WithMe(
                        marks[party.agency],
                        tuple((posts[each].name, posts[each].title) for each in party.team if each in posts),
                        leading=party.agency == case.leading,
                    )
                    for party in case.parties
                    if party.agency in marks
                ),
            )
            for case in cases
        )
    )
    return own_page(room, asking.caller, "portal/who_is_with_me.html", view, here=here)


@router.get("/ombud")
async def representatives(room: In, asking: Showing) -> Response:
    """Who acts for me, and for whom I act."""
    myself = await room.representing.individual_of(asking.caller)
    if myself.individual is None and not myself.mandates:
        return nobody(room, asking)
    say, now = sayer(room, asking), room.clock.now()
    mine = await room.representing.representatives_of(myself.individual) if myself.individual else ()
    asking.acted_without_engine()
    view = views.Representatives(
        for_me=tuple(_shown(each, say) for each in mine if each.period.holds(now)),
        by_me=tuple(_shown(each, say, named=False) for each in myself.mandates),
        acting=room.request.cookies.get(FOR_COOKIE, ""),
    )
    return own_page(room, asking.caller, "portal/representatives.html", view)


@router.post("/ombud/for/{mandate}")
async def act_for(room: In, asking: Showing, mandate: str) -> Response:
    """See the pages of one whom I act for, or my own again ("mig"). The right is judged at every page."""
    myself = await room.representing.individual_of(asking.caller)
    asking.acted_without_engine()
    if mandate != "mig" and mandate not in {each.id for each in myself.mandates}:
        raise NotFound
    answer = go(OWN_HOME)
    answer.set_cookie(
        FOR_COOKIE,
        "" if mandate == "mig" else mandate,
        path=OWN_HOME,
        secure=room.request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/ombud/{mandate}/ta-bort")
async def revoke(room: In, asking: Showing, mandate: RepresentativeId) -> Response:
    """Revoke a fullmakt of my own: at once."""
    asking.acted_without_engine()
    await room.representing.revoke(asking.caller, mandate)
    return go(f"{OWN_HOME}/ombud")


def _shown(mandate: Mandate, say: Say, *, named: bool = True) -> views.MyRepresentative:
    return views.MyRepresentative(
        mandate.id,
        mandate.name if named else say("Någon som du företräder"),
        say(_KINDS[mandate.kind]),
        ", ".join(say(_SCOPES[each]) for each in mandate.scope),
        DateWords.end_of(mandate.period.valid_until),
        revocable=named and mandate.kind is RepresentativeKind.FULLMAKT,
    )
