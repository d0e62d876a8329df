"""When a line of consent lifts secrecy (OSL 10:1, 12:2; law 2.4; readings R1–R4, R6, R7, R16)."""

from hub.access.questions import Disclose, LineFacts
from tests.policies.oracle import law
from tests.policies.oracle.common import chain, disposes_alone, in_force, may_dispose_for, opens


def approved(q: Disclose, rule: str) -> bool:
    """A rule works for an owner only when that owner has approved it."""
    return any(each.code == rule and in_force(each, q.now) for each in q.owner.approvals)


def consent_opens(q: Disclose, category: str) -> bool:
    """A line opens the category, nothing stops it, and the receiver's register law allows it."""
    found = any(line_opens(q, line, category) for line in q.lines)
    return found and approved(q, "consent") and register_allows(q, category) and not stopped(q, category)


def register_allows(q: Disclose, category: str) -> bool:
    """R16: AF and FK take sensitive data only when it is necessary in their own open case."""
    limited = q.receiver.kind in law.REGISTER_KINDS and category in law.REGISTER_SENSITIVE
    return not limited or (q.receiver.case_open and category in q.receiver.necessary)


def stopped(q: Disclose, category: str) -> bool:
    """R2, R3: an exclusion or a block beats every consent, and reaches the children."""
    return any(
        in_force(stop, q.now)
        and stop.owner in {q.owner.agency, "*"}
        and stop.receiver in {q.receiver.agency, "*"}
        and stop.category in {*chain(category), "*"}
        for stop in q.stops
    )


def between(q: Disclose, line: LineFacts) -> bool:
    """Tell whether a line is between this owner and this receiver."""
    return line.owner == q.owner.agency and line.receiver == q.receiver.agency


def line_opens(q: Disclose, line: LineFacts, category: str) -> bool:
    """All of it in one line: halves of two lines never combine."""
    meant = line.kind == "secrecy" and line.purpose == q.purpose and opens(line.category, category)
    lives = in_force(line, q.now) and line.valid_until < law.FAR and q.now < line.ended_at and line.given_at <= q.now
    return between(q, line) and meant and lives and line.accepted and given(q, line)


def given(q: Disclose, line: LineFacts) -> bool:
    """R6, R7: by one who disposes of the secrecy."""
    if line.given_by == "self":
        return disposes_alone(q.disposal)
    used = [each for each in q.mandates if each.id == line.given_by]
    return any(may_dispose_for(each, q.disposal, line.given_at, {line.category}) for each in used)


def reserved(q: Disclose, category: str) -> bool:
    """OSL 12:2 st 2: to a private receiver the condition travels with the data."""
    private = q.receiver.kind in law.PRIVATE
    return private and any(line.reserved and line_opens(q, line, category) for line in q.lines)
