# METADATA
# scope: package
# title: May the caller learn that this individual is known at all
# description: >-
#   To an agency with no relation of its own, any individual and one who doesn't exist are the same; for a protected
#   individual also to its own staff without named clearance (HUB-04, FFS-03).
# schemas:
#   - input: schema.see_person
package see_person

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
	_open
	count(_grounds) > 0
	_carried_out
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {"grounds": _grounds, "refusals": set(), "obligations": person.obligations, "categories": set()}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_boolean(input.person.known)
	is_string(input.person.protection)
	is_object(input.disposal)
	is_array(input.mandates)
	is_boolean(input.own_reference)
	is_string(input.by)
}

_open if {
	caller.signed_in("see_person")
	_asked_rightly
}

# METADATA
# description: By number, reference or one's own list; nobody searches by name or by a former number (reading R9).
_asked_rightly if input.by in {"number", "reference", "own_list"}

_asked_rightly if {
	input.by == "list"
	person.unprotected
}

# METADATA
# title: On the case
# description: On the case team, as a member or while standing in.
# custom:
#   code: own_case
#   law: OSL 8:1-2
#   readings: [R8]
_grounds contains reply.ground("own_case", "", "OSL 8:1-2") if {
	_staff
	person.visible
	caller.has_role("see_person")
	caller.on_team
	caller.disinterested
}

# METADATA
# title: Known at the own agency
# description: The own agency's reference, asked for one by one; a protected individual's by those cleared by name.
# custom:
#   code: own_reference
#   law: OSL 8:1-2
#   readings: [R22]
_grounds contains reply.ground("own_reference", "", "OSL 8:1-2") if {
	_staff
	person.visible
	caller.has_role("own_reference")
	caller.disinterested
	input.own_reference == true
}

# METADATA
# title: Oneself
# description: Secrecy doesn't hold against the one it protects.
# custom:
#   code: own_data
#   law: OSL 12:1
#   readings: []
_grounds contains reply.ground("own_data", "", "OSL 12:1") if {
	input.caller.door == "individual"
	input.caller.own == true
	input.person.known == true
}

# METADATA
# title: A representative
# description: Within the scope and the time of the appointment.
# custom:
#   code: representative
#   law: OSL 12:1, 12:3
#   readings: [R6, R7]
_grounds contains reply.ground("representative", input.caller.mandate, "OSL 12:3") if {
	input.caller.door == "individual"
	person.visible
	mandate.holds(mandate.of_caller, input.now)
	mandate.fits_age(mandate.of_caller)
}

_staff if {
	caller.for_working_agency
}

_carried_out if caller.carries_out(person.obligations)
