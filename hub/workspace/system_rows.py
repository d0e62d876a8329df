"""Partner systems as the administration shows them: pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from hub.access import SCOPES
from hub.access.tokens import PartnerClient
from hub.web import DateWords, Option
from hub.workspace.admin_views import Cell, Row

_HOME: Final = "/arbete/administration/system"
_WORDS: Final = {
    "person:see": "Individer",
    "case:open": "Öppna ärenden",
    "case:act": "Arbeta i ärenden",
    "consent:record": "Skriva ner samtycken",
    "consent:accept": "Svara på underlag",
    "disclose": "Vad som får lämnas",
    "log:read": "Loggen",
    "protection:clear": "Skydd",
    "administer": "Administration",
}
#: What a system may be let to ask; some of it the policy only answers people.
SCOPE_OPTIONS: Final = tuple(Option(each, _WORDS[each]) for each in SCOPES)
LEVELS: Final = (Option("3", "Stark inloggning (nivå 3)"), Option("4", "Nivå 4"), Option("2", "Svagare (nivå 2)"))


def system_rows(systems: Sequence[PartnerClient], people: Mapping[str, str], now: DateWords) -> list[Row]:
    """Return one row for each system, with the way to shut it out or let it in again."""
    return [
        Row(
            each.id,
            (
                Cell(each.name, f"{each.client_id} hos {each.issuer}"),
                Cell(people.get(each.assignment, "Okänd")),
                Cell(", ".join(_WORDS.get(scope, scope) for scope in each.scopes.split())),
                Cell("Avstängt" if each.suspended else period(each.valid_from, each.valid_until, now)),
            ),
            _way_on(each, now),
            words="Släpp in igen" if each.suspended else "",
        )
        for each in systems
    ]


def _way_on(system: PartnerClient, now: DateWords) -> str:
    if system.valid_until <= now.now:
        return ""
    return f"{_HOME}/{system.id}/{'slapp-in' if system.suspended else 'avsluta'}"


def period(since: datetime, until: datetime, dates: DateWords) -> str:
    """Return a period in words."""
    end = DateWords.end_of(until)
    if until <= dates.now:
        return f"Slutade {dates.long(DateWords.last_day(until))}"
    return f"{dates.long(since)} till {dates.long(end)}" if end else f"Från {dates.long(since)}, tills vidare"
