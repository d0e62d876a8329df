package disclose

import data.data.categories
import data.data.items
import data.data.matrix
import data.lib.disposal

_category_of(code) := code if {
	code in input.categories
} else := items[code] if {
	code in input.items
}

# What is stopped reads as not covered to others than its giver and the owner, whatever lines there are.
_told contains code if {
	some code in _refused
	_unstopped(_category_of(code))
}

# The lines that would have opened it had they held.
_near contains {"code": code, "line": line} if {
	some code in _told
	some line in input.lines
	_between(line)
	_reached(_category_of(code), line.category)
}

# METADATA
# title: No consent
# description: No consent could apply between these two.
# custom:
#   code: no_consent
#   law: OSL 8:1, 10:1
#   readings: []
_why contains {"code": "no_consent", "category": code} if {
	some code in _refused
	not _any_between
}

_any_between if {
	some line in input.lines
	_between(line)
}

# METADATA
# title: Not covered
# description: No consent names it; an exclusion and a block read the same to others than their giver and the owner.
# custom:
#   code: category_not_covered
#   law: OSL 10:1, 12:2
#   readings: [R2, R3]
_why contains {"code": "category_not_covered", "category": code} if {
	some code in _refused
	_any_between
	not _is_near(code)
}

_is_near(code) if {
	some near in _near
	near.code == code
}

# METADATA
# title: Sensitive and not named
# description: A consent on the parent doesn't reach a category marked sensitive.
# custom:
#   code: sensitive_child_not_named
#   law: OSL 12:2
#   readings: []
_why contains {"code": "sensitive_child_not_named", "category": code} if {
	some code in _told
	categories[code].sensitive == true
	some line in _lines
	line.category == categories[code].parent
}

# METADATA
# title: Another kind of consent
# description: A consent to the plan, or to SUS, lifts no secrecy.
# custom:
#   code: wrong_consent_kind
#   law: SoL 10:8, HSL 16:4
#   readings: []
_why contains {"code": "wrong_consent_kind", "category": code} if {
	some code in _told
	some line in input.lines
	line.kind != "secrecy"
	line.receiver == input.receiver.agency
	_reached(_category_of(code), line.category)
}

# METADATA
# title: Not yet
# description: The consent begins later.
# custom:
#   code: consent_not_yet_valid
#   law: OSL 12:2
#   readings: [R1]
_why contains {"code": "consent_not_yet_valid", "category": near.code} if {
	some near in _near
	input.now < max([near.line.valid_from, near.line.given_at])
}

# METADATA
# title: Over
# description: The consent has run out.
# custom:
#   code: consent_expired
#   law: OSL 12:2
#   readings: [R1]
_why contains {"code": "consent_expired", "category": near.code} if {
	some near in _near
	near.line.valid_until <= input.now
}

# METADATA
# title: Withdrawn
# description: The individual has taken the consent back, or narrowed it.
# custom:
#   code: consent_withdrawn
#   law: OSL 12:2
#   readings: [R4]
_why contains {"code": "consent_withdrawn", "category": near.code} if {
	some near in _near
	near.line.ended_at <= input.now
}

# METADATA
# title: No end
# description: A consent without an end opens nothing.
# custom:
#   code: no_end_date
#   law: OSL 12:2
#   readings: []
_why contains {"code": "no_end_date", "category": near.code} if {
	some near in _near
	near.line.valid_until >= 253402300799
}

# METADATA
# title: Another purpose
# description: The consent is for another purpose.
# custom:
#   code: wrong_purpose
#   law: OSL 12:2
#   readings: [R13, R14]
_why contains {"code": "wrong_purpose", "category": near.code} if {
	some near in _near
	near.line.purpose != input.purpose
}

# METADATA
# title: Evidence not accepted
# description: The owner must itself be sure that the consent covers its disclosure.
# custom:
#   code: evidence_not_accepted
#   law: OSL 12:2
#   readings: []
_why contains {"code": "evidence_not_accepted", "category": near.code} if {
	some near in _near
	near.line.accepted == false
}

# METADATA
# title: Consent isn't approved here
# description: The owner hasn't approved that the hub discloses on consent.
# custom:
#   code: rule_not_approved
#   law: OSL 8:1
#   readings: [R13]
_why contains {"code": "rule_not_approved", "category": near.code} if {
	some near in _near
	matrix[input.owner.kind]
	not _approved("consent")
}

# METADATA
# title: Given by the wrong person
# description: Only the one whom secrecy protects disposes of it, or who may act for that person in this.
# custom:
#   code: given_by_wrong_person
#   codes: [cannot_consent, given_by_wrong_person, guardian_is_threat, harm_to_minor, individual_objects, minor_needs_own_consent, minor_objects, representative_expired, representative_out_of_scope]
#   law: OSL 12:2-3
#   readings: [R6, R7]
_why contains {"code": code, "category": near.code} if {
	some near in _near
	some code in disposal.why_not(near.line.given_by, near.line.category, near.line.given_at)
}
