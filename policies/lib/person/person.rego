# METADATA
# scope: package
# title: The individual and protection
# description: Unknown protection counts as protected (reading R8); a protected individual exists for the cleared only.
package lib.person

import data.data.categories
import data.data.protections
import data.data.surfaces
import data.lib.caller

# METADATA
# description: The individual exists for this caller.
visible if {
	input.person.known == true
	unprotected
}

visible if {
	input.person.known == true
	protected
	caller.cleared
}

unprotected if protections[input.person.protection] == false

protected if protections[input.person.protection] == true

# METADATA
# description: The place it would be shown or sent to is one that may hold it (law 5.2, 6.3(8); reading R9).
safe_surface if {
	unprotected
	surfaces[input.surface].open == true
}

safe_surface if {
	protected
	surfaces[input.surface].protected == true
}

# METADATA
# description: Doesn't tell where a protected individual is (OSL 21:3, 21:3 a; reading R10).
tells_no_place(_) if unprotected

tells_no_place(category) if categories[category].location == false

# METADATA
# description: What a permit about a protected individual is tied to.
obligations contains {"code": "protected_banner", "category": ""} if protected

obligations contains {"code": "strike_location_fields", "category": ""} if protected
