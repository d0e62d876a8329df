package show_to_individual

import data.data.categories
import data.lib.caller
import data.lib.mandate
import data.lib.person
import data.lib.reply
import data.lib.third
import data.lib.withheld

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then why not this.
refusals := {reply.refusal(code, "") | some code in caller.not_signed_in("show_to_individual")} if {
	count(caller.not_signed_in("show_to_individual")) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(why.code, why.category) | some why in _why}

# METADATA
# description: The individual knows; a representative of one who isn't protected, or who is cleared for it, may know.
_may_know if {
	input.caller.door == "individual"
	input.caller.own == true
	input.person.known == true
}

_may_know if {
	input.caller.door == "individual"
	person.visible
	mandate.of_caller
}

# METADATA
# title: Another person's data
# description: At this door only the individual, or one who acts for the individual.
# custom:
#   code: not_own_data
#   law: OSL 12:1
#   readings: [R7]
_why contains {"code": "not_own_data", "category": ""} if {
	input.caller.own == false
	not _represented
}

# METADATA
# title: Why the mandate doesn't open
# description: Over or not begun, a threat, or not for somebody of this age.
# custom:
#   code: representative_expired
#   codes: [given_by_wrong_person, guardian_is_threat, harm_to_minor, individual_objects, minor_needs_own_consent, minor_objects, representative_expired]
#   law: FB 11:4
#   readings: [R6, R7]
_why contains {"code": code, "category": ""} if {
	input.caller.own == false
	some code in mandate.why_not(mandate.of_caller, input.now)
}

# METADATA
# title: Outside the mandate
# description: The appointment doesn't cover this.
# custom:
#   code: representative_out_of_scope
#   law: FB 11:4
#   readings: [R7]
_why contains {"code": "representative_out_of_scope", "category": category} if {
	input.caller.own == false
	some category in _refused
	not mandate.reaches(mandate.of_caller, category)
}

# METADATA
# title: Who told is secret
# description: An informant is protected also from the individual.
# custom:
#   code: informant_protected
#   law: OSL 26:5
#   readings: []
_why contains {"code": "informant_protected", "category": category} if {
	some category in _refused
	category == "informant_identity"
}

# METADATA
# title: Secret also from the individual
# description: The law, or the owner by the law, keeps it also from the one it concerns.
# custom:
#   code: secret_towards_individual
#   law: OSL 12:1
#   readings: []
_why contains {"code": "secret_towards_individual", "category": category} if {
	some category in _refused
	category in input.owner_withholds
}

_why contains {"code": "secret_towards_individual", "category": category} if {
	some category in _refused
	categories[category].secret_towards_individual == true
}

_why contains {"code": "secret_towards_individual", "category": category} if {
	some category in _refused
	not withheld.allows(category)
}

# METADATA
# title: Tells where
# description: For a protected individual what tells the place is withheld.
# custom:
#   code: location_withheld
#   law: OSL 21:3, 21:3 a
#   readings: [R10]
_why contains {"code": "location_withheld", "category": category} if {
	some category in _refused
	not person.tells_no_place(category)
}

# METADATA
# title: About somebody else
# description: It speaks of a third person who hasn't consented, and it isn't marked.
# custom:
#   code: third_person
#   law: OSL 12:2
#   readings: [R23]
_why contains {"code": "third_person", "category": category} if {
	some category in _refused
	not third.allows(category)
}

# METADATA
# title: Not a place for this
# description: E-mail, SMS and the like hold no such data.
# custom:
#   code: unsafe_channel
#   law: HSLF-FS 2016:40 3:15
#   readings: [R9]
_why contains {"code": "unsafe_channel", "category": ""} if not _safe_surface

# METADATA
# title: An obligation that can't be carried out
# description: The page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains {"code": "obligation_unfulfillable", "category": ""} if not _carried_out
