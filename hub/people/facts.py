"""The facts about an individual that decisions need, as parts of a decision's one reading statement.

As `hub.agencies.facts`: each function returns columns for a `SELECT`, the arguments are SQL expressions, never values.
A statement that reads a case might begin

    SELECT {assignment_columns("$1", "$3")}, {person_columns("c.individual", "$1", "c.agency", "$3")} FROM case_ c …

and hands the columns, in order, to `parse_assignment` and `parse_person`.
"""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from hub.agencies import AgencyId, Period
from hub.kit.clock import from_micros
from hub.people.model import (
    IndividualId,
    NamedHandlerOf,
    PersonId,
    Protection,
    Relation,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
)

#: The age that is told of all who were adults when first registered.
ADULT_AGE = 18
#: How many columns `person_columns` gives.
PERSON_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One individual as a decision about one assignment of one agency sees them, with the epoch it stands on."""

    individual: IndividualId
    protection: Protection
    #: Until when named handlers keep access to one whom a machine has raised protection for; else 1970.
    provisional_until: datetime
    raising_agency: AgencyId
    minor_born: date | None
    epoch: int
    #: When the assignment is cleared for this very individual; None when it isn't.
    clearance: Period | None = None
    #: Why the assignment keeps access while a protection is provisional, and how long.
    kept: tuple[NamedHandlerOf, datetime] | None = None
    #: The agency's own reference, when it has one.
    person: PersonId | None = None
    #: What whoever holds the assignment has told that they are to the individual.
    relation: Relation = Relation.NONE

    @property
    def subject(self) -> str:
        """The row of `standing` that says whether these facts still hold."""
        return f"individual:{self.individual}"

    @property
    def protected(self) -> bool:
        """Unknown counts as protected (reading R8)."""
        return self.protection is not Protection.NONE

    def cleared(self, now: datetime) -> bool:
        """Tell whether the assignment is cleared for this individual right now."""
        return self.clearance is not None and self.clearance.holds(now)

    def named_handler(self, now: datetime) -> bool:
        """Tell whether the assignment keeps access while a machine's protection is provisional (reading R11)."""
        return self.kept is not None and now < min(self.kept[1], self.provisional_until)

    def opens_to(self, now: datetime) -> bool:
        """Tell whether protection lets this assignment see that the individual exists."""
        return not self.protected or self.cleared(now) or self.named_handler(now)

    def not_after(self, now: datetime) -> datetime | None:
        """Return the earliest end of the facts that opened for this assignment, or None when none has an end."""
        if not self.protected:
            return None
        ends = [self.clearance.valid_until] if self.clearance and self.clearance.holds(now) else []
        kept = [min(self.kept[1], self.provisional_until)] if self.kept and self.named_handler(now) else []
        return max([*ends, *kept], default=None)

    def age(self, today: date) -> int:
        """Return whole years; of one who was an adult when first registered it is only kept that they are."""
        return ADULT_AGE if self.minor_born is None else age_on(self.minor_born, today)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A recorded appointment. `name` and `document` are empty once they are erased."""

    id: RepresentativeId
    individual: IndividualId
    acts: IndividualId
    kind: RepresentativeKind
    scope: tuple[Scope, ...]
    period: Period
    risk: Risk
    agreed: bool
    name: str = ""
    document: str = ""


def age_on(born: date, day: date) -> int:
    """Return whole years at `day`; one born on 29 February turns a year older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def person_columns(individual: str, assignment: str, agency: str, now: str) -> str:
    """Return five columns on `individual` as seen from `assignment` of `agency` at `now` (microseconds).

    The tables' names begin with p_, so that none of them hides a table that `individual` speaks of.
    """
    return f"""
        (SELECT :json_array(p_i.id, p_i.protection, p_i.provisional_until, p_i.raising_agency,
                            cast(p_i.minor_born as varchar(10)), coalesce(p_st.epoch, 0))
           FROM individual p_i LEFT JOIN standing p_st ON p_st.subject = 'individual:' || p_i.id WHERE p_i.id = {individual}),
        (SELECT :json_array(min(p_c.valid_from), max(p_c.valid_until)) FROM clearance p_c
          WHERE p_c.individual = {individual} AND p_c.assignment = {assignment}
            AND p_c.valid_from <= {now} AND p_c.valid_until > {now} HAVING count(*) > 0),
        (SELECT :json_array(p_k.named_handler_of, p_k.valid_until) FROM kept_access p_k
          WHERE p_k.individual = {individual} AND p_k.assignment = {assignment}),
        (SELECT p_r.id FROM reference p_r
          WHERE p_r.individual = {individual} AND p_r.agency = {agency} AND p_r.lane = 'ordinary'),
        (SELECT p_d.relation FROM declared_relation p_d JOIN assignment p_da ON p_da.staff = p_d.staff
          WHERE p_d.individual = {individual} AND p_da.id = {assignment})"""  # noqa: S608  SQL


def parse_person(
    person: str | None, clearance: str | None, kept: str | None, own: str | None, relation: str | None
) -> PersonFacts | None:
    """Return what the columns of `person_columns` say, or None when there is no such individual."""
    if person is None:
        return None
    identity, protection, provisional, raising, born, epoch = msgspec.json.decode(person)
    handler = msgspec.json.decode(kept) if kept else None
    return PersonFacts(
        individual=IndividualId(identity),
        protection=Protection(protection),
        provisional_until=from_micros(provisional),
        raising_agency=AgencyId(raising),
        minor_born=date.fromisoformat(born) if born else None,
        epoch=epoch,
        clearance=_period(msgspec.json.decode(clearance)) if clearance else None,
        kept=(NamedHandlerOf(handler[0]), from_micros(handler[1])) if handler else None,
        person=PersonId(own) if own else None,
        relation=Relation(relation or Relation.NONE),
    )


def mandates_column(individual: str, now: str) -> str:
    """Return a column with the appointments of representatives for `individual` that aren't over at `now`."""
    return f"""
        (SELECT :json_agg(:json_array(rp.id, rp.acts, rp.kind, rp.scope, rp.valid_from, rp.valid_until, rp.risk,
                                      CASE WHEN rp.agreed THEN 1 ELSE 0 END))
           FROM representative rp WHERE rp.individual = {individual} AND rp.valid_until > {now})"""  # noqa: S608  SQL


def parse_mandates(column: str | None, individual: IndividualId) -> tuple[Mandate, ...]:
    """Return what `mandates_column` says of `individual`."""
    return tuple(
        Mandate(
            id=RepresentativeId(identity),
            individual=individual,
            acts=IndividualId(acts),
            kind=RepresentativeKind(kind),
            scope=tuple(Scope(each) for each in scope.split(",")),
            period=_period((since, until)),
            risk=Risk(risk),
            agreed=bool(agreed),
        )
        for identity, acts, kind, scope, since, until, risk, agreed in (msgspec.json.decode(column) if column else ())
    )


def _period(bounds: tuple[int, int]) -> Period:
    return Period(from_micros(bounds[0]), from_micros(bounds[1]))
