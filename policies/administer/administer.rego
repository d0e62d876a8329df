# METADATA
# scope: package
# title: May the caller do this act of administration
# description: An agency's own administrator, for that agency; nobody grants themselves anything (design, who takes part).
# schemas:
#   - input: schema.administer
package administer

import data.data.administration
import data.data.roles
import data.lib.caller
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
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {"grounds": _grounds, "refusals": set(), "obligations": set(), "categories": set()}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_string(input.act)
	is_string(input.agency)
	is_boolean(input.subject_is_caller)
	is_array(input.roles)
	is_boolean(input.decided)
}

# METADATA
# title: The agency's own administrator
# description: For the own agency, not for themselves, and on the agency's decision where one is needed.
# custom:
#   code: administrator
#   law: SoLPuL 10 §, PDL 4:2
#   readings: []
_grounds contains reply.ground("administrator", "", "SoLPuL 10 §, PDL 4:2") if {
	caller.signed_in("administer")
	_administrator
	input.agency == input.caller.agency
	_not_for_oneself
	_decided
	_roles_known
}

_administrator if {
	input.caller.door == "staff"
	some role in administration[input.act].roles
	role in input.caller.roles
}

_not_for_oneself if input.subject_is_caller == false

_not_for_oneself if administration[input.act].grants == false

_decided if administration[input.act].decision == false

_decided if {
	administration[input.act].decision == true
	input.decided == true
}

_roles_known if {
	is_array(input.roles)
	every role in input.roles {
		roles.grantable[role] == true
	}
}
