# METADATA
# scope: package
# title: May the caller do this act in the case
# description: Which acts there are, who may do them and what each needs is data (HUB-01, GT-23; readings R11, R12, R31).
# schemas:
#   - input: schema.act_in_case
package act_in_case

import data.data.acts
import data.lib.caller
import data.lib.mandate
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
	_carried_out
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {"grounds": _grounds, "refusals": set(), "obligations": _obligations, "categories": set()}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_boolean(input.person.known)
	is_string(input.person.protection)
	is_object(input.disposal)
	is_array(input.mandates)
	is_string(input.act)
	is_boolean(input.open)
	is_boolean(input.leading)
	is_boolean(input.own_agency_party)
	_told
}

_told if {
	is_string(input.subject_agency)
	is_string(input.subject_relation)
	is_boolean(input.subject_named)
	is_string(input.item_state)
	is_string(input.item_author)
	is_boolean(input.receiver_named)
	is_boolean(input.reason_given)
	is_array(input.manual)
	is_string(input.manual_owner_kind)
	is_string(input.manual_owner_regime)
	is_string(input.manual_receiver_kind)
}

# METADATA
# title: One's part in the case
# description: By one's place in the team, one's role at an agency that takes part, or as the one it concerns.
# custom:
#   code: part_in_case
#   law: SoL 14:7, PDL 4:1
#   readings: [R11, R12, R31]
_grounds contains reply.ground("part_in_case", "", "SoL 14:7, PDL 4:1") if {
	act := acts[input.act]
	act.never == ""
	caller.signed_in("act_in_case")
	_may_know
	_who(act)
	_needs_met(act)
	_item_open(act)
	_decided_lawfully(act)
}

# METADATA
# description: Somebody for whom there is something here.
_may_know if {
	_staff_reached
	person.visible
}

_may_know if {
	input.caller.door == "individual"
	input.caller.own == true
	input.person.known == true
}

_may_know if {
	_represents
	person.visible
}

_staff_reached if {
	caller.for_working_agency
	caller.on_team
}

_staff_reached if {
	caller.for_working_agency
	input.own_agency_party == true
	_has(acts[input.act].beside)
}

_represents if {
	input.caller.door == "individual"
	mandate.holds(mandate.of_caller, input.now)
	mandate.fits_age(mandate.of_caller)
	mandate.reaches_case(mandate.of_caller)
}

# METADATA
# description: A role on the team, a role beside it, or the individual's own door.
_who(act) if {
	caller.for_working_agency
	caller.on_team
	_has(act.team)
	caller.disinterested
}

_who(act) if {
	caller.for_working_agency
	input.own_agency_party == true
	_has(act.beside)
	caller.disinterested
}

_who(act) if {
	input.caller.door == "individual"
	act.individual == true
}

_has(wanted) if {
	some role in input.caller.roles
	wanted[role] == true
}

_obligations contains obligation if some obligation in person.obligations

_obligations contains {"code": code, "category": ""} if some code in acts[input.act].obligations

_obligations contains {"code": "tell_receiver_of_protection", "category": ""} if {
	acts[input.act].sends == true
	person.protected
}

_carried_out if caller.carries_out(_obligations)
