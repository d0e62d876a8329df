package disclose

import data.data.matrix
import data.data.receivers
import data.lib.caller
import data.lib.person
import data.lib.reply

# METADATA
# description: >-
#   Why not, in an order where nothing is told that an earlier refusal hides. A weak sign-in, then what the caller can
#   never see, then that there is nothing here (absent, not yours and protected are one answer), then the rest.
refusals := first if {
	first := {reply.refusal(code, "") | some code in caller.not_signed_in("disclose")}
	count(first) > 0
} else := never if {
	never := {reply.refusal(code, "") | some code in _never}
	count(never) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(why.code, why.category) | some why in _why}

_may_know if {
	person.visible
	_reached_by_caller
}

# METADATA
# title: Only figures to a samordningsförbund
# description: A samordningsförbund handles no individuals.
# custom:
#   code: forbund_aggregates_only
#   law: FINSAM 7 §
#   readings: []
_never contains "forbund_aggregates_only" if "forbund" in {input.receiver.kind, input.caller.kind}

# METADATA
# title: A samordningsförbund has no case data
# description: What doesn't exist can't be disclosed.
# custom:
#   code: forbund_no_case_data
#   law: FINSAM 7 §
#   readings: []
_never contains "forbund_no_case_data" if input.owner.kind == "forbund"

# METADATA
# title: Only figures to the steering group
# description: The steering group sees no individuals.
# custom:
#   code: steering_aggregates_only
#   law: OSL 8:1
#   readings: []
_never contains "steering_aggregates_only" if "styrgrupp" in input.caller.roles

# METADATA
# title: Not this role
# description: No role of the assignment reads about individuals.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_never contains "not_allowed_role" if {
	caller.for_agency
	not caller.has_role("disclose")
}

# METADATA
# title: Not for another agency
# description: The caller belongs to another agency than the one that would read or ask.
# custom:
#   code: caller_not_receiver
#   law: OSL 8:1
#   readings: []
_never contains "caller_not_receiver" if {
	caller.has_role("disclose")
	not _asker
}

# METADATA
# title: Outside the matrix
# description: No ground can ever open from this owner, or to this receiver.
# custom:
#   code: owner_not_covered
#   law: OSL 8:1
#   readings: [R18]
_why contains {"code": "owner_not_covered", "category": ""} if {
	input.owner.kind != "forbund"
	not matrix[input.owner.kind]
}

# METADATA
# title: Not a receiver
# description: The matrix knows no such receiver.
# custom:
#   code: receiver_not_covered
#   law: OSL 8:1
#   readings: [R18]
_why contains {"code": "receiver_not_covered", "category": ""} if {
	input.receiver.kind != "forbund"
	not receivers[input.receiver.kind]
}
