package read_log

import data.lib.caller
import data.lib.mandate
import data.lib.person
import data.lib.reply

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then the rest.
refusals := {reply.refusal(code, "") | some code in _caller} if {
	count(_caller) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(code, "") | some code in _why}

_may_know if {
	_of_individual
	input.caller.own == true
}

_may_know if {
	_of_individual
	person.unprotected
	mandate.of_caller
}

_may_know if {
	_reviewer
	_about_visible
}

# METADATA
# title: Too weak, or too old, a sign-in
# description: Everything about an individual needs a strong sign-in; some acts a new one.
# custom:
#   code: weak_login
#   codes: [stale_login, weak_login]
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_caller contains code if some code in caller.not_signed_in("read_log")

# METADATA
# title: Not this role
# description: Only appointed log reviewers read logs at work.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_caller contains "not_allowed_role" if {
	input.caller.door != "individual"
	not caller.has_role("read_log")
}

# METADATA
# title: Another agency's log
# description: A reviewer follows up their own agency.
# custom:
#   code: not_own_agency
#   law: OSL 8:1
#   readings: [R11, R12, R26]
_caller contains "not_own_agency" if {
	caller.has_role("read_log")
	input.agency != input.caller.agency
}

# METADATA
# title: Not the own log
# description: Another person's log is theirs.
# custom:
#   code: not_own_log
#   law: PDL 8:5
#   readings: [R26]
_why contains "not_own_log" if {
	input.caller.door == "individual"
	input.caller.own == false
}

# METADATA
# title: Why the mandate doesn't open
# description: Over or not begun, a threat, or not for somebody of this age.
# custom:
#   code: representative_expired
#   codes: [given_by_wrong_person, guardian_is_threat, harm_to_minor, individual_objects, minor_needs_own_consent, minor_objects, representative_expired]
#   law: FB 11:4
#   readings: [R6, R7]
_why contains code if {
	input.caller.own == false
	some code in mandate.why_not(mandate.of_caller, input.now)
}

# METADATA
# title: Outside the mandate
# description: The appointment doesn't cover the log.
# custom:
#   code: representative_out_of_scope
#   law: FB 11:4
#   readings: [R7]
_why contains "representative_out_of_scope" if {
	mandate.of_caller
	not mandate.reaches_case(mandate.of_caller)
}

# METADATA
# title: On oneself or a relative
# description: Nobody reviews what concerns themselves or a relative.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if {
	input.caller.door != "individual"
	not caller.disinterested
}

# METADATA
# title: Not a place for this
# description: A log isn't sent away; a protected individual's isn't taken out at all.
# custom:
#   code: unsafe_channel
#   law: HSLF-FS 2016:40 3:15
#   readings: [R9]
_why contains "unsafe_channel" if not _safe_export

# METADATA
# title: An obligation that can't be carried out
# description: The page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains "obligation_unfulfillable" if not _carried_out
