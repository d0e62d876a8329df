package act_in_case

import data.data.acts
import data.lib.caller
import data.lib.reply

# METADATA
# description: The sign-in, then what nobody can do, then that there is nothing here, then the rest.
refusals := {reply.refusal(code, "") | some code in caller.not_signed_in("act_in_case")} if {
	count(caller.not_signed_in("act_in_case")) > 0
} else := {reply.refusal(code, "") | some code in _never} if {
	count(_never) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(code, "") | some code in _why}

# METADATA
# title: Nobody can do this
# description: Fictitious identities are never linked; the log is append-only.
# custom:
#   code: not_allowed_action
#   codes: [linkage_forbidden, log_is_append_only, not_allowed_action]
#   law: OSL 8:1
#   readings: []
_never contains code if {
	never := acts[input.act].never
	never != ""
	some code in {"not_allowed_action", never}
}

# METADATA
# title: Only figures to a samordningsförbund
# description: A samordningsförbund acts on no individual.
# custom:
#   code: forbund_aggregates_only
#   law: FINSAM 7 §
#   readings: []
_never contains "forbund_aggregates_only" if input.caller.kind == "forbund"

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
# description: The assignment doesn't do this, or not at this door.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_why contains "not_allowed_role" if {
	act := acts[input.act]
	not _who(act)
}

# METADATA
# title: For one's own gain
# description: Nobody adds to a team for their own gain, nor acts on themselves or relatives.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if {
	act := acts[input.act]
	not _not_for_oneself(act)
}

_why contains "own_gain" if not caller.disinterested

# METADATA
# title: The case is closed
# description: In a closed case nothing is changed.
# custom:
#   code: case_closed
#   law: FL 23 §
#   readings: []
_why contains "case_closed" if {
	act := acts[input.act]
	not _open_enough(act)
}

# METADATA
# title: Another agency leads
# description: The leading agency answers for the case's frame.
# custom:
#   code: not_leading
#   law: SoL 10:8
#   readings: [R31]
_why contains "not_leading" if {
	act := acts[input.act]
	not _leads(act)
}

# METADATA
# title: Another agency's matter
# description: Only an official of the agency that answers for it.
# custom:
#   code: not_own_agency
#   codes: [not_own_agency, not_owner_official]
#   law: OSL 8:1
#   readings: [R11, R12, R26]
_why contains code if {
	act := acts[input.act]
	not _own_agency(act)
	some code in {"not_own_agency", "not_owner_official"}
}

# METADATA
# title: A reason
# description: Why is written down.
# custom:
#   code: record_reason
#   law: OSL 21:3
#   readings: [R11]
_why contains "record_reason" if {
	act := acts[input.act]
	not _reason(act)
}

# METADATA
# title: Nobody named on the receiving side
# description: Named staff on both sides are appointed before anything is sent.
# custom:
#   code: receiver_not_named
#   law: OSL 21:3 a
#   readings: []
_why contains "receiver_not_named" if {
	act := acts[input.act]
	not _receiver_ready(act)
}

# METADATA
# title: A draft
# description: A draft is its author's alone; what is upprättad isn't changed.
# custom:
#   code: proposal_is_draft
#   law: OSL 12:1
#   readings: []
_why contains "proposal_is_draft" if {
	act := acts[input.act]
	not _item_open(act)
}

# METADATA
# title: An obligation that can't be carried out
# description: The caller's page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains "obligation_unfulfillable" if not _carried_out
