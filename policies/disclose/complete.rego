package disclose

# METADATA
# description: Every fact of the question is there and of its kind; else nothing can be decided.
_complete if {
	is_number(input.now)
	is_object(input.caller)
	is_object(input.person)
	is_object(input.disposal)
	is_object(input.owner)
	is_object(input.receiver)
	is_boolean(input.same_branch)
	is_boolean(input.own_unit)
	_words
	_lists
	count(_asked) > 0
}

_words if {
	is_string(input.direction)
	is_string(input.purpose)
	is_string(input.road)
	is_string(input.surface)
	is_string(input.attachment)
	is_string(input.identity)
	is_string(input.claimed)
	is_string(input.person.protection)
	is_boolean(input.person.known)
}

_lists if {
	is_array(input.categories)
	is_array(input.items)
	is_array(input.lines)
	is_array(input.stops)
	is_array(input.mandates)
	is_array(input.third_persons)
	is_array(input.decisions)
	is_array(input.supplier_needs)
}
