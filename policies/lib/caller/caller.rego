# METADATA
# scope: package
# title: Who asks
# description: Sign-in, role, team and clearance, each as something that must be so.
package lib.caller

import data.data.obligations
import data.data.roles
import data.data.sign_in
import data.lib.period

# METADATA
# description: Signed in as strongly and as lately as the question demands (reading R25).
signed_in(question) if {
	strong(question)
	fresh(question)
}

strong(question) if {
	demand := sign_in.demands[question]
	is_number(input.caller.sign_in.level)
	input.caller.sign_in.level >= demand.level
	is_number(input.caller.sign_in.factors)
	input.caller.sign_in.factors >= demand.factors
}

fresh(question) if {
	is_number(input.now)
	is_number(input.caller.sign_in.at)
	input.caller.sign_in.at <= input.now
	input.now - input.caller.sign_in.at <= sign_in.demands[question].within_s
}

# METADATA
# title: Too weak, or too old, a sign-in
# description: Everything about an individual needs a strong sign-in; a weak one sees only that. Some acts need a new one.
# custom:
#   code: weak_login
#   codes: [stale_login, weak_login]
#   law: HSLF-FS 2016:40 3:15
#   readings: [R25]
not_signed_in(question) := {"weak_login"} if {
	not strong(question)
} else := {"stale_login"} if {
	not fresh(question)
} else := set()

# METADATA
# description: Came by the door of staff, or is a partner system that acts for its agency.
for_agency if input.caller.door == "staff"

for_agency if input.caller.door == "client"

# METADATA
# description: For an agency that handles individuals; a samordningsförbund never does (FINSAM 7 §).
for_working_agency if {
	for_agency
	roles.agencies[input.caller.kind] == true
}

has_role(task) if {
	some role in input.caller.roles
	roles[task][role] == true
}

on_team if {
	some place in input.caller.team
	period.in_force(place)
}

# METADATA
# description: Nobody acts on themselves or on relatives.
disinterested if input.caller.relation == "none"

# METADATA
# description: Cleared by name for this individual, or a named handler while a machine's protection is provisional (R11).
cleared if {
	some clearance in input.caller.clearances
	period.in_force(clearance)
}

cleared if {
	input.caller.named_handler == true
	is_number(input.person.provisional_until)
	input.now < input.person.provisional_until
}

# METADATA
# description: >-
#   Whoever shows it can do what it is tied to; what the hub itself does (tells, records, scrubs) is never the caller's.
carries_out(owed) if {
	is_array(input.caller.carries_out)
	every obligation in owed {
		_carried_out(obligation.code)
	}
}

_carried_out(code) if obligations[code].by == "hub"

_carried_out(code) if code in input.caller.carries_out
