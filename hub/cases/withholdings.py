"""What an owner's official decides isn't shown to the individual, in a case: with ground, reason and last day.

Secrecy doesn't hold against the one it protects (OSL 12:1), with the law's few exceptions: harm to care (25:6), whoever
has told (25:7, 26:5), and another person's own secrecy. Which of them an owner has is data, and the policy decides
(`act_in_case`, policies/data/withholding.json). What is decided becomes a fact of the question `show_to_individual`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, cast

import msgspec

from hub.access import Asking, Caller, Gathered, Permit
from hub.access.questions import ActInCase, DecisionFacts
from hub.access.questions.words import Category
from hub.audit import Ledger
from hub.cases import withholding_rows as rows
from hub.cases.acts import case_entry, reason_of
from hub.cases.model import CaseId, Withholding, WithholdingId
from hub.cases.questions import act_in_case
from hub.cases.seen import about, not_after, stands
from hub.cases.service import Cases
from hub.cases.sharing import SHARED
from hub.kit.clock import Clock, epoch_s, midnight_after, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound, StepUpNeeded
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Vault

#: As for a consent: the sign-in is no older than this (policies/data/sign_in.json, `record_consent`).
_NEW: Final = timedelta(minutes=15)
#: So that nothing is kept from anybody by habit. Ours, not the law's.
LONGEST: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What an official is about to decide."""

    category: str
    ground: str
    reason: str
    last_day: date | None

    def until(self, day: date) -> datetime:
        """Return when it ends. Raises Invalid with what is missing or wrong on `day`, before anybody is asked."""
        faults: list[FieldError] = []
        if self.category not in SHARED:
            faults.append(FieldError("category", "Välj vad som inte ska visas."))
        if not self.ground:
            faults.append(FieldError("ground", "Välj på vilken grund."))
        try:
            reason_of(self.reason)
        except Invalid as wrong:
            faults += wrong.fields
        last = self.last_day or date.min
        if not day <= last <= day + LONGEST:
            faults.append(FieldError("lastDay", "Skriv en dag från i dag och högst ett år framåt."))
        if faults:
            raise Invalid(fields=tuple(faults))
        return midnight_after(last)


@dataclass(frozen=True, slots=True)
class Kept:
    """What has been decided, as officials of the same agency see it."""

    id: WithholdingId
    category: str
    ground: str
    reason: str
    decided_by: str
    since: datetime
    until: datetime
    in_force: bool


class _Row(msgspec.Struct, frozen=True):
    why: str
    regimes: dict[str, bool]


class _Table(msgspec.Struct, frozen=True):
    withholding: dict[str, _Row]


@dataclass(frozen=True, slots=True)
class KeepingGrounds:
    """Which paragraphs let an owner under a regime keep something, each with why: from the rules' own table."""

    by_regime: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    @classmethod
    def load(cls, policies: Path) -> "KeepingGrounds":
        """Return what the table under `policies` says."""
        found = msgspec.json.decode((policies / "data" / "withholding.json").read_bytes(), type=_Table).withholding
        regimes = sorted({regime for row in found.values() for regime in row.regimes})
        return cls({each: {code: row.why for code, row in found.items() if row.regimes.get(each)} for each in regimes})

    def of(self, regime: str) -> Mapping[str, str]:
        """Return paragraph → why for an owner under `regime`."""
        return self.by_regime.get(regime, {})


