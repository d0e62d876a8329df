"""Lifting on paper or on the individual's spoken word: written down by the owner's own staff, with its evidence.

What is lifted is an exclusion or a block towards one owner, and only that owner's staff see that it is there; so it is
they who can write it down, as they write down a consent that opens their own secrecy. It is as open as the act was
that closed (reading R2): the individual says so, somebody hears it or it is signed, and it stands in the individual's
log. A representative lifts by an own sign-in only (reading R7), and what binds every owner only the individual lifts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

import msgspec

from hub.access import Caller, Permit
from hub.access.questions import ActInCase, DisposalFacts
from hub.audit import Ledger
from hub.consent import repository
from hub.consent.blocking import lift_block, lift_line
from hub.consent.checks import check_evidence_lengths, check_scan, require
from hub.consent.drafts import ScanFile
from hub.consent.kinds import BlockId, Form, LiftId, LineId
from hub.consent.model import Lift
from hub.consent.rows import Evidence, Teller, scope_of
from hub.consent.speaker import Around
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import FieldError, NotFound, StepUpNeeded
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Keys, Place, Vault

#: As for a consent: the sign-in is no older than this (policies/data/sign_in.json, `record_consent`).
_NEW: Final = timedelta(minutes=15)
#: From this age one disposes of one's own secrecy alone (reading R6).
_OF_AGE: Final = 18
_FORMS: Final = frozenset({Form.PAPER, Form.ORAL})
TABLE: Final = "consent_lift"


@dataclass(frozen=True, slots=True)
class Said:
    """How the individual said it: on paper with the scan of it, or in words with who heard."""

    form: Form | None
    witness: str = ""
    note: str = ""
    scan: ScanFile | None = None

    @property
    def evident(self) -> bool:
        """Whether something shows that it was said: the fact `reason_given` of the decision."""
        return bool(self.witness.strip()) if self.form is Form.ORAL else self.scan is not None

    def check(self) -> None:
        """Raise Invalid with what is missing or can't be kept of it, before anybody is asked about."""
        require(_faults(self))


class LiftService:
    """Keeps a lift that staff write down."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, around: Around) -> None:
        self._database, self._vault, self._ledger, self._clock, self._around = database, vault, ledger, clock, around

    async def record(
        self, permit: Permit[ActInCase], caller: Caller, what: LineId | BlockId, said: Said, once: Once | None = None
    ) -> LiftId:
        """Lift the exclusion or block `what` on the individual's word. `permit` is to `record_lift` in the case.

        Raises Invalid (how or by whom it was said), StepUpNeeded (an old sign-in), NotFound (no such one in
        force, or another owner's).
        """
        said.check()
        individual, agency, now = permit.about.individual or "", permit.about.answerable, self._clock.now()
        require(whose_word(await self._disposal(caller, individual, permit.about.case)))
        if now - caller.authenticated_at > _NEW:
            raise StepUpNeeded
        lift, keys = LiftId(new_id()), await self._vault.keys([scope_of(individual, agency)])
        teller = Teller(caller, individual, now, lift)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}"])
            if made := await earlier(session, once):
                return LiftId(made)
            past = await repository.history(session, individual)
            lines = [each for each in past.lines if each.id == what and each.owner == agency]
            blocks = [each for each in past.blocks if each.id == what and each.owner == agency]
            if not lines and not blocks:
                raise NotFound
            event = lift_line(past, lines[0], teller) if lines else lift_block(past, blocks[0], teller)
            repository.add_all(session, [event, _row(lift, permit, caller, what, said, keys, teller)])
            remember(session, once, lift)
            await self._ledger.record_change(
                session,
                teller.entry("lift_recorded", agency, lines, case=permit.about.case, permit=permit.entry),
            )
        return lift

    async def _disposal(self, caller: Caller, individual: str, case: str | None) -> DisposalFacts:
        return (await self._around(caller, individual, case)).disposal


def _row(
    lift: str, permit: Permit[ActInCase], caller: Caller, what: str, said: Said, keys: Keys, teller: Teller
) -> Lift:
    agency, scope = permit.about.answerable, scope_of(teller.individual, permit.about.answerable)
    words = msgspec.json.encode(Evidence(witness=said.witness.strip(), note=said.note.strip()))
    sealed = keys.seal(scope, Place(TABLE, "evidence", lift), words)
    return Lift(
        id=lift,
        individual_id=teller.individual,
        lifted=what,
        answerable_agency=agency,
        case_id=permit.about.case,
        form=said.form or Form.ORAL,
        evidence=sealed,
        evidence_digest=sha256(said.scan.content if said.scan else sealed).digest(),
        media_type=said.scan.media_type if said.scan else None,
        scan=keys.seal(scope, Place(TABLE, "scan", lift), said.scan.content) if said.scan else None,
        recorded_by=caller.assignment or caller.ref,
        decision=permit.entry,
        recorded_at=teller.at,
    )


def _faults(said: Said) -> Iterator[FieldError]:
    if said.form not in _FORMS:
        yield FieldError("form", "Välj hur den enskilde sade det: på papper eller muntligt.")
    if said.form is Form.ORAL and not said.witness.strip():
        yield FieldError("witness", "Skriv vem som var med och hörde.")
    if said.form is Form.PAPER:
        yield from check_scan(said.scan)
    yield from check_evidence_lengths(said.witness, said.note)


def whose_word(disposal: DisposalFacts) -> Iterator[FieldError]:
    """Yield why the individual's own word doesn't do: then whoever acts for them lifts it, by an own sign-in."""
    if not disposal.can_consent or disposal.age < _OF_AGE or disposal.objects or disposal.harm:
        yield FieldError(
            "form",
            "Det här kan inte tas bort på den enskildes eget ord. "
            "Den som företräder den enskilde gör det med egen inloggning.",
        )
