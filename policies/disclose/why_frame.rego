package disclose

import data.data.roads
import data.lib.caller
import data.lib.person

# METADATA
# title: On oneself or a relative
# description: Nobody reads about themselves or a relative at work.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains {"code": "own_gain", "category": ""} if not caller.disinterested

# METADATA
# title: Not a place for this
# description: E-mail, SMS, calendar and the like hold no such data; for a protected individual also lists and exports.
# custom:
#   code: unsafe_channel
#   law: HSLF-FS 2016:40 3:15
#   readings: [R9]
_why contains {"code": "unsafe_channel", "category": ""} if not person.safe_surface

# METADATA
# title: An old link
# description: Links from before a protection was raised are dead.
# custom:
#   code: link_revoked
#   law: OSL 21:3 a
#   readings: [R11]
_why contains {"code": "link_revoked", "category": ""} if input.surface == "old_link"

# METADATA
# title: Not in figures
# description: Protected individuals aren't counted.
# custom:
#   code: protected_excluded_from_statistics
#   law: OSL 21:3 a
#   readings: [R9]
_why contains {"code": "protected_excluded_from_statistics", "category": ""} if {
	input.surface == "statistics"
	person.protected
}

# METADATA
# title: An obligation that can't be carried out
# description: The caller's page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains {"code": "obligation_unfulfillable", "category": ""} if not _carried_out

_why contains {"code": "obligation_unfulfillable", "category": ""} if not _clean

# METADATA
# title: An attachment may tell where
# description: An attachment that isn't scanned and stripped isn't shown for a protected individual.
# custom:
#   code: location_withheld
#   law: OSL 21:3, 21:3 a
#   readings: [R10]
_why contains {"code": "location_withheld", "category": ""} if not _clean

# METADATA
# title: The road isn't for this
# description: SSBTEK is for ekonomiskt bistånd, LEFI for what FK has approved, SVOD for nobody here.
# custom:
#   code: ssbtek_purpose
#   codes: [rule_not_approved, ssbtek_purpose, svod_forbidden]
#   law: SoL 15:10-11
#   readings: [R14]
_why contains {"code": roads[input.road].refusal, "category": ""} if not _road_open

# METADATA
# title: Another purpose
# description: The owner hasn't approved the road, or the duty, for this purpose.
# custom:
#   code: wrong_purpose
#   law: OSL 12:2
#   readings: [R13, R14]
_why contains {"code": "wrong_purpose", "category": ""} if {
	not _road_open
	input.road == "lefi"
}

# METADATA
# title: Secrecy not settled
# description: Nobody has decided which secrecy binds this agency, so nothing leaves it.
# custom:
#   code: ame_regime_unset
#   law: OSL 8:2
#   readings: [R17]
_why contains {"code": "ame_regime_unset", "category": ""} if {
	not _inner
	not _secrecy_settled
}

# METADATA
# title: Not anonymous
# description: The consultation says who it is about.
# custom:
#   code: identifying_content
#   law: OSL 8:1
#   readings: []
_why contains {"code": "identifying_content", "category": ""} if input.identity == "identifying"

# METADATA
# title: The question itself isn't covered
# description: The question would tell that the asking agency is in contact with the individual.
# custom:
#   code: question_not_covered
#   law: OSL 8:1
#   readings: [R13]
_why contains {"code": "question_not_covered", "category": ""} if {
	input.direction == "question"
	count(_refused) > 0
}
