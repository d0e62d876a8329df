"""Why a protection was confirmed or lowered: the words of the official who decided, sealed at their own agency (R11).

Read by those at the agency who may see the individual; erased with the agency's key (HUB-09).
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.access import Caller, Permit
from hub.access.questions import ActInCase
from hub.kit.errors import FieldError, Invalid
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Place, Vault
from hub.people.contact import scope_of, seal, unseal
from hub.people.model import ProtectionReason

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class WhyProtection:
    """Why somebody at the caller's own agency has changed a protection."""

    act: str
    given_by: str
    given_at: datetime
    reason: str


def reason_faults(text: str) -> Collection[FieldError]:
    """Return what is wrong with a reason that is given; nothing where it can be kept."""
    if text.strip() and len(text.strip()) <= LONGEST_REASON:
        return ()
    return (FieldError("reason", f"Skriv varför, med högst {LONGEST_REASON} tecken."),)


def reason_of(text: str) -> str:
    """Return a reason as it is kept. Raises Invalid when nobody has given one, or it is too long."""
    if faults := reason_faults(text):
        raise Invalid(fields=tuple(faults))
    return text.strip()


async def given_reason(
    vault: Vault, permit: Permit[ActInCase], caller: Caller, reason: str, at: datetime
) -> ProtectionReason:
    """Return the row that keeps why the caller does what the permit is for, sealed at their agency. Raises Invalid."""
    individual, agency, identity = permit.about.individual or "", permit.about.answerable, new_id()
    told, scope = reason_of(reason), scope_of(individual, agency)
    return ProtectionReason(
        id=identity,
        individual=individual,
        agency=agency,
        act=permit.question.act,
        given_by=caller.assignment or caller.ref,
        given_at=at,
        reason=seal(await vault.keys([scope]), scope, _place(identity), told),
    )


async def opened_reasons(vault: Vault, rows: Sequence[ProtectionReason]) -> list[WhyProtection]:
    """Return the reasons in words; what is erased isn't there."""
    keys, found = await vault.existing([scope_of(row.individual, row.agency) for row in rows]), list[WhyProtection]()
    for row in rows:
        with suppress(Erased):
            reason = unseal(keys, scope_of(row.individual, row.agency), _place(row.id), row.reason, str)
            found.append(WhyProtection(row.act, row.given_by, row.given_at, reason))
    return found


def _place(identity: str) -> Place:
    return Place("protection_reason", "reason", identity)
