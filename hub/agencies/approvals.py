"""What an agency has decided: rules and purposes it approves, how long data is kept, how its log is followed up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies import repository
from hub.agencies.acts import Acts
from hub.agencies.checks import one_of, period, text
from hub.agencies.mandate import Mandate
from hub.agencies.model import (
    OPEN_END,
    ApprovedPurpose,
    ApprovedRule,
    LogReviewPlan,
    RetentionClass,
    RetentionSchedule,
    Road,
)
from hub.kit.idempotency import Once
from hub.kit.ids import new_id

_LONGEST_YEARS: Final = 100
#: A quarter at most between two reviews of the log, and so many by lot that somebody can review them: ours, not the law's.
_LONGEST_DAYS: Final = 92
_LEAST_BY_LOT: Final = 5
_MOST_BY_LOT: Final = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """An official's decision as it is filed: who, when, diarienummer."""

    official: str
    decided_on: date
    diarienummer: str

    def checked(self) -> "Decision":
        """Return it cleaned. Raises Invalid."""
        return Decision(
            text("official", self.official, 200), self.decided_on, text("diarienummer", self.diarienummer, 60)
        )


class Approvals(Acts):
    """An owner's approvals, as its administrator records the officials' decisions."""

    async def approve_rule(
        self,
        mandate: Mandate,
        *,
        rule: str,
        revision: str,
        decision: Decision,
        valid_from: datetime,
        valid_until: datetime = OPEN_END,
        once: Once | None = None,
    ) -> str:
        """Record that the owner's official has approved a rule of the policies, in the revision they read."""
        period(valid_from, valid_until)
        decision = decision.checked()
        row = ApprovedRule(
            id=new_id(),
            agency=mandate.agency,
            rule=text("rule", rule, 100),
            official=decision.official,
            decided_on=decision.decided_on,
            diarienummer=decision.diarienummer,
            revision=text("revision", revision, 100),
            valid_from=valid_from,
            valid_until=valid_until,
        )
        detail = {"rule": rule, "official": decision.official, "diarienummer": decision.diarienummer}
        return await self._add(
            mandate, "approve_rule", row, detail=detail, subjects=(f"agency:{mandate.agency}",), once=once
        )

    async def withdraw_rule(self, mandate: Mandate, approval: str) -> None:
        """End an approved rule now: what rests on it stops."""
        await self._end(mandate, "withdraw_rule", ApprovedRule, approval, (f"agency:{mandate.agency}",))

    async def approve_purpose(
        self,
        mandate: Mandate,
        *,
        road: Road,
        purpose: str,
        decision: Decision,
        valid_from: datetime,
        valid_until: datetime = OPEN_END,
        once: Once | None = None,
    ) -> str:
        """Record that the owner's official lets a road be used for a purpose (readings R13, R14)."""
        period(valid_from, valid_until)
        decision = decision.checked()
        row = ApprovedPurpose(
            id=new_id(),
            agency=mandate.agency,
            road=road,
            purpose=text("purpose", purpose, 60),
            official=decision.official,
            decided_on=decision.decided_on,
            diarienummer=decision.diarienummer,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        detail = {"road": road, "purpose": purpose, "diarienummer": decision.diarienummer}
        return await self._add(
            mandate, "approve_purpose", row, detail=detail, subjects=(f"agency:{mandate.agency}",), once=once
        )

    async def withdraw_purpose(self, mandate: Mandate, approval: str) -> None:
        """End an approved purpose now."""
        await self._end(mandate, "withdraw_purpose", ApprovedPurpose, approval, (f"agency:{mandate.agency}",))

    async def set_retention(
        self,
        mandate: Mandate,
        *,
        kind: RetentionClass,
        years: int,
        decision: str,
        diarienummer: str,
        once: Once | None = None,
    ) -> str:
        """Set how many years after the last note a class of data is kept; the schedule in force ends."""
        if not 1 <= years <= _LONGEST_YEARS:
            one_of("years", f"Skriv ett antal år från 1 till {_LONGEST_YEARS}.")
        now = self._clock.now()
        row = RetentionSchedule(
            id=new_id(),
            agency=mandate.agency,
            kind=kind,
            years=years,
            decision=text("decision", decision, 200),
            diarienummer=text("diarienummer", diarienummer, 60),
            valid_from=now,
        )

        async def make(session: AsyncSession) -> str:
            if current := await repository.retention(session, mandate.agency, kind, now):
                current.valid_until = now
            session.add(row)
            return row.id

        detail = {"class": kind, "years": years, "diarienummer": row.diarienummer}
        return await self._act(mandate, "set_retention", make, detail=detail, once=once)

    async def set_log_review(
        self,
        mandate: Mandate,
        *,
        every_days: int,
        random: int,
        decision: str,
        diarienummer: str,
        once: Once | None = None,
    ) -> str:
        """Set how often the agency follows up its log and how many entries are drawn by lot; the plan in force ends.

        Raises Invalid. Whoever reviews chooses neither (PDL 4:3, HSLF-FS 2016:40 4 kap. 9 §; reading R26).
        """
        if not 1 <= every_days <= _LONGEST_DAYS:
            one_of("everyDays", f"Skriv ett antal dagar från 1 till {_LONGEST_DAYS}.")
        if not _LEAST_BY_LOT <= random <= _MOST_BY_LOT:
            one_of("random", f"Skriv ett antal rader från {_LEAST_BY_LOT} till {_MOST_BY_LOT}.")
        now = self._clock.now()
        row = LogReviewPlan(
            id=new_id(),
            agency=mandate.agency,
            every_days=every_days,
            random=random,
            decision=text("decision", decision, 200),
            diarienummer=text("diarienummer", diarienummer, 60),
            valid_from=now,
        )

        async def make(session: AsyncSession) -> str:
            if current := await repository.log_review(session, mandate.agency, now):
                current.valid_until = now
            session.add(row)
            return row.id

        detail = {"every_days": every_days, "random": random, "diarienummer": row.diarienummer}
        return await self._act(mandate, "set_log_review", make, detail=detail, once=once)
