package disclose

import data.data.by_hand
import data.data.duties
import data.data.supplier
import data.lib.official
import data.lib.period

# METADATA
# title: A statutory duty
# description: The items that the law names, from the one it binds to the one it names (OSL 10:28; law 2.5).
# custom:
#   code: duty
#   law: OSL 10:28
#   readings: [R3, R13]
grounds contains _ground(item, input.claimed, "", duty.law) if {
	_open
	input.direction == "answer"
	duty := duties[input.claimed]
	_duty_binds(duty)
	some item in input.items
	duty.items[item] == true
	input.receiver.case_open == true
	item in input.receiver.necessary
}

# METADATA
# title: A statutory right to ask
# description: The right to ask is ground for the question too, for the items named there.
# custom:
#   code: right_to_ask
#   law: OSL 10:28
#   readings: [R13]
grounds contains _ground("party", input.claimed, "", duty.law) if {
	_open
	input.direction == "question"
	duty := duties[input.claimed]
	_duty_binds(duty)
	"party" in input.categories
	count(input.items) > 0
	every item in input.items {
		duty.items[item] == true
	}
}

_duty_binds(duty) if {
	duty.from[_answering.kind] == true
	duty.to[_asking.kind] == true
	_duty_authority(duty)
	_approved(input.claimed)
	_duty_purpose(duty)
}

_duty_authority(duty) if duty.same_authority == false

_duty_authority(duty) if {
	duty.same_authority == true
	input.owner.authority == input.receiver.authority
	input.owner.authority != ""
}

_duty_purpose(duty) if duty.purpose_approved == false

_duty_purpose(duty) if {
	duty.purpose_approved == true
	_approved(concat("/", [input.road, input.purpose]))
}

# METADATA
# title: Decided by hand
# description: What is human by law is decided by an official of the owner, with reasons; the hub carries it.
# custom:
#   code: by_hand
#   law: OSL 10:2, 10:27, 25:12, 25:13, 26:9; SFB 110:31
#   readings: [R12, R29]
grounds contains _ground(category, decision.paragraph, decision.ref, decision.paragraph) if {
	_open
	some decision in input.decisions
	_decided_for_this(decision)
	some category in input.categories
	category in decision.categories
	_shareable(category)
}

_decided_for_this(decision) if {
	decision.owner == input.owner.agency
	decision.receiver == input.receiver.agency
	decision.reasoned == true
	period.in_force(decision)
	by_hand[decision.paragraph].in_hub == true
	official.reaches(decision.paragraph, input.owner.kind, input.owner.regime, input.receiver.kind)
	official.conditions_hold(decision)
}

# METADATA
# title: AF's supplier
# description: What AF's contract with the supplier needs.
# custom:
#   code: supplier
#   law: OSL 28:12 a
#   readings: []
grounds contains _ground(category, supplier.paragraph, "", supplier.paragraph) if {
	_open
	input.claimed == supplier.paragraph
	supplier.from[input.owner.kind] == true
	supplier.to[input.receiver.kind] == true
	_approved(supplier.paragraph)
	some category in input.categories
	category in input.supplier_needs
	_shareable(category)
	_unstopped(category)
}
