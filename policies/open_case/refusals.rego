package open_case

import data.data.roles
import data.lib.caller
import data.lib.person
import data.lib.reply

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then the rest.
refusals := {reply.refusal(code, "") | some code in _caller} if {
	count(_caller) > 0
} else := {reply.refusal("not_found", "")} if {
	not _known_here
} else := {reply.refusal(code, "") | some code in _why}

# METADATA
# title: Too weak, or too old, a sign-in
# description: Everything about an individual needs a strong sign-in; some acts a new one.
# custom:
#   code: weak_login
#   codes: [stale_login, weak_login]
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_caller contains code if some code in caller.not_signed_in("open_case")

# METADATA
# title: Not this role
# description: The assignment doesn't open cases.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_caller contains "not_allowed_role" if not _may_open

_may_open if {
	caller.for_agency
	caller.has_role("open_case")
}

# METADATA
# title: No cases at a samordningsförbund
# description: A samordningsförbund handles no individuals.
# custom:
#   code: forbund_aggregates_only
#   law: FINSAM 7 §
#   readings: []
_caller contains "forbund_aggregates_only" if {
	_may_open
	not roles.agencies[input.caller.kind] == true
}

# METADATA
# title: On oneself or a relative
# description: Nobody handles their own case or a relative's.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if not caller.disinterested

# METADATA
# title: Another agency's case
# description: An agency opens what it leads itself.
# custom:
#   code: not_leading
#   law: SoL 10:8
#   readings: [R31]
_why contains "not_leading" if input.leading != input.caller.agency

# METADATA
# title: An obligation that can't be carried out
# description: The caller's page or system can't do what the permit is tied to.
# custom:
#   code: obligation_unfulfillable
#   law: OSL 21:3 a
#   readings: []
_why contains "obligation_unfulfillable" if {
	count(_grounds) > 0
	not caller.carries_out(person.obligations)
}
