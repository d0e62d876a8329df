package disclose

import data.data.categories
import data.data.receivers
import data.lib.person
import data.lib.third

# METADATA
# description: What no ground but the own case gets round.
_shareable(category) if {
	known := categories[category]
	known.never_shared == false
	person.tells_no_place(category)
	_register_allows(known, category)
	third.allows(category)
}

# METADATA
# description: >-
#   The receiver's register law: sensitive data only when necessary in its own open case
#   (AF-PuL 8-10 §§, SFB 114:11; reading R16).
_register_allows(known, _) if known.register_sensitive == false

_register_allows(_, _) if receivers[input.receiver.kind].case_needed_for_sensitive == false

_register_allows(_, category) if {
	input.receiver.case_open == true
	category in input.receiver.necessary
}

# METADATA
# description: No exclusion and no block in force names it (readings R2, R3).
_unstopped(category) if {
	is_array(input.stops)
	every stop in input.stops {
		_passes(stop, category)
	}
}

_passes(stop, _) if {
	is_number(stop.valid_until)
	stop.valid_until <= input.now
}

_passes(stop, _) if {
	is_number(stop.valid_from)
	input.now < stop.valid_from
}

_passes(stop, _) if _of_another(stop.owner, input.owner.agency)

_passes(stop, _) if _of_another(stop.receiver, input.receiver.agency)

_passes(stop, category) if {
	is_string(stop.category)
	not categories[category].stopped_by[stop.category]
}

_of_another(named, agency) if {
	is_string(named)
	is_string(agency)
	not named in {"*", agency}
}
