"""Every query on individuals. What a caller may see is found in one statement, with what a decision stands on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies import (
    Role,
    agency_column,
    assignment_columns,
    parse_agency,
    parse_assignment,
)
from hub.kit.clock import micros
from hub.kit.database import Database
from hub.people.facts import PERSON_COLUMNS, parse_person, person_columns
from hub.people.model import (
    Clearance,
    Individual,
    IndividualId,
    Lane,
    Notice,
    PersonId,
    Protection,
    ProtectionReason,
    Reference,
    Relation,
    Representative,
)
from hub.people.seen import Asker, Grantee, Seen

#: $1 assignment, $2 now (µs), $3 agency, $4 the caller's ref, $5 a decoy individual.
_WHO: Final = f"""
    (SELECT epoch FROM standing WHERE subject = $4), {agency_column("$3")}, {assignment_columns("$1", "$2")}"""  # noqa: S608  constants


def _target(reference: str) -> str:
    return f"{reference}.id, {person_columns(f'coalesce({reference}.individual, $5)', '$1', '$3', '$2')}"


#: Both references are looked for, and facts fetched for both, whatever is there: the work is the same.
_BY_HASH: Final = f"""
    SELECT {_WHO}, {_target("o")}, {_target("k")} FROM (SELECT 1 AS one) x
      LEFT JOIN reference o ON o.agency = $3 AND o.lookup_hash = $6 AND o.lane = 'ordinary'
      LEFT JOIN reference k ON k.agency = $3 AND k.lookup_hash = $6 AND k.lane = 'intake'"""  # noqa: S608  constants
_BY_ID: Final = f"""
    SELECT {_WHO}, {_target("o")} FROM (SELECT 1 AS one) x
      LEFT JOIN reference o ON o.agency = $3 AND o.id = $6"""  # noqa: S608  constants
_BY_INDIVIDUAL: Final = f"""
    SELECT {_WHO}, i.id, {person_columns("coalesce(i.id, $5)", "$1", "$3", "$2")} FROM (SELECT 1 AS one) x
      LEFT JOIN individual i ON i.lookup_hash = $6 AND i.lane = 'ordinary'"""  # noqa: S608  constants
#: As `_BY_ID`, and $7 the assignment that would be cleared: its facts, its holder's relation to the individual, how
#: many at the agency are cleared already, and whether the caller holds it.
_FOR_CLEARANCE: Final = f"""
    SELECT {_WHO}, {_target("o")}, {assignment_columns("$7", "$2")},
      (SELECT d.relation FROM declared_relation d JOIN assignment da ON da.staff = d.staff
        WHERE d.individual = o.individual AND da.id = $7),
      (SELECT count(*) FROM clearance c WHERE c.individual = o.individual AND c.agency = $3
        AND c.valid_from <= $2 AND c.valid_until > $2),
      (SELECT count(*) FROM assignment ga JOIN staff gs ON gs.id = ga.staff
        JOIN staff ms ON ms.issuer = gs.issuer AND ms.subject = gs.subject
        JOIN assignment ma ON ma.staff = ms.id WHERE ga.id = $7 AND ma.id = $1)
    FROM (SELECT 1 AS one) x LEFT JOIN reference o ON o.agency = $3 AND o.id = $6"""  # noqa: S608  constants
_HEAD: Final = 4


async def by_hash(database: Database, asker: Asker, lookup_hash: bytes, decoy: str, now: datetime) -> tuple[Seen, Seen]:
    """Return the agency's ordinary and intake reference for a number, each a decoy when there is none."""
    row = await _one(database, _BY_HASH, asker, decoy, lookup_hash, now=now)
    second = _HEAD + 1 + PERSON_COLUMNS
    return _seen(row, _HEAD), _seen(row, second)


async def by_id(database: Database, asker: Asker, person: str, decoy: str, now: datetime) -> Seen:
    """Return the agency's reference `person`; another agency's and an absent one are the same decoy."""
    return _seen(await _one(database, _BY_ID, asker, decoy, person, now=now), _HEAD)


async def anywhere(database: Database, asker: Asker, hub_hash: bytes, decoy: str, now: datetime) -> Seen:
    """Return the individual whoever knows them: only for the choice of lane when somebody is registered."""
    return _seen(await _one(database, _BY_INDIVIDUAL, asker, decoy, hub_hash, now=now), _HEAD)