class Withholdings:
    """Decides, ends and reads what is kept from an individual."""

    def __init__(
        self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, *, cases: Cases, grounds: KeepingGrounds
    ) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._cases, self._grounds = cases, grounds

    async def keep(self, asking: Asking, case: CaseId, wanted: Keep, once: Once | None = None) -> WithholdingId:
        """Decide that `wanted` isn't shown to the individual, and return what it is known by.

        The route asks `act_in_case`. Raises Invalid, NotFound, Refused, StepUpNeeded (an old sign-in too), Undecided.
        """
        until = wanted.until(today(self._clock))
        permit = await asking.permit(lambda: self._may(asking.caller, case, wanted, until))
        self._require_new(asking.caller)
        row = await self._row(permit, asking.caller, wanted, until)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{row.individual_id}"])
            if made := await earlier(session, once):
                return WithholdingId(made)
            session.add(row)
            remember(session, once, row.id)
            entry = case_entry(asking.caller, permit, "withhold_from_individual", row.case_id, row.valid_from, _of(row))
            await self._ledger.record_change(session, entry)
        return WithholdingId(row.id)

    async def end(self, asking: Asking, case: CaseId, identity: WithholdingId) -> None:
        """End a decision of the caller's own agency: the individual may see it again. Twice is as once.

        The route asks `act_in_case`. Raises NotFound (no such one of theirs in the case), Refused, StepUpNeeded,
        Undecided.
        """
        permit = await asking.permit(lambda: self._cases.may(asking.caller, case, "end_withholding"))
        self._require_new(asking.caller)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{permit.about.individual}"])
            row, now = await session.get(Withholding, identity), self._clock.now()
            if row is None or (row.case_id, row.agency) != (permit.about.case, permit.about.answerable):
                raise NotFound
            if row.valid_until <= now:
                return
            row.valid_until = now
            entry = case_entry(asking.caller, permit, "end_withholding", row.case_id, now, _of(row))
            await self._ledger.record_change(session, entry)

    async def in_case(self, permit: Permit[ActInCase]) -> list[Kept]:
        """Return what the caller's own agency has decided in the case (permit: see_case), the newest first."""
        async with self._database.read() as session:
            found = await rows.in_case(session, permit.about.case or "", permit.about.answerable)
        keys = await self._vault.existing({rows.scope(each) for each in found})
        now = self._clock.now()
        return [
            Kept(
                WithholdingId(each.id),
                each.category,
                each.ground,
                rows.open_reason(keys, each),
                each.decided_by,
                each.valid_from,
                each.valid_until,
                in_force=each.valid_until > now,
            )
            for each in found
        ]

    async def grounds(self, caller: Caller, case: CaseId) -> Mapping[str, str]:
        """Return the paragraphs, each with why, on which the caller's agency can keep something."""
        agency = (await self._cases.seen(caller, case)).agency
        return self._grounds.of(agency.regime) if agency else {}

    async def _may(self, caller: Caller, case: CaseId, wanted: Keep, until: datetime) -> Gathered[ActInCase]:
        seen, now = await self._cases.seen(caller, case), self._clock.now()
        question = act_in_case(
            caller,
            seen,
            "withhold_from_individual",
            age=seen.person.age(today(self._clock)),
            now=now,
            manual=_decision(caller, wanted, now, until),
            manual_owner=seen.agency,
            reason_given=bool(wanted.reason.strip()),
        )
        return Gathered(question, stands(caller, seen), about(caller, seen, question.act), not_after(seen, now))

    def _require_new(self, caller: Caller) -> None:
        if self._clock.now() - caller.authenticated_at > _NEW:
            raise StepUpNeeded

    async def _row(self, permit: Permit[ActInCase], caller: Caller, wanted: Keep, until: datetime) -> Withholding:
        identity = new_id()
        row = Withholding(
            id=identity,
            case_id=permit.about.case or "",
            individual_id=permit.about.individual or "",
            agency=permit.about.answerable,
            category=wanted.category,
            ground=wanted.ground,
            decided_by=caller.ref,
            valid_from=self._clock.now(),
            valid_until=until,
            reason=b"",
        )
        keys = await self._vault.keys([rows.scope(row)])
        row.reason = keys.seal(rows.scope(row), rows.place(identity), reason_of(wanted.reason).encode())
        return row


def _decision(caller: Caller, wanted: Keep, now: datetime, until: datetime) -> DecisionFacts:
    return DecisionFacts(
        ref="",
        owner=caller.agency or "",
        receiver="",
        paragraph=wanted.ground,
        categories=[cast("Category", wanted.category)],
        conditions=[],
        reasoned=bool(wanted.reason.strip()),
        valid_from=epoch_s(now),
        valid_until=epoch_s(until),
    )


def _of(row: Withholding) -> dict[str, object]:
    """Return what the ledger says of a decision: never its reason, nor on what ground, which the individual may read."""
    return {"withholding": row.id, "owner": row.agency}
