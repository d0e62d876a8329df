package record_consent

import data.data.categories
import data.data.matrix
import data.data.purposes
import data.data.receivers

_wild := {"*", "all"}

# METADATA
# title: Too wide
# description: No blanket consent; what, from whom and to whom is named.
# custom:
#   code: blanket_consent
#   law: OSL 12:2
#   readings: [R30]
_why contains "blanket_consent" if input.specific == false

_why contains "blanket_consent" if {
	some line in input.lines
	some part in [line.owner, line.receiver, line.category, line.purpose]
	part in _wild
}

# METADATA
# title: From whom
# description: A consent names whose secrecy it lifts.
# custom:
#   code: missing_owner
#   law: OSL 10:1
#   readings: []
_why contains "missing_owner" if {
	some line in input.lines
	line.owner == ""
}

# METADATA
# title: Nothing chosen
# description: A consent has at least one line.
# custom:
#   code: missing_category
#   codes: [missing_category, missing_owner, missing_receiver]
#   law: OSL 12:2
#   readings: []
_why contains code if {
	count(input.lines) == 0
	some code in {"missing_category", "missing_owner", "missing_receiver"}
}

# METADATA
# title: To whom
# description: A consent names who may know.
# custom:
#   code: missing_receiver
#   law: OSL 10:1
#   readings: []
_why contains "missing_receiver" if {
	some line in input.lines
	line.receiver == ""
}

# METADATA
# title: For what
# description: A consent is for a purpose.
# custom:
#   code: missing_purpose
#   law: OSL 12:2
#   readings: []
_why contains "missing_purpose" if {
	some line in input.lines
	line.purpose == ""
}

# METADATA
# title: What
# description: A consent names what may be told.
# custom:
#   code: missing_category
#   law: OSL 12:2
#   readings: []
_why contains "missing_category" if {
	some line in input.lines
	line.category == ""
}

# METADATA
# title: Not in the vocabulary
# description: A category or purpose that nobody knows covers nothing.
# custom:
#   code: unknown_category
#   law: OSL 12:2
#   readings: []
_why contains "unknown_category" if {
	some line in input.lines
	not line.category in _wild
	line.category != ""
	not categories[line.category]
}

_why contains "unknown_category" if {
	some line in input.lines
	not line.purpose in _wild
	line.purpose != ""
	not purposes[line.purpose]
}

# METADATA
# title: Without an end
# description: A consent is limited in time.
# custom:
#   code: no_end_date
#   law: OSL 12:2
#   readings: []
_why contains "no_end_date" if {
	some line in input.lines
	line.valid_until >= 253402300799
}

# METADATA
# title: An empty period
# description: The end comes after the start.
# custom:
#   code: end_before_start
#   law: OSL 12:2
#   readings: [R1]
_why contains "end_before_start" if {
	some line in input.lines
	line.valid_until <= line.valid_from
}

# METADATA
# title: Only figures to a samordningsförbund
# description: No consent opens for a samordningsförbund.
# custom:
#   code: forbund_aggregates_only
#   law: FINSAM 7 §
#   readings: []
_why contains "forbund_aggregates_only" if {
	some line in input.lines
	line.receiver_kind == "forbund"
}

# METADATA
# title: A samordningsförbund has no case data
# description: A consent can't create what doesn't exist.
# custom:
#   code: forbund_no_case_data
#   law: FINSAM 7 §
#   readings: []
_why contains "forbund_no_case_data" if {
	some line in input.lines
	line.owner_kind == "forbund"
}

# METADATA
# title: No such owner
# description: The matrix knows no such owner.
# custom:
#   code: owner_not_covered
#   law: OSL 8:1
#   readings: [R18]
_why contains "owner_not_covered" if {
	some line in input.lines
	line.owner != ""
	line.owner_kind != "forbund"
	not matrix[line.owner_kind]
}

# METADATA
# title: No such receiver
# description: The matrix knows no such receiver.
# custom:
#   code: receiver_not_covered
#   law: OSL 8:1
#   readings: [R18]
_why contains "receiver_not_covered" if {
	some line in input.lines
	not line.receiver in {"", "sus"}
	line.receiver_kind != "forbund"
	not receivers[line.receiver_kind]
}
