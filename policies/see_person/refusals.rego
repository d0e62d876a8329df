package see_person

import data.lib.caller
import data.lib.reply

# METADATA
# description: What depends on the caller alone, or that there is nothing here; never anything in between.
refusals := {reply.refusal(code, "") | some code in _sign_in} if {
	count(_sign_in) > 0
} else := {reply.refusal(code, "") | some code in _nothing_here}

# METADATA
# title: Too weak a sign-in
# description: Everything about an individual needs a strong sign-in; a weak one sees only that.
# custom:
#   code: weak_login
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_sign_in contains "weak_login" if not caller.strong("see_person")

# METADATA
# title: Too old a sign-in
# description: Signed in too long ago.
# custom:
#   code: stale_login
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
_sign_in contains "stale_login" if {
	caller.strong("see_person")
	not caller.fresh("see_person")
}

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
