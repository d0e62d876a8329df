package disclose

import data.data.categories
import data.data.public
import data.lib.person

# METADATA
# title: Own case
# description: Inside one verksamhetsgren no border is crossed; need and case team still rule (OSL 8:1-2; PDL 4:1).
# custom:
#   code: own_case
#   law: OSL 8:1-2
#   readings: [R19, R24]
grounds contains _ground(category, "own_case", "", "OSL 8:1-2") if {
	_open
	_inner
	some category in input.categories
	_inner_allows(category)
	person.tells_no_place(category)
	_inner_unstopped(category)
}

_inner if input.same_branch == true

# One secrecy area inside a region's health care, with inner secrecy (PDL 4 kap.; R19).
_inner if {
	input.owner.kind in {"region_psykiatri", "region_hsv"}
	input.receiver.kind in {"region_psykiatri", "region_hsv"}
	input.owner.authority == input.receiver.authority
	input.owner.authority != ""
}

# Day notes, and what was said separately, stay in the unit that wrote them (FFS-22, VN-05; R24).
_inner_allows(category) if categories[category].own_unit_only == false

_inner_allows(category) if {
	categories[category].own_unit_only == true
	input.own_unit == true
}

# A block holds between units that share a secrecy area, not against the agency that wrote it (PDL 4:4).
_inner_unstopped(_) if input.owner.agency == input.receiver.agency

_inner_unstopped(category) if _unstopped(category)

# METADATA
# title: Not secret
# description: What the owner has marked public, as AF's decisions; nothing else is presumed harmless.
# custom:
#   code: not_secret
#   law: OSL 28:11
#   readings: [R15]
grounds contains _ground(category, "not_secret", "", law) if {
	_open
	some category in input.categories
	law := public[input.owner.kind][category]
}

# METADATA
# title: A consultation without identity
# description: An adviser is asked without being told whom it is about (GT-18).
# custom:
#   code: anonymous
#   law: GT-18
#   readings: []
grounds contains _ground(category, "anonymous", "", "GT-18") if {
	_open
	_consulted
	input.identity == "anonymous"
	person.unprotected
	some category in input.categories
	_shareable(category)
}
