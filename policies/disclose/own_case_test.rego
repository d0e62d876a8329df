package disclose_test

import data.lib.testing

inner(patch) := object.union({"owner": {"agency": "soc", "kind": "socialtjanst"}, "same_branch": true, "lines": []}, patch)

region(authority) := {
	"caller": {"agency": "vc", "kind": "region_hsv"},
	"receiver": {"agency": "vc", "kind": "region_hsv", "authority": authority},
	"lines": [],
}

consulted(patch) := object.union(
	{"caller": {"roles": ["radgivare"], "team": []}, "purpose": "consultation", "identity": "anonymous", "lines": []},
	patch,
)

test_day_notes_stay_in_their_unit if {
	said(inner({"categories": ["day_notes"]})) == {"no_consent", "working_material"}
}

test_a_protected_individuals_address_is_struck_inside_too if {
	said(inner(object.union(cleared, {"categories": ["address"]}))) == {"location_withheld", "no_consent"}
}

test_another_region_is_another_authority if said(region("another")) == {"no_consent"}

test_two_that_say_no_region_are_not_one if {
	found := said(object.union(region(""), {"owner": {"authority": ""}}))
	found == {"no_consent"}
}

test_a_block_holds_between_units_of_a_region if {
	said(object.union(region("region"), stop({"receiver": "*"}))) == {"no_consent"}
}

test_a_consultation_that_says_who_it_is if {
	said(consulted({"identity": "identifying"})) == {"identifying_content", "no_consent"}
}

test_own_case_inside_one_branch if testing.grounds(decided(inner({}))) == {"own_case"}

test_a_block_is_not_against_the_agency_that_wrote_it if {
	said(object.union(inner({}), stop({"owner": "*", "receiver": "*"}))) == "permit"
}

test_day_notes_in_their_own_unit if said(inner({"categories": ["day_notes"], "own_unit": true})) == "permit"

test_one_secrecy_area_inside_a_region if testing.grounds(decided(region("region"))) == {"own_case"}

test_a_decision_from_af_is_public if {
	answer := decided({"owner": {"agency": "af", "kind": "af"}, "categories": ["af_decision"], "lines": []})
	testing.grounds(answer) == {"not_secret"}
}

test_a_consultation_without_identity if testing.grounds(decided(consulted({}))) == {"anonymous"}

test_a_consultation_by_name_on_consent if {
	said(consulted({"identity": "named", "lines": [object.union(line, {"purpose": "consultation"})]})) == "permit"
}
