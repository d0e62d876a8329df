package accept_consent

import data.lib.caller
import data.lib.person
import data.lib.reply

# METADATA
# description: What depends on the caller alone, then that there is nothing here, then the rest.
refusals := {reply.refusal(code, "") | some code in _caller} if {
	count(_caller) > 0
} else := {reply.refusal("not_found", "")} if {
	not _may_know
} else := {reply.refusal(code, "") | some code in _why}

_may_know if {
	caller.for_working_agency
	person.visible
	_official
}

# METADATA
# title: Too weak, or too old, a sign-in
# description: Everything about an individual needs a strong sign-in; some acts a new one.
# custom:
#   code: weak_login
#   codes: [stale_login, weak_login]
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_caller contains code if some code in caller.not_signed_in("accept_consent")

# METADATA
# title: Not the owner's official
# description: Only an official of the owner is sure for the owner.
# custom:
#   code: not_owner_official
#   law: OSL 6:3
#   readings: [R12]
_caller contains "not_owner_official" if input.caller.agency != input.owner

# METADATA
# title: For one's own gain
# description: Nobody accepts for themselves, for a relative, or towards their own agency.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if not caller.disinterested

_why contains "own_gain" if input.receiver == input.owner

# METADATA
# title: One's own record
# description: Nobody accepts what they wrote down themselves.
# custom:
#   code: own_record
#   law: FL 16 §
#   readings: []
_why contains "own_record" if input.recorded_by_caller == true

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