async def for_clearance(
    database: Database, asker: Asker, person: str, decoy: str, *, to: str, now: datetime
) -> tuple[Seen, Grantee]:
    """Return the agency's reference `person`, and who would be cleared for it."""
    row = await _one(database, _FOR_CLEARANCE, asker, decoy, person, to, now=now)
    assignment, substitutions, relation, cleared, same = row[_HEAD + 1 + PERSON_COLUMNS :]
    grantee = Grantee(
        assignment=parse_assignment(assignment, substitutions),
        relation=Relation(relation or Relation.NONE),
        none_cleared=not cleared,
        is_caller=bool(same),
    )
    return _seen(row, _HEAD), grantee


async def _one(database: Database, sql: str, asker: Asker, *sought: object, now: datetime) -> Sequence[Any]:
    [row] = await database.fetch_shared(sql, asker.assignment, micros(now), asker.agency, asker.ref, *sought)
    return row


def _seen(row: Sequence[Any], at: int) -> Seen:
    epoch, agency, assignment, substitutions = row[:_HEAD]
    columns = row[at + 1 : at + 1 + PERSON_COLUMNS]
    person = parse_person(*columns)
    if person is None:
        raise LookupError("the decoys are not there: run People.prepare at start")
    reference = row[at]
    return Seen(
        epoch=int(epoch or 0),
        agency=parse_agency(agency),
        assignment=parse_assignment(assignment, substitutions),
        reference=PersonId(str(reference)) if reference else None,
        person=person,
    )


async def upsert_individual(session: AsyncSession, candidate: Individual) -> IndividualId:
    """Return the individual with the candidate's number and lane; the candidate is put in when there is none."""
    statement = text(
        """INSERT INTO individual (id, lookup_hash, lane, protection, protection_source, raising_agency, raised_by,
                                   raised_at, provisional_until, confirmed_by, minor_born)
           VALUES (:id, :hash, :lane, 'none', 'nobody', '', '', 0, 0, '', :born)
           ON CONFLICT (lookup_hash, lane) DO NOTHING"""
    ).bindparams(id=candidate.id, hash=candidate.lookup_hash, lane=candidate.lane, born=candidate.minor_born)
    await (await session.connection()).execute(statement)
    found = select(Individual.id).where(
        Individual.lookup_hash == candidate.lookup_hash, Individual.lane == candidate.lane
    )
    return IndividualId((await session.exec(found)).one())


async def reference_for(session: AsyncSession, agency: str, lookup_hash: bytes, lane: Lane) -> Reference | None:
    """Return an agency's reference for a number in one lane."""
    statement = select(Reference).where(
        Reference.agency == agency, Reference.lookup_hash == lookup_hash, Reference.lane == lane
    )
    return (await session.exec(statement)).first()


async def own_reference(session: AsyncSession, agency: str, individual: str) -> Reference | None:
    """Return an agency's reference for an individual."""
    statement = select(Reference).where(Reference.agency == agency, Reference.individual == individual)
    return (await session.exec(statement)).first()


async def known_as(
    session: AsyncSession, agency: str, individuals: Collection[str]
) -> list[tuple[Reference, Protection]]:
    """Return one agency's references for these individuals, with how each is protected."""
    statement = (
        select(Reference, Individual)
        .join(Individual, col(Individual.id) == col(Reference.individual))
        .where(Reference.agency == agency, col(Reference.individual).in_(individuals))
    )
    return [(reference, individual.protection) for reference, individual in await session.exec(statement)]


async def references_of(session: AsyncSession, individuals: Sequence[str]) -> list[Reference]:
    """Return all agencies' references for these individuals."""
    return list(await session.exec(select(Reference).where(col(Reference.individual).in_(individuals))))


async def of_number(session: AsyncSession, hub_hash: bytes) -> list[Individual]:
    """Return the individual with this number, the ordinary one first, then what agencies hold as intake."""
    statement = select(Individual).where(Individual.lookup_hash == hub_hash)
    found = list(await session.exec(statement))
    return sorted(found, key=lambda each: (each.lane != Lane.ORDINARY, each.id))


