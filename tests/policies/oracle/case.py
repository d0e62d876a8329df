"""May this act be done in the case (GT-23; readings R11, R12, R31)."""

from hub.access.questions import ActInCase
from tests.policies.oracle import law
from tests.policies.oracle.common import may_know, on_team, strong
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Verdict, deny, permit


def act_in_case(q: ActInCase) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    if q.act in law.NOBODY:
        return deny(law.NOBODY[q.act])
    if not may_know(q.caller, q.person, q.now) or not on_team(q.caller, q.now):
        return deny("not_found")
    return permit("own_case", obligations=marked(q.person))
