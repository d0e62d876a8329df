# METADATA
# scope: package
# title: Kept from the individual by an official
# description: >-
#   What an official of the owner has decided isn't shown to the individual, with children and whatever holds it, until
#   its last day (OSL 12:1, 25:6, 25:7, 26:5). A decision that can't be read keeps everything of its owner's.
package lib.withheld

import data.data.categories

allows(category) if {
	is_array(input.withheld)
	every decided in input.withheld {
		_allows(decided, category)
	}
}

_allows(decided, _) if {
	is_string(decided.owner)
	decided.owner != input.owner
}

_allows(decided, category) if {
	is_object(categories[decided.category])
	not categories[category].stopped_by[decided.category]
	not categories[category].holds[decided.category]
}

_allows(decided, _) if {
	is_number(decided.valid_until)
	decided.valid_until <= input.now
}

_allows(decided, _) if {
	is_number(decided.valid_from)
	input.now < decided.valid_from
}
