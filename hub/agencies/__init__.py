"""The door to who takes part: agencies, units, staff, assignments, substitutes and what each owner has approved."""

from hub.agencies.approvals import Approvals, Decision
from hub.agencies.directory import Directory, Register
from hub.agencies.facts import (
    AgencyFacts,
    Approval,
    AssignmentFacts,
    Period,
    StandIn,
    agency_column,
    approvals_column,
    assignment_columns,
    parse_agency,
    parse_approvals,
    parse_assignment,
)
from hub.agencies.mandate import Mandate, OwnGain
from hub.agencies.model import (
    OPEN_END,
    REGIME_UNSET,
    Agency,
    AgencyId,
    AgencyKind,
    AssignmentId,
    Huvudman,
    LogReviewPlan,
    RetentionClass,
    Road,
    Role,
    StaffId,
    SubstitutionId,
    UnitId,
)
from hub.agencies.repository import Post
from hub.agencies.service import Administration

__all__ = [
    "OPEN_END",
    "REGIME_UNSET",
    "Administration",
    "Agency",
    "AgencyFacts",
    "AgencyId",
    "AgencyKind",
    "Approval",
    "Approvals",
    "AssignmentFacts",
    "AssignmentId",
    "Decision",
    "Directory",
    "Huvudman",
    "LogReviewPlan",
    "Mandate",
    "OwnGain",
    "Period",
    "Post",
    "Register",
    "RetentionClass",
    "Road",
    "Role",
    "StaffId",
    "StandIn",
    "SubstitutionId",
    "UnitId",
    "agency_column",
    "approvals_column",
    "assignment_columns",
    "parse_agency",
    "parse_approvals",
    "parse_assignment",
]
