package clear_protected

import data.lib.caller
import data.lib.person
import data.lib.reply

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then the rest.
refusals := {reply.refusal(code, "") | some code in _caller} if {
	count(_caller) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(code, "") | some code in _why}

# METADATA
# title: Too weak, or too old, a sign-in
# description: Everything about an individual needs a strong sign-in; some acts a new one.
# custom:
#   code: weak_login
#   codes: [stale_login, weak_login]
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_caller contains code if some code in caller.not_signed_in("clear_protected")

# METADATA
# title: Not a manager
# description: A manager names who may know.
# custom:
#   code: not_manager
#   law: OSL 21:3
#   readings: [R11]
_caller contains "not_manager" if not _manager

# METADATA
# title: Another agency's staff
# description: A manager names staff of the own agency.
# custom:
#   code: not_own_agency
#   law: OSL 8:1
#   readings: [R11, R12, R26]
_caller contains "not_own_agency" if input.grantee_agency != input.caller.agency

# METADATA
# title: Not one named person
# description: A clearance is for a person, never for a unit or a role.
# custom:
#   code: not_named
#   law: OSL 21:3
#   readings: [R11]
_caller contains "not_named" if input.grantee_named == false

# METADATA
# title: Clears oneself
# description: Nobody clears themselves.
# custom:
#   code: self_clearance
#   law: FL 16 §
#   readings: [R11]
_caller contains "self_clearance" if input.grantee_is_caller == true

# METADATA
# title: Only figures to the steering group
# description: The steering group sees no individuals.
# custom:
#   code: steering_aggregates_only
#   law: OSL 8:1
#   readings: []
_caller contains "steering_aggregates_only" if "styrgrupp" in input.grantee_roles

# METADATA
# title: Not for this role
# description: The one named has no role that works with individuals.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_caller contains "not_allowed_role" if not _working_role

# METADATA
# title: For more than one individual
# description: A clearance is for this very individual.
# custom:
#   code: clearance_not_person_specific
#   law: OSL 21:3
#   readings: [R11]
_caller contains "clearance_not_person_specific" if input.one_individual == false

# METADATA
# title: A reason
# description: A clearance has a reason.
# custom:
#   code: record_reason
#   law: OSL 21:3
#   readings: [R11]
_caller contains "record_reason" if input.reason_given == false

# METADATA
# title: An end
# description: A clearance has an end, later than its start and than now.
# custom:
#   code: end_missing
#   law: OSL 21:3
#   readings: [R11]
_caller contains "end_missing" if not _limited

# METADATA
# title: For one's own gain
# description: Nobody clears on themselves or on relatives, nor a relative of the individual.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if not caller.disinterested

_why contains "own_gain" if input.grantee_relation != "none"

# METADATA
# title: An obligation that can't be carried out
# description: The caller's page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains "obligation_unfulfillable" if {
	count(_grounds) > 0
	not caller.carries_out(person.obligations)
}
