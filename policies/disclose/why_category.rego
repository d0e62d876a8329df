package disclose

import data.data.categories
import data.data.receivers
import data.lib.person
import data.lib.third

# METADATA
# title: Never shared
# description: Day notes are one unit's working material and never cross its border.
# custom:
#   code: working_material
#   law: OSL 8:2
#   readings: [R24]
_why contains {"code": "working_material", "category": category} if {
	some category in _refused
	category == "day_notes"
}

# METADATA
# title: Told to one
# description: What was said at a follow-up held separately stays with the one it was said to, without consent.
# custom:
#   code: separate_follow_up
#   law: OSL 8:2
#   readings: [R24]
_why contains {"code": "separate_follow_up", "category": category} if {
	some category in _refused
	category in {"follow_up_authority", "follow_up_provider"}
}

# METADATA
# title: Informants are protected
# description: Who told is secret, also towards the individual.
# custom:
#   code: informant_protected
#   law: OSL 26:5
#   readings: []
_why contains {"code": "informant_protected", "category": category} if {
	some category in _refused
	category == "informant_identity"
}

# METADATA
# title: Tells where
# description: For a protected individual what tells the place is withheld, whatever the consent says.
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
# description: The owner's data speaks of a third person who hasn't consented, and it isn't marked.
# custom:
#   code: third_person
#   law: OSL 12:2
#   readings: [R23]
_why contains {"code": "third_person", "category": category} if {
	some category in _refused
	not third.allows(category)
}

# METADATA
# title: The receiver's register law
# description: Sensitive data only when necessary in the receiver's own open case.
# custom:
#   code: register_limit_receiver
#   law: AF-PuL 8-10 §§, SFB 114:11
#   readings: [R16]
_why contains {"code": "register_limit_receiver", "category": category} if {
	some category in _refused
	known := categories[category]
	not _register_allows(known, category)
}

# METADATA
# title: No case at the receiver
# description: Without a case of its own nothing is necessary there.
# custom:
#   code: receiver_has_no_case
#   law: AF-PuL 8-10 §§, SFB 114:11
#   readings: [R16]
_why contains {"code": "receiver_has_no_case", "category": category} if {
	some category in _refused
	input.receiver.case_open == false
	_case_asked_for(category)
}

_case_asked_for(category) if {
	categories[category].register_sensitive == true
	receivers[input.receiver.kind].case_needed_for_sensitive == true
}

_case_asked_for(item) if item in input.items
