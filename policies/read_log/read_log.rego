# METADATA
# scope: package
# title: May the caller read these log entries
# description: >-
#   The individual sees all of it; a guardian an unprotected young child's, a representative within scope; staff only as
#   appointed log reviewers of their own agency (HUB-06; PDL 4:3, 8:5; reading R26).
# schemas:
#   - input: schema.read_log
package read_log

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
	is_string(input.entries_of)
	is_string(input.agency)
	is_string(input.export_to)
}

_open if {
	caller.signed_in("read_log")
	_safe_export
}

# METADATA
# description: An extract goes nowhere but to the reader; a protected individual's log isn't exported at all.
_safe_export if input.export_to == "none"

_safe_export if {
	input.export_to == "self"
	person.unprotected
}

# METADATA
# title: Oneself
# description: The individual sees who has looked, when and why.
# custom:
#   code: own_data
#   law: PDL 8:5
#   readings: [R26]
_grounds contains reply.ground("own_data", "", "PDL 8:5") if {
	_open
	_of_individual
	input.caller.own == true
}

# METADATA
# title: A representative
# description: A guardian of an unprotected young child, or another within scope and time.
# custom:
#   code: representative
#   law: OSL 12:3
#   readings: [R6, R7, R26]
_grounds contains reply.ground("representative", input.caller.mandate, "OSL 12:3") if {
	_open
	_of_individual
	input.caller.own == false
	person.unprotected
	mandate.holds(mandate.of_caller, input.now)
	mandate.fits_age(mandate.of_caller)
	mandate.reaches_case(mandate.of_caller)
}

_of_individual if {
	input.caller.door == "individual"
	input.entries_of == "individual"
	input.person.known == true
}

# METADATA
# title: Appointed log reviewer
# description: Follows up what their own agency's staff have done.
# custom:
#   code: log_reviewer
#   law: PDL 4:3, SoLPuL 10 §, SFB 114:13
#   readings: [R26]
_grounds contains reply.ground("log_reviewer", "", "PDL 4:3, SoLPuL 10 §, SFB 114:13") if {
	_open
	_reviewer
	caller.disinterested
	input.agency == input.caller.agency
	_about_visible
}

_reviewer if {
	caller.for_working_agency
	caller.has_role("read_log")
}

_about_visible if input.entries_of == "agency"

_about_visible if {
	input.entries_of == "individual"
	person.visible
}

_obligations contains obligation if {
	input.entries_of == "individual"
	some obligation in person.obligations
}

_carried_out if caller.carries_out(_obligations)
