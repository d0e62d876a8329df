# METADATA
# scope: package
# title: May the individual, or a representative, see what an owner has on the individual
# description: Secrecy doesn't hold against the one it protects, with the law's exceptions (OSL 12:1, 12:3; AUBI-11).
# schemas:
#   - input: schema.show_to_individual
package show_to_individual

import data.data.categories
import data.data.surfaces
import data.lib.caller
import data.lib.mandate
import data.lib.person
import data.lib.reply
import data.lib.third
import data.lib.withheld

# METADATA
# title: The answers to a list of questions, in their order
# entrypoint: true
answers := [decided | some question in input; decided := answer with input as question]

# METADATA
# title: The answer to one question
# entrypoint: true
answer := reply.yes(_granted) if {
	_complete
	_open
	count(_permitted) > 0
	_carried_out
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {
	"grounds": _grounds,
	"refusals": _rest,
	"obligations": _obligations,
	"categories": _permitted,
}

_permitted contains ground.category if some ground in _grounds

# METADATA
# description: Why not the rest; where all is permitted there is nothing to explain.
_rest := set() if {
	count(_refused) == 0
} else := refusals

_refused contains category if {
	some category in input.categories
	not category in _permitted
}

_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_boolean(input.person.known)
	is_string(input.person.protection)
	is_object(input.disposal)
	is_array(input.mandates)
	is_array(input.categories)
	is_array(input.owner_withholds)
	is_array(input.withheld)
	is_array(input.third_persons)
	is_string(input.owner)
	is_string(input.surface)
	count(input.categories) > 0
}

_open if {
	caller.signed_in("show_to_individual")
	input.caller.door == "individual"
	input.person.known == true
	_safe_surface
}

_safe_surface if {
	person.unprotected
	surfaces[input.surface].open == true
}

_safe_surface if {
	person.protected
	surfaces[input.surface].protected == true
}

# METADATA
# title: Oneself
# description: The individual sees what concerns the individual.
# custom:
#   code: own_data
#   law: OSL 12:1
#   readings: []
_grounds contains _ground(category, "own_data", "", "OSL 12:1") if {
	_open
	input.caller.own == true
	some category in input.categories
	_showable(category)
}

# METADATA
# title: A guardian
# description: A young child's guardian, when the child isn't protected and it means no harm to the child.
# custom:
#   code: guardian
#   law: OSL 12:3
#   readings: [R6]
_grounds contains _ground(category, "guardian", input.caller.mandate, "OSL 12:3") if {
	_open
	mandate.of_caller.kind == "guardian"
	_represented
	some category in input.categories
	_showable(category)
	mandate.reaches(mandate.of_caller, category)
}

# METADATA
# title: A representative
# description: Within the scope and the time of the appointment.
# custom:
#   code: representative
#   law: OSL 12:1
#   readings: [R7]
_grounds contains _ground(category, "representative", input.caller.mandate, "OSL 12:1") if {
	_open
	mandate.of_caller.kind != "guardian"
	_represented
	some category in input.categories
	_showable(category)
	mandate.reaches(mandate.of_caller, category)
}

_represented if {
	input.caller.own == false
	person.visible
	mandate.holds(mandate.of_caller, input.now)
	mandate.fits_age(mandate.of_caller)
}

# METADATA
# description: Not secret towards the individual, tells no place, and not about somebody else who hasn't agreed.
_showable(category) if {
	categories[category].secret_towards_individual == false
	is_array(input.owner_withholds)
	not category in input.owner_withholds
	withheld.allows(category)
	person.tells_no_place(category)
	third.allows(category)
}

_obligations contains obligation if some obligation in person.obligations

_obligations contains obligation if some obligation in third.struck(_permitted)

_carried_out if caller.carries_out(_obligations)

_ground(category, name, reference, law) := {
	"category": category,
	"ground": name,
	"ref": reference,
	"law": law,
	"basis": "",
}
