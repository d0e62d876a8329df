# METADATA
# scope: package
# title: What is human by law
# description: An official of the owner decides, on a paragraph that reaches it and whose conditions hold (reading R12).
package lib.official

import data.data.by_hand

# METADATA
# description: The paragraph reaches this owner's secrecy, and opens from this owner to this receiver.
reaches(paragraph, owner, regime, receiver) if {
	rule := by_hand[paragraph]
	rule.regimes[regime] == true
	opens(paragraph, owner, receiver)
}

opens(paragraph, owner, receiver) if {
	by_hand[paragraph].kinds[owner] == true
	by_hand[paragraph].to[receiver] == true
}

# METADATA
# description: All that the paragraph needs, and one of those where it needs any (OSL 25:12, 25:13, 26:9).
conditions_hold(decision) if {
	rule := by_hand[decision.paragraph]
	every condition in rule.needs_all {
		condition in decision.conditions
	}
	_any_holds(rule, decision)
}

_any_holds(rule, _) if rule.needs_any == []

_any_holds(rule, decision) if {
	some condition in rule.needs_any
	condition in decision.conditions
}
