# METADATA
# scope: package
# title: May the caller open a case on this individual
# description: Led by the caller's own agency, on an individual that the agency has registered (HUB-01).
# schemas:
#   - input: schema.open_case
package open_case

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

_granted := {"grounds": _grounds, "refusals": set(), "obligations": person.obligations, "categories": set()}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_boolean(input.person.known)
	is_string(input.person.protection)
	is_boolean(input.own_reference)
	is_string(input.leading)
	is_string(input.purpose)
}

# METADATA
# title: The own agency's case
# description: The agency has a relation of its own, and leads what it opens.
# custom:
#   code: own_case
#   law: OSL 8:1-2
#   readings: [R31]
_grounds contains reply.ground("own_case", "", "OSL 8:1-2") if {
	caller.signed_in("open_case")
	caller.for_working_agency
	caller.has_role("open_case")
	caller.disinterested
	_known_here
	input.leading == input.caller.agency
}

_known_here if {
	person.visible
	input.own_reference == true
}
