package administer

import data.data.roles
import data.lib.caller
import data.lib.reply

# METADATA
# description: The sign-in first, then the rest.
refusals := {reply.refusal(code, "") | some code in caller.not_signed_in("administer")} if {
	count(caller.not_signed_in("administer")) > 0
} else := {reply.refusal(code, "") | some code in _why}

# METADATA
# title: Not this role
# description: Only the agency's administrator, or the official the act names.
# custom:
#   code: not_allowed_role
#   law: SoL 14:7, PDL 4:2
#   readings: [R26]
_why contains "not_allowed_role" if not _administrator

_why contains "not_allowed_role" if {
	some role in input.roles
	not roles.grantable[role]
}

# METADATA
# title: Another agency's matter
# description: An administrator administers the own agency.
# custom:
#   code: not_own_agency
#   law: OSL 8:1
#   readings: [R11, R12, R26]
_why contains "not_own_agency" if input.agency != input.caller.agency

# METADATA
# title: For one's own gain
# description: Nobody grants themselves anything.
# custom:
#   code: own_gain
#   law: FL 16 §
#   readings: []
_why contains "own_gain" if not _not_for_oneself

# METADATA
# title: No decision
# description: The agency's own decision is named, with official, date and diarienummer.
# custom:
#   code: decision_missing
#   law: FL 31 §
#   readings: [R12]
_why contains "decision_missing" if not _decided
