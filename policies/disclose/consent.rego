package disclose

import data.data.categories
import data.data.items
import data.data.matrix
import data.data.receivers
import data.data.regimes
import data.lib.disposal

_consent_law := "OSL 10:1, 12:2"

# METADATA
# title: Consent
# description: A line of consent in force names exactly this (HUB-03; law 2.4, 6.3(2)).
# custom:
#   code: consent
#   law: OSL 10:1, 12:2
#   readings: [R1, R2, R3, R4, R18]
grounds contains _ground(category, "consent", line.id, _consent_law) if {
	_open
	_consent_can_work
	some line in _lines
	some category in input.categories
	_reached(category, line.category)
	_shareable(category)
	_unstopped(category)
}

# METADATA
# title: Consent, for a single item
# description: A line of consent in force names the category that the item belongs to.
# custom:
#   code: consent
#   law: OSL 10:1, 12:2
#   readings: [R1, R2, R3]
grounds contains _ground(item, "consent", line.id, _consent_law) if {
	_open
	_consent_can_work
	some item in input.items
	category := items[item]
	some line in _lines
	_reached(category, line.category)
	_shareable(category)
	_unstopped(category)
}

# METADATA
# description: >-
#   The matrix holds consent for this owner and receiver, the owner's secrecy is settled and the owner has approved the
#   rule (law 6.2; reading R17).
_consent_can_work if {
	matrix[input.owner.kind].consent_to[input.receiver.kind] == true
	_secrecy_settled
	_approved("consent")
}

_secrecy_settled if regimes[input.owner.regime].leaves == true

# METADATA
# description: The lines in force between these two for this purpose.
_lines := [line | some line in input.lines; _between(line); line.purpose == input.purpose; _in_force(line)]

_between(line) if {
	line.kind == "secrecy"
	line.owner == input.owner.agency
	line.receiver == input.receiver.agency
}

_in_force(line) if {
	line.accepted == true
	is_number(line.valid_from)
	line.valid_from <= input.now
	is_number(line.valid_until)
	input.now < line.valid_until
	line.valid_until < 253402300799
	is_number(line.ended_at)
	input.now < line.ended_at
	is_number(line.given_at)
	line.given_at <= input.now
	disposal.given_rightly(line.given_by, line.category, line.given_at)
}

# METADATA
# description: >-
#   A permit on a parent reaches its children but not one marked sensitive; towards a receiver outside the matrix only
#   what is named (reading R18).
_reached(category, named) if {
	categories[category].reached_by[named] == true
	receivers[input.receiver.kind].outside == false
}

_reached(category, named) if {
	category == named
	receivers[input.receiver.kind].outside == true
}
