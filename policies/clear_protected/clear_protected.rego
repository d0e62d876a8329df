# METADATA
# scope: package
# title: May the caller give this named clearance for a protected individual
# description: >-
#   A manager names staff of the own agency, as few as possible, for this very individual, with a reason and an end
#   (HUB-04, FFS-10; law 3.5; reading R11).
# schemas:
#   - input: schema.clear_protected
package clear_protected

import data.data.roles
import data.lib.caller
import data.lib.person
import data.lib.reply

# METADATA
# title: The answers to a list of questions, in their order
# entrypoint: true
answers := [decided | some question in input; decided := answer with input as question]

# METADATA
# title: The answer to one question
# entrypoint: true
answer := reply.yes(_granted) if {
	_complete
	count(_grounds) > 0
	caller.carries_out(person.obligations)
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {
	"grounds": _grounds,
	"refusals": set(),
	"obligations": (person.obligations | {{"code": "record_reason", "category": ""}}),
	"categories": set(),
}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_boolean(input.person.known)
	is_string(input.person.protection)
	is_string(input.grantee_agency)
	is_array(input.grantee_roles)
	is_boolean(input.grantee_named)
	is_boolean(input.grantee_is_caller)
	is_string(input.grantee_relation)
	is_boolean(input.one_individual)
	is_boolean(input.reason_given)
	is_number(input.valid_from)
	is_number(input.valid_until)
	is_boolean(input.none_cleared)
}

# METADATA
# title: Named by a manager
# description: One named person at the own agency, for one individual, for a reason and a time.
# custom:
#   code: manager
#   law: OSL 21:3, 21:3 a
#   readings: [R11]
_grounds contains reply.ground("manager", "", "OSL 21:3, 21:3 a") if {
	caller.signed_in("clear_protected")
	_manager
	caller.disinterested
	_may_know
	_grantee_may
	input.one_individual == true
	input.reason_given == true
	_limited
}

_manager if {
	caller.for_working_agency
	caller.has_role("clear_protected")
}

_may_know if person.visible

# The first clearance at an agency that knows the individual, after a protection was confirmed.
_may_know if {
	input.person.known == true
	input.none_cleared == true
}

_grantee_may if {
	input.grantee_agency == input.caller.agency
	input.grantee_named == true
	input.grantee_is_caller == false
	input.grantee_relation == "none"
	_working_role
}

_working_role if {
	count(input.grantee_roles) > 0
	every role in input.grantee_roles {
		roles.clearable[role] == true
	}
}

_limited if {
	is_number(input.valid_from)
	is_number(input.valid_until)
	input.valid_from < input.valid_until
	input.now < input.valid_until
	input.valid_until < 253402300799
}
