package act_in_case

import data.data.duties
import data.data.withholding
import data.lib.official
import data.lib.person

# METADATA
# description: What the act needs of the case, the agency and whom it is about.
_needs_met(act) if {
	_open_enough(act)
	_leads(act)
	_own_agency(act)
	_not_for_oneself(act)
	_reason(act)
	_receiver_ready(act)
}

_open_enough(act) if act.open == false

_open_enough(act) if {
	act.open == true
	input.open == true
}

_leads(act) if act.leading == false

_leads(act) if {
	act.leading == true
	input.leading == true
}

_own_agency(act) if act.own_agency == false

_own_agency(act) if {
	act.own_agency == true
	input.subject_agency == input.caller.agency
}

_not_for_oneself(act) if act.no_gain == false

_not_for_oneself(act) if {
	act.no_gain == true
	input.subject_relation == "none"
}

_reason(act) if act.reason == false

_reason(act) if {
	act.reason == true
	input.reason_given == true
}

# Named staff on both sides before anything is sent on a protected individual (FFS-10).
_receiver_ready(act) if act.sends == false

_receiver_ready(act) if {
	act.sends == true
	person.unprotected
}

_receiver_ready(act) if {
	act.sends == true
	input.receiver_named == true
}

# METADATA
# description: A draft is its author's alone, and what is upprättad isn't changed.
_item_open(act) if act.item == "none"

_item_open(act) if {
	act.item == "read"
	input.item_state in {"sent", "upprattad"}
}

_item_open(act) if {
	act.item == "read"
	_author
}

_item_open(act) if {
	act.item == "change"
	input.item_state in {"draft", "sent"}
	_author
}

_author if input.item_author == "caller"

_author if {
	input.item_author == "individual"
	input.caller.door == "individual"
	input.caller.own == true
}

# METADATA
# description: What is human by law is decided by the owner's official, on a paragraph that reaches it, with reasons (R12).
_decided_lawfully(act) if act.manual == "none"

_decided_lawfully(act) if {
	act.manual == "optional"
	is_array(input.manual)
	every decision in input.manual {
		_lawful(decision)
	}
}

_decided_lawfully(act) if {
	act.manual == "needed"
	count(input.manual) > 0
	every decision in input.manual {
		_lawful(decision)
	}
}

# What an official keeps from the individual has a paragraph that lets this very owner do it (OSL 12:1).
_decided_lawfully(act) if {
	act.manual == "withholding"
	count(input.manual) > 0
	every decision in input.manual {
		decision.owner == input.caller.agency
		decision.reasoned == true
		_keeps(decision)
	}
}

_keeps(decision) if withholding[decision.paragraph].regimes[input.manual_owner_regime] == true

_lawful(decision) if {
	decision.owner == input.caller.agency
	decision.reasoned == true
	_paragraph_reaches(decision)
}

_paragraph_reaches(decision) if {
	official.reaches(decision.paragraph, input.manual_owner_kind, input.manual_owner_regime, input.manual_receiver_kind)
	official.conditions_hold(decision)
}

_paragraph_reaches(decision) if {
	duty := duties[decision.paragraph]
	duty.from[input.manual_owner_kind] == true
	duty.to[input.manual_receiver_kind] == true
}
