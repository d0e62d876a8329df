# METADATA
# scope: package
# title: May this draft be kept as a valid consent
# description: >-
#   From whom, to whom, what, for what, from and until when, how it was given and before whom (HUB-03; law 2.4).
#   Three consents are never one tick; no doubt may remain that it was given.
# schemas:
#   - input: schema.record_consent
package record_consent

import data.lib.caller
import data.lib.disposal
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

_granted := {"grounds": _grounds, "refusals": set(), "obligations": person.obligations, "categories": set()}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_object(input.person)
	is_object(input.disposal)
	is_array(input.mandates)
	is_array(input.kinds)
	is_array(input.lines)
	is_number(input.given_at)
	is_string(input.given_by)
	is_string(input.form)
	_told
}

_told if {
	is_boolean(input.with_minor)
	is_boolean(input.documented)
	is_boolean(input.witnessed)
	is_boolean(input.specific)
	is_string(input.text_version)
	is_string(input.language)
	is_boolean(input.exclusions_asked)
	is_string(input.insats)
	is_boolean(input.text_changed)
}

# METADATA
# title: The one whom secrecy protects has said so
# description: Only that person, or one who may act for that person in this, lifts secrecy wholly or partly.
# custom:
#   code: consent
#   law: OSL 10:1, 12:2
#   readings: [R6, R7, R27, R30]
_grounds contains reply.ground("consent", "", "OSL 10:1, 12:2") if {
	caller.signed_in("record_consent")
	_may_know
	_may_record
	_well_given
	_well_shown
	_lines_whole
	_of_one_kind
	_form_fits
	_given_rightly
}

# METADATA
# description: Staff on the case record what was said to them; the individual's own sign-in gives it.
_may_record if {
	caller.for_working_agency
	caller.has_role("record_consent")
	caller.on_team
	caller.disinterested
	input.form in {"paper", "oral", "assisted"}
}

_may_record if {
	input.caller.door == "individual"
	input.form == "digital"
	_acts
}

_acts if {
	input.caller.own == true
	input.given_by == "self"
}

_acts if {
	input.caller.own == false
	input.given_by == input.caller.mandate
	mandate.of_caller
}

# METADATA
# description: Documented whatever its form, oral before somebody, and not dated back (R27).
_well_given if {
	input.documented == true
	_before_somebody
	is_number(input.given_at)
	input.given_at <= input.now
}

_before_somebody if input.form in {"digital", "paper", "assisted"}

_before_somebody if {
	input.form == "oral"
	input.witnessed == true
}

# METADATA
# description: On a text of a known version and language, with the question what it shall not cover (R27).
_well_shown if {
	is_string(input.text_version)
	input.text_version != ""
	is_string(input.language)
	input.language != ""
	input.exclusions_asked == true
	input.specific == true
}

_given_rightly if {
	every line in input.lines {
		_given_for(line.category)
	}
}

_given_for(category) if disposal.given_rightly(input.given_by, category, input.given_at)

# A young person takes part: the guardian's yes and their own, together (R6).
_given_for(_) if {
	input.with_minor == true
	mandate.young
	input.disposal.objects == false
	each := mandate.named(input.given_by)
	each.kind == "guardian"
	mandate.holds(each, input.given_at)
}

_carried_out if caller.carries_out(person.obligations)
