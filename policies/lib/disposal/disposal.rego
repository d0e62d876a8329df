# METADATA
# scope: package
# title: Who disposes of the individual's secrecy
# description: Only the one whom secrecy protects may lift it (OSL 12:2), for a minor with OSL 12:3 (readings R6, R7).
package lib.disposal

import data.lib.mandate
import data.lib.period

# METADATA
# description: The one who gave it disposed of it, for this category, when it was given.
given_rightly(given_by, _, _) if {
	given_by == "self"
	self_disposes
}

given_rightly(given_by, category, instant) if may_give(mandate.named(given_by), category, instant)

self_disposes if {
	mandate.adult
	input.disposal.can_consent == true
	input.disposal.objects == false
}

self_disposes if {
	mandate.young
	input.disposal.can_consent == true
	input.disposal.mature == true
	input.disposal.objects == false
}

may_give(each, category, instant) if {
	mandate.holds(each, instant)
	mandate.reaches(each, category)
	mandate.fits_age(each)
	needed(each)
}

# METADATA
# description: A god man doesn't replace the will of one who can consent.
needed(each) if each.kind in {"guardian", "forvaltare", "fullmakt"}

needed(each) if {
	each.kind == "god_man"
	input.disposal.can_consent == false
}

# METADATA
# description: Why the one who gave it didn't dispose of it; empty when they did.
why_not(given_by, category, instant) := set() if {
	given_rightly(given_by, category, instant)
} else := ({"given_by_wrong_person"} | _own_reasons) | (_will | _minor_reasons) if {
	given_by == "self"
} else := ({"given_by_wrong_person"} | _mandate_reasons(each, category, instant)) | (_will | _minor_reasons) if {
	each := mandate.named(given_by)
} else := {"given_by_wrong_person"}

_own_reasons contains "cannot_consent" if input.disposal.can_consent == false

_will contains "individual_objects" if {
	input.disposal.objects == true
	not mandate.child
}

_minor_reasons contains "minor_needs_own_consent" if mandate.young

_minor_reasons contains "minor_objects" if {
	input.disposal.objects == true
	not mandate.adult
}

_minor_reasons contains "harm_to_minor" if {
	input.disposal.harm == true
	not mandate.adult
}

_mandate_reasons(each, category, instant) := {code |
	some code in ["representative_expired", "representative_out_of_scope", "guardian_is_threat"]
	_fails(code, each, category, instant)
}

_fails("representative_expired", each, _, instant) if not period.at(each, instant)

_fails("representative_out_of_scope", each, category, _) if not mandate.reaches(each, category)

_fails("guardian_is_threat", each, _, _) if each.risk != "none"
