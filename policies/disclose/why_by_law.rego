package disclose

import data.data.by_hand
import data.data.duties
import data.data.supplier
import data.lib.official

_decided if {
	some decision in input.decisions
	_decided_for_this(decision)
}

_statable := {"": true, supplier.paragraph: true}

# METADATA
# title: Never automatic
# description: An official of the owner decides; the hub carries the request and records the answer.
# custom:
#   code: never_automatic
#   codes: [never_automatic, never_automatic_10_15a, never_automatic_10_2, never_automatic_10_27, owner_must_decide]
#   law: OSL 25:12, 25:13, 26:9
#   readings: [R12, R29]
_why contains {"code": code, "category": ""} if {
	rule := by_hand[input.claimed]
	not _decided
	some code in {"owner_must_decide", rule.refusal}
}

# METADATA
# title: Not for this secrecy
# description: The paragraph doesn't reach this owner's secrecy.
# custom:
#   code: ground_not_for_this_secrecy
#   law: OSL 10:27
#   readings: [R12]
_why contains {"code": "ground_not_for_this_secrecy", "category": ""} if {
	rule := by_hand[input.claimed]
	not rule.regimes[input.owner.regime]
}

# METADATA
# title: Not to this receiver
# description: The paragraph doesn't open from this owner, or to this receiver.
# custom:
#   code: ground_not_for_receiver
#   law: OSL 10:28
#   readings: [R12, R13]
_why contains {"code": "ground_not_for_receiver", "category": ""} if {
	by_hand[input.claimed]
	not official.opens(input.claimed, input.owner.kind, input.receiver.kind)
}

_why contains {"code": "ground_not_for_receiver", "category": ""} if {
	duty := duties[input.claimed]
	not _duty_between(duty)
}

_why contains {"code": "ground_not_for_receiver", "category": ""} if {
	input.claimed == supplier.paragraph
	not supplier.to[input.receiver.kind]
}

_duty_between(duty) if {
	duty.from[_answering.kind] == true
	duty.to[_asking.kind] == true
	_duty_authority(duty)
}

# METADATA
# title: A condition fails
# description: A condition of the paragraph doesn't hold.
# custom:
#   code: ground_condition_missing
#   law: OSL 25:12, 25:13, 26:9
#   readings: [R12]
_why contains {"code": "ground_condition_missing", "category": ""} if {
	some decision in input.decisions
	by_hand[decision.paragraph]
	not official.conditions_hold(decision)
}

_why contains {"code": "ground_condition_missing", "category": ""} if {
	input.claimed == supplier.paragraph
	count(_refused) > 0
}

# METADATA
# title: Not documented
# description: A decision by hand shows its reasons.
# custom:
#   code: undocumented_decision
#   law: FL 31 §
#   readings: [R12]
_why contains {"code": "undocumented_decision", "category": ""} if {
	some decision in input.decisions
	decision.reasoned == false
}

# METADATA
# title: Not a ground
# description: The paragraph that the request states is no ground in the matrix.
# custom:
#   code: ground_not_known
#   law: OSL 8:1
#   readings: []
_why contains {"code": "ground_not_known", "category": ""} if {
	not _statable[input.claimed]
	not duties[input.claimed]
	not by_hand[input.claimed]
	count(_refused) > 0
}

# METADATA
# title: No ground stated
# description: Single items are asked for under a paragraph that the request states.
# custom:
#   code: no_ground
#   law: OSL 10:28
#   readings: [R13, R14]
_why contains {"code": "no_ground", "category": item} if {
	input.claimed == ""
	some item in input.items
	item in _refused
}

# METADATA
# title: Not in the list
# description: The law that states the duty doesn't name the item.
# custom:
#   code: item_not_listed
#   law: OSL 10:28
#   readings: [R13]
_why contains {"code": "item_not_listed", "category": item} if {
	duty := duties[input.claimed]
	some item in input.items
	item in _refused
	not duty.items[item]
}

# METADATA
# title: The duty isn't approved here
# description: The owner hasn't approved the rule, or not for this purpose.
# custom:
#   code: rule_not_approved
#   law: OSL 8:1
#   readings: [R13]
_why contains {"code": "rule_not_approved", "category": ""} if {
	_stated_rule
	count(_refused) > 0
	not _approved(input.claimed)
}

_stated_rule if duties[input.claimed]

_stated_rule if input.claimed == supplier.paragraph

# METADATA
# title: The duty isn't approved for this
# description: The owner hasn't approved the duty for this purpose over this road.
# custom:
#   code: wrong_purpose
#   codes: [ground_condition_missing, rule_not_approved, wrong_purpose]
#   law: OSL 12:2
#   readings: [R13, R14]
_why contains {"code": code, "category": ""} if {
	duty := duties[input.claimed]
	count(_refused) > 0
	not _duty_purpose(duty)
	some code in {"ground_condition_missing", "rule_not_approved", "wrong_purpose"}
}
