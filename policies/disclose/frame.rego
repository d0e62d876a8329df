package disclose

import data.data.matrix
import data.data.receivers
import data.data.roads
import data.lib.caller
import data.lib.period
import data.lib.person

# METADATA
# description: What must be so whatever is asked - who asks, about whom, on which road, to which place.
_open if {
	caller.signed_in("disclose")
	_asker
	_in_matrix
	_reached_by_caller
	person.visible
	caller.disinterested
	person.safe_surface
	_clean
	_road_open
}

# METADATA
# description: A reader belongs to one agency; nobody reads, or asks, for another (OSL 8:1).
_asker if {
	input.direction == "answer"
	caller.for_agency
	caller.has_role("disclose")
	input.caller.agency == input.receiver.agency
	input.caller.kind == input.receiver.kind
}

_asker if {
	input.direction == "question"
	caller.for_agency
	caller.has_role("disclose")
	input.caller.agency == input.owner.agency
	input.caller.kind == input.owner.kind
}

# METADATA
# description: An owner and a receiver that the matrix knows; a samordningsförbund and private persons are neither.
_in_matrix if {
	is_object(matrix[input.owner.kind])
	is_object(receivers[input.receiver.kind])
}

# METADATA
# description: Consent opens the border for those on the case, not for a whole agency; an adviser is asked (GT-18).
_reached_by_caller if caller.on_team

_reached_by_caller if _consulted

_consulted if {
	input.purpose == "consultation"
	"radgivare" in input.caller.roles
}

# METADATA
# description: An attachment about a protected individual is scanned and stripped (law 6.3(8)).
_clean if input.attachment in {"none", "clean"}

_clean if {
	input.attachment == "unclean"
	person.unprotected
}

# METADATA
# description: Each road only for what it is lawful for (law 4.1; readings R13, R14).
_road_open if input.road == "hub_request"

_road_open if {
	road := roads[input.road]
	road.from[_answering.kind] == true
	road.to[_asking.kind] == true
	_road_purpose(road)
	_approved(concat("/", [input.road, input.purpose]))
}

_road_purpose(road) if road.any_purpose == true

_road_purpose(road) if road.purposes[input.purpose] == true

_answering := input.owner if input.direction == "answer"

_answering := input.receiver if input.direction == "question"

_asking := input.receiver if input.direction == "answer"

_asking := input.owner if input.direction == "question"

# METADATA
# description: A rule works for an owner only when that owner has approved it, for as long as it has.
_approved(code) if {
	some approval in input.owner.approvals
	approval.code == code
	period.in_force(approval)
}

_private_receiver if receivers[input.receiver.kind].private == true

_basis := receivers[input.receiver.kind].basis

_ground(category, name, reference, law) := {
	"category": category,
	"ground": name,
	"ref": reference,
	"law": law,
	"basis": _basis,
}
