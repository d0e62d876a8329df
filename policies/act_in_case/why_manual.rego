package act_in_case

import data.data.acts
import data.data.by_hand
import data.data.duties
import data.lib.official

_judged contains decision if {
	acts[input.act].manual != "none"
	some decision in input.manual
}

# METADATA
# description: Decisions that open something to another agency; the others keep something from the individual.
_opening contains decision if {
	acts[input.act].manual in {"needed", "optional"}
	some decision in input.manual
}

_keeping contains decision if {
	acts[input.act].manual == "withholding"
	some decision in input.manual
}

# METADATA
# title: No decision
# description: The official's decision and its paragraph are named.
# custom:
#   code: decision_missing
#   law: FL 31 §
#   readings: [R12]
_why contains "decision_missing" if {
	acts[input.act].manual in {"needed", "withholding"}
	count(input.manual) == 0
}

# METADATA
# title: Decided by another
# description: Only the owner's official decides.
# custom:
#   code: not_owner_official
#   law: OSL 6:3
#   readings: [R12]
_why contains "not_owner_official" if {
	some decision in _judged
	decision.owner != input.caller.agency
}

# METADATA
# title: Not documented
# description: A decision by hand shows its reasons.
# custom:
#   code: undocumented_decision
#   law: FL 31 §
#   readings: [R12]
_why contains "undocumented_decision" if {
	some decision in _judged
	decision.reasoned == false
}

# METADATA
# title: Not for this secrecy
# description: The paragraph doesn't reach this owner's secrecy, not even by hand.
# custom:
#   code: ground_not_for_this_secrecy
#   law: OSL 10:27
#   readings: [R12]
_why contains "ground_not_for_this_secrecy" if {
	some decision in _opening
	rule := by_hand[decision.paragraph]
	not rule.regimes[input.manual_owner_regime]
}

# METADATA
# title: Not to this receiver
# description: The paragraph doesn't open from this owner, or to this receiver.
# custom:
#   code: ground_not_for_receiver
#   law: OSL 10:28
#   readings: [R12, R13]
_why contains "ground_not_for_receiver" if {
	some decision in _opening
	by_hand[decision.paragraph]
	not official.opens(decision.paragraph, input.manual_owner_kind, input.manual_receiver_kind)
}

_why contains "ground_not_for_receiver" if {
	some decision in _opening
	duties[decision.paragraph]
	not _paragraph_reaches(decision)
}

# METADATA
# title: A condition fails
# description: A condition of the paragraph doesn't hold.
# custom:
#   code: ground_condition_missing
#   law: OSL 25:12, 25:13, 26:9
#   readings: [R12]
_why contains "ground_condition_missing" if {
	some decision in _opening
	by_hand[decision.paragraph]
	not official.conditions_hold(decision)
}

# METADATA
# title: Not a ground
# description: The paragraph is no ground in the matrix.
# custom:
#   code: ground_not_known
#   law: OSL 8:1
#   readings: []
_why contains "ground_not_known" if {
	some decision in _opening
	not by_hand[decision.paragraph]
	not duties[decision.paragraph]
}

# METADATA
# title: No ground to keep it on
# description: The paragraph doesn't let this owner keep anything from the individual.
# custom:
#   code: no_ground_to_withhold
#   law: OSL 12:1
#   readings: []
_why contains "no_ground_to_withhold" if {
	some decision in _keeping
	not _keeps(decision)
}
