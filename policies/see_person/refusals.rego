package see_person

import data.lib.caller
import data.lib.reply

# METADATA
# description: What depends on the caller alone, or that there is nothing here; never anything in between.
refusals := {reply.refusal(code, "") | some code in caller.not_signed_in("see_person")} if {
	count(caller.not_signed_in("see_person")) > 0
} else := {reply.refusal(code, "") | some code in _nothing_here}

# METADATA
# title: Nothing here
# description: Absent, not yours and protected are one answer.
# custom:
#   code: not_found
#   law: OSL 8:1, 21:3
#   readings: [R8, R22]
_nothing_here contains "not_found"

# METADATA
# title: Only figures to a samordningsförbund
# description: The same for whomever it asks about.
# custom:
#   code: forbund_aggregates_only
#   law: FINSAM 7 §
#   readings: []
_nothing_here contains "forbund_aggregates_only" if input.caller.kind == "forbund"

# METADATA
# title: Never linked
# description: Nobody searches for a former identity; the same for whomever it is.
# custom:
#   code: linkage_forbidden
#   law: Lag 1991:483, OSL 21:3
#   readings: []
_nothing_here contains "linkage_forbidden" if input.by == "former_number"
