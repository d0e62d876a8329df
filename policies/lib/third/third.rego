# METADATA
# scope: package
# title: Somebody else in the text
# description: >-
#   A third person has consented, or the passage is marked and will be struck; else the category is refused
#   (law 2.4; reading R23).
package lib.third

import data.data.categories

allows(category) if {
	is_array(input.third_persons)
	every person in input.third_persons {
		_allows(person, category)
	}
}

_allows(person, _) if person.own_consent == true

_allows(person, _) if person.marked == true

_allows(person, category) if {
	is_object(categories[person.category])
	not categories[category].holds[person.category]
}

# METADATA
# description: The passages that go with what is permitted are struck.
struck(permitted) := {{"code": "strike_third_person", "category": person.category} |
	some person in input.third_persons
	person.marked == true
	person.own_consent == false
	person.category in permitted
}
