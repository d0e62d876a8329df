package record_consent

import data.lib.caller
import data.lib.disposal
import data.lib.mandate
import data.lib.person
import data.lib.reply

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then what the draft lacks.
refusals := {reply.refusal(code, "") | some code in caller.not_signed_in("record_consent")} if {
	count(caller.not_signed_in("record_consent")) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(code, "") | some code in _why}

# METADATA
# description: The team of the case, the individual, or one who acts for an individual that isn't hidden from them.
_may_know if {
	person.visible
	caller.on_team
}

_may_know if {
	input.caller.door == "individual"
	input.caller.own == true
	input.person.known == true
}

_may_know if {
	person.visible
	input.caller.door == "individual"
	mandate.holds(mandate.of_caller, input.now)
}

# METADATA
# title: Not this role
# description: The caller doesn't record consents, or not in this form.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_why contains "not_allowed_role" if not _may_record

# METADATA
# title: On oneself or a relative
# description: Nobody records for themselves or a relative at work.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if input.caller.relation != "none"

# METADATA
# title: Nothing shows that it was given
# description: A signed form, a note or a sign-in shows it.
# custom:
#   code: missing_evidence
#   law: OSL 12:2
#   readings: [R27]
_why contains "missing_evidence" if input.documented == false

# METADATA
# title: Oral and not documented
# description: Said before somebody, and written down.
# custom:
#   code: undocumented_oral
#   law: OSL 12:2
#   readings: [R27]
_why contains "undocumented_oral" if {
	input.form == "oral"
	not _well_given
}

# METADATA
# title: Dated back
# description: It can't be from before it was given, nor given later than now.
# custom:
#   code: backdated
#   law: OSL 12:2
#   readings: [R27]
_why contains "backdated" if {
	some line in input.lines
	line.valid_from < input.given_at
}

_why contains "backdated" if input.given_at > input.now

# METADATA
# title: No text
# description: The text shown, its version and language are kept.
# custom:
#   code: missing_text
#   law: OSL 12:2
#   readings: [R27]
_why contains "missing_text" if "" in {input.text_version, input.language}

# METADATA
# title: Exclusions not asked for
# description: Somebody asks what it shall not cover.
# custom:
#   code: exclusions_not_asked
#   law: OSL 12:2
#   readings: [R27]
_why contains "exclusions_not_asked" if input.exclusions_asked == false

# METADATA
# title: Several in one
# description: To the plan, to lift secrecy and to SUS are three consents.
# custom:
#   code: bundled_consent
#   law: OSL 12:2
#   readings: [R30]
_why contains "bundled_consent" if count(input.kinds) > 1

# METADATA
# title: SUS in writing
# description: A SUS consent is written before anything is registered.
# custom:
#   code: sus_must_be_written
#   law: Förordning 2003:766 3 a §
#   readings: []
_why contains "sus_must_be_written" if {
	"sus" in input.kinds
	input.form != "paper"
}

# METADATA
# title: The SUS form as it is
# description: The text of the SUS form isn't changed.
# custom:
#   code: sus_text_changed
#   law: Förordning 2003:766 3 a §
#   readings: []
_why contains "sus_text_changed" if {
	"sus" in input.kinds
	input.text_changed == true
}

# METADATA
# title: For one insats
# description: A SUS consent is for one insats, and a new one is asked for each.
# custom:
#   code: consent_other_insats
#   law: Förordning 2003:766 3 a §
#   readings: []
_why contains "consent_other_insats" if {
	"sus" in input.kinds
	input.insats == ""
}

# METADATA
# title: Not a kind of its own
# description: A SUS consent covers registration in SUS, and only it does.
# custom:
#   code: wrong_consent_kind
#   law: SoL 10:8, HSL 16:4
#   readings: []
_why contains "wrong_consent_kind" if {
	count(input.kinds) < 2
	not _of_one_kind
}

# METADATA
# title: Given by the wrong person
# description: Only the one whom secrecy protects disposes of it, or who may act for that person in this.
# custom:
#   code: given_by_wrong_person
#   codes: [cannot_consent, given_by_wrong_person, guardian_is_threat, harm_to_minor, individual_objects, minor_needs_own_consent, minor_objects, representative_expired, representative_out_of_scope]
#   law: OSL 12:2-3
#   readings: [R6, R7]
_why contains code if {
	some line in input.lines
	not _given_for(line.category)
	some code in disposal.why_not(input.given_by, line.category, input.given_at)
}

# METADATA
# title: An obligation that can't be carried out
# description: The caller's page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains "obligation_unfulfillable" if not _carried_out
