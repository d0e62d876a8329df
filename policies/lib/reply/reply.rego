# METADATA
# scope: package
# title: The one shape of every answer
# description: All lists sorted, so that no answer depends on the order of a set.
package lib.reply

import data.data.categories
import data.data.refusals

default revision := "unbuilt"

revision := data.build.revision

yes(granted) := {
	"outcome": "permit",
	"grounds": sort(granted.grounds),
	"refusals": sort(granted.refusals),
	"obligations": sort(granted.obligations),
	"categories": sort(granted.categories),
	"revision": revision,
}

no(reasons) := {
	"outcome": "deny",
	"grounds": [],
	"refusals": sort(reasons),
	"obligations": sort({{"code": "same_answer_as_absent", "category": ""} | some each in reasons; each.code in {"not_found", "stale_login", "weak_login"}}),
	"categories": [],
	"revision": revision,
}

# METADATA
# description: A fact is missing, or is not what it must be.
undecided := {
	"outcome": "undecided",
	"grounds": [],
	"refusals": [refusal("missing_fact", "")],
	"obligations": [],
	"categories": [],
	"revision": revision,
}

ground(name, reference, law) := {"category": "", "ground": name, "ref": reference, "law": law, "basis": ""}

# METADATA
# description: Where naming the category would itself tell something, it isn't named.
refusal(code, category) := {
	"code": code,
	"category": _named(category),
	"law": refusals[code].law,
	"text": code,
}

_named(category) := "" if {
	categories[category].silent == true
} else := category
