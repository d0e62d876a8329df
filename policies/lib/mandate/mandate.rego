# METADATA
# scope: package
# title: Representatives
# description: Within the scope and the time of the appointment; outside it no (reading R7).
package lib.mandate

import data.data.ages
import data.data.scopes
import data.lib.period

# METADATA
# description: In force at that instant, nobody the individual is protected against, and all guardians agree.
holds(mandate, instant) if {
	period.at(mandate, instant)
	mandate.risk == "none"
	mandate.agreed == true
}

reaches(mandate, category) if {
	some scope in mandate.scopes
	scopes[scope].categories[category] == true
}

reaches_case(mandate) if {
	some scope in mandate.scopes
	scopes[scope].cases == true
}

# METADATA
# description: The kind of mandate fits the individual's age (OSL 12:3; reading R6).
fits_age(mandate) if {
	mandate.kind == "guardian"
	child
	input.disposal.harm == false
	_child_does_not_stop
}

fits_age(mandate) if {
	mandate.kind in {"god_man", "forvaltare", "fullmakt"}
	adult
	input.disposal.objects == false
}

adult if {
	is_number(input.disposal.age)
	input.disposal.age >= ages.adult_from
}

child if {
	is_number(input.disposal.age)
	input.disposal.age < ages.guardian_decides_below
}

young if {
	is_number(input.disposal.age)
	input.disposal.age >= ages.guardian_decides_below
	input.disposal.age < ages.adult_from
}

# A young child's view is noted; a mature child's no is respected (R6).
_child_does_not_stop if input.disposal.objects == false

_child_does_not_stop if input.disposal.mature == false

# METADATA
# description: The mandate that the caller at the individual's door uses.
of_caller := named(input.caller.mandate)

# METADATA
# description: The mandate of that id, when there is exactly one.
named(id) := found[0] if {
	found := [mandate | some mandate in input.mandates; mandate.id == id]
	count(found) == 1
}

# METADATA
# description: Why a mandate doesn't open for its holder; empty when it does.
why_not(each, instant) := {code |
	some code in [
		"representative_expired",
		"guardian_is_threat",
		"given_by_wrong_person",
		"minor_needs_own_consent",
		"minor_objects",
		"harm_to_minor",
		"individual_objects",
	]
	_fails(code, each, instant)
}

_fails("representative_expired", each, instant) if not period.at(each, instant)

# A guardian's mandate ends when the child comes of age.
_fails("representative_expired", each, _) if {
	each.kind == "guardian"
	adult
}

_fails("guardian_is_threat", each, _) if each.risk != "none"

_fails("given_by_wrong_person", each, _) if {
	each.agreed == true
	not each.kind in {"guardian", "god_man", "forvaltare", "fullmakt"}
}

_fails("given_by_wrong_person", each, _) if each.agreed == false

_fails("minor_needs_own_consent", each, _) if {
	each.kind == "guardian"
	young
}

_fails("minor_objects", _, _) if {
	input.disposal.objects == true
	input.disposal.mature == true
	not adult
}

_fails("harm_to_minor", _, _) if {
	input.disposal.harm == true
	not adult
}

_fails("individual_objects", _, _) if {
	input.disposal.objects == true
	adult
}
