# METADATA
# scope: package
# title: May the caller accept, for the owner, the evidence of a consent that somebody else recorded
# description: Each authority must itself be sure that a consent covers its disclosure (law 2.4).
# schemas:
#   - input: schema.accept_consent
package accept_consent

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
	is_string(input.owner)
	is_string(input.receiver)
	is_boolean(input.recorded_by_caller)
}

# METADATA
# title: The owner's official
# description: Who answers for the owner's secrecy, by role or by having the case (OSL 6:3).
# custom:
#   code: owner_official
#   law: OSL 6:3, 12:2
#   readings: [R12]
_grounds contains reply.ground("owner_official", "", "OSL 6:3, 12:2") if {
	caller.signed_in("accept_consent")
	caller.for_working_agency
	input.caller.agency == input.owner
	_official
	person.visible
	caller.disinterested
	input.recorded_by_caller == false
	input.receiver != input.owner
	is_string(input.receiver)
}

_official if caller.has_role("accept")

_official if {
	caller.has_role("accept_on_team")
	caller.on_team
}