async def registered(session: AsyncSession, individuals: Collection[str]) -> frozenset[str]:
    """Return those of `individuals` whom some agency has registered; a representative need not be."""
    statement = select(Reference.individual).where(col(Reference.individual).in_(individuals)).distinct()
    return frozenset(await session.exec(statement))


async def clearances(session: AsyncSession, agency: str, individual: str, now: datetime) -> list[Clearance]:
    """Return one agency's clearances in force for an individual."""
    statement = select(Clearance).where(
        Clearance.agency == agency,
        Clearance.individual == individual,
        col(Clearance.valid_until) > now,
    )
    return list(await session.exec(statement))


async def protection_reasons(session: AsyncSession, agency: str, individual: str) -> list[ProtectionReason]:
    """Return why one agency's officials have changed an individual's protection, the newest first."""
    statement = select(ProtectionReason).where(
        ProtectionReason.agency == agency, ProtectionReason.individual == individual
    )
    ordered = statement.order_by(col(ProtectionReason.given_at).desc(), col(ProtectionReason.id))
    return list(await session.exec(ordered))


async def representatives_of(session: AsyncSession, individual: str) -> list[Representative]:
    """Return all who are or have been recorded as representatives of an individual."""
    return list(await session.exec(select(Representative).where(Representative.individual == individual)))


async def represented_by(
    session: AsyncSession, individuals: Sequence[str], now: datetime
) -> list[tuple[Representative, Individual]]:
    """Return for whom these individuals may act now, protected children left out of what guardians see (reading R6)."""
    statement = (
        select(Representative, Individual)
        .join(Individual, col(Individual.id) == col(Representative.individual))
        .where(
            col(Representative.acts).in_(individuals),
            col(Representative.valid_from) <= now,
            col(Representative.valid_until) > now,
        )
    )
    return list(await session.exec(statement))


#: References of an agency on which it has noted nothing since :before (its entries of changes in the ledger tell),
#: and whose erasure nothing stops.
_SILENT: Final = """
    SELECT r.id FROM reference r
    WHERE r.agency = :agency AND r.last_note_at <= :before AND (:individual = '' OR r.individual = :individual)
      AND NOT EXISTS (SELECT 1 FROM hold h
            WHERE h.individual = r.individual AND h.agency = r.agency AND h.valid_until > :now)
      AND NOT EXISTS (SELECT 1 FROM ledger_entry l
            WHERE l.individual = r.individual AND l.holder = r.agency AND l.kind = 'change' AND l.recorded_at > :before)"""


async def silent_since(
    session: AsyncSession, agency: str, before: datetime, now: datetime, individual: str = ""
) -> list[Reference]:
    """Return an agency's references that may be erased: silent since `before` and not on hold; all, or on one individual."""
    bound = text(_SILENT).bindparams(agency=agency, before=micros(before), now=micros(now), individual=individual)
    ids = [row[0] for row in await (await session.connection()).execute(bound)]
    return list(await session.exec(select(Reference).where(col(Reference.id).in_(ids))))


async def assignments_with_role(session: AsyncSession, agency: str, role: Role, now: datetime) -> list[str]:
    """Return the assignments in force of an agency that have `role`."""
    statement = text(
        """SELECT id FROM assignment WHERE agency = :agency AND valid_from <= :now AND valid_until > :now
           AND ',' || roles || ',' LIKE :role ORDER BY id"""
    ).bindparams(agency=agency, now=micros(now), role=f"%,{role},%")
    rows = await (await session.connection()).execute(statement)
    return [str(row[0]) for row in rows]


async def notices_for(session: AsyncSession, assignment: str, now: datetime) -> list[Notice]:
    """Return what somebody has been told and not yet marked as read."""
    statement = (
        select(Notice).where(Notice.assignment == assignment, col(Notice.read_at) > now).order_by(col(Notice.at).desc())
    )
    return list(await session.exec(statement))


async def content_of(database: Database, individual: str, agency: str) -> list[tuple[str, bytes]]:
    """Return the agency's own references to an individual with what is sealed in them, straight on the driver."""
    rows = await database.fetch(
        "SELECT id, content FROM reference WHERE individual = $1 AND agency = $2 AND lane = 'ordinary'",
        individual,
        agency,
    )
    return [(row[0], bytes(row[1])) for row in rows]
