package show_to_individual_test

import data.lib.testing
import data.show_to_individual

base := {
	"now": testing.now,
	"caller": testing.kajsa,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"mandates": [],
	"owner": "soc",
	"categories": ["family"],
	"owner_withholds": [],
	"withheld": [],
	"third_persons": [],
	"surface": "case_view",
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := show_to_individual.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := show_to_individual.answer with input as {}
	testing.said(decided) == "undecided"
}

third(patch) := {"third_persons": [object.union({"category": "family", "own_consent": false, "marked": false}, patch)]}

guarded := {"caller": testing.acting, "disposal": testing.child, "mandates": [testing.guardian]}

test_weak_sign_in_sees_only_that if said({"caller": {"sign_in": {"level": 2}}}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": {"sign_in": {"at": 0}}}) == {"stale_login"}

test_another_individual_finds_nothing if said({"caller": {"own": false}}) == {"not_found"}

test_staff_come_by_another_door if said({"caller": testing.lena}) == {"not_found"}

test_one_who_does_not_exist if said({"person": testing.absent}) == {"not_found"}

test_a_guardian_does_not_find_a_protected_child if {
	said(object.union(guarded, {"person": testing.protected})) == {"not_found"}
}

test_who_told_is_secret if {
	said({"categories": ["informant_identity"]}) == {"informant_protected", "secret_towards_individual"}
}

test_what_the_owner_withholds_by_law if said({"owner_withholds": ["family"]}) == {"secret_towards_individual"}

decided(patch) := {"withheld": [object.union(testing.always, object.union({"id": "w1", "owner": "soc", "category": "family"}, patch))]}

test_what_an_official_withholds if said(decided({})) == {"secret_towards_individual"}

test_what_is_withheld_takes_its_children_with_it if {
	said(object.union(decided({}), {"categories": ["children"]})) == {"secret_towards_individual"}
}

test_what_is_withheld_takes_with_it_what_holds_it if {
	patch := object.union(decided({"category": "debts"}), {"categories": ["economy"]})
	said(patch) == {"secret_towards_individual"}
}

test_which_is_withheld_is_not_named_where_the_name_tells if {
	patch := object.union(decided({"category": "coercive_care"}), {"categories": ["coercive_care"]})
	refused := show_to_individual.answer with input as but(patch)
	{refusal.category | some refusal in refused.refusals} == {""}
}

test_a_decision_that_cannot_be_read_keeps_everything if {
	every patch in [{"owner": null}, {"category": "x"}, {"valid_until": "0"}] {
		said(decided(patch)) == {"secret_towards_individual"}
	}
}

test_about_somebody_else if said(third({})) == {"third_person"}

test_what_tells_the_place if {
	said({"person": testing.protected, "categories": ["address"]}) == {"location_withheld"}
}

test_not_by_e_mail if said({"surface": "email"}) == {"unsafe_channel"}

test_not_exported_for_the_protected if {
	said({"person": testing.protected, "surface": "export"}) == {"unsafe_channel"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	said({"person": testing.protected, "caller": {"carries_out": []}}) == {"obligation_unfulfillable"}
}

test_a_parent_of_an_adult if {
	said(object.union(guarded, {"disposal": testing.adult})) == {"not_own_data", "representative_expired"}
}

test_a_guardian_of_a_young_person if {
	said(object.union(guarded, {"disposal": testing.young})) == {"minor_needs_own_consent", "not_own_data"}
}

test_a_child_who_objects if {
	said(object.union(guarded, {"disposal": {"mature": true, "objects": true}})) == {"minor_objects", "not_own_data"}
}

test_harm_to_the_child if {
	said(object.union(guarded, {"disposal": {"harm": true}})) == {"harm_to_minor", "not_own_data"}
}

test_an_adult_who_objects if {
	found := said({"caller": testing.acting, "mandates": [testing.god_man], "disposal": {"objects": true}})
	found == {"individual_objects", "not_own_data"}
}

test_a_mandate_that_is_over if {
	over := object.union(testing.guardian, {"valid_until": testing.now})
	said(object.union(guarded, {"mandates": [over]})) == {"not_own_data", "representative_expired"}
}

test_a_threat if {
	threat := object.union(testing.guardian, {"risk": "threat"})
	said(object.union(guarded, {"mandates": [threat]})) == {"guardian_is_threat", "not_own_data"}
}

test_a_guardian_who_has_not_agreed if {
	alone := object.union(testing.guardian, {"agreed": false})
	said(object.union(guarded, {"mandates": [alone]})) == {"given_by_wrong_person", "not_own_data"}
}

test_a_parent_without_custody if {
	parent := object.union(testing.guardian, {"kind": "parent_without_custody"})
	said(object.union(guarded, {"mandates": [parent]})) == {"given_by_wrong_person", "not_own_data"}
}

test_two_mandates_of_one_id_open_nothing if {
	said(object.union(guarded, {"mandates": [testing.guardian, testing.god_man]})) == {"not_found"}
}

test_outside_the_mandate if {
	economy := object.union(testing.god_man, {"scopes": ["economy"]})
	said({"caller": testing.acting, "mandates": [economy]}) == {"representative_out_of_scope"}
}

test_the_individual_sees_their_own if {
	decided := show_to_individual.answer with input as base
	decided.categories == ["family"]
	testing.grounds(decided) == {"own_data"}
}

test_only_what_may_be_shown if {
	decided := show_to_individual.answer with input as but({"categories": ["family", "informant_identity"]})
	decided.categories == ["family"]
	{refusal.category | some refusal in decided.refusals} == {""}
}

test_what_another_owner_withholds if said(decided({"owner": "psyk"})) == "permit"

test_what_is_withheld_in_another_category if said(decided({"category": "health"})) == "permit"

test_what_is_not_withheld_any_more if said(decided({"valid_until": testing.now})) == "permit"

test_what_is_not_withheld_yet if said(decided({"valid_from": testing.now + 1})) == "permit"

test_about_somebody_who_agrees if said(third({"own_consent": true})) == "permit"

test_about_somebody_in_another_category if said(third({"category": "plan"})) == "permit"

test_about_somebody_whose_passage_is_struck if {
	decided := show_to_individual.answer with input as but(third({"marked": true}))
	testing.owed(decided) == {"strike_third_person"}
}

test_a_protected_individual_sees_their_own_with_banner if {
	decided := show_to_individual.answer with input as but({"person": testing.protected})
	testing.owed(decided) == {"protected_banner", "strike_location_fields"}
}

test_a_guardian_of_a_young_child if {
	decided := show_to_individual.answer with input as but(guarded)
	testing.grounds(decided) == {"guardian"}
}

test_a_young_childs_view_is_noted if said(object.union(guarded, {"disposal": {"objects": true}})) == "permit"

test_a_god_man_within_the_mandate if {
	decided := show_to_individual.answer with input as but({"caller": testing.acting, "mandates": [testing.god_man]})
	testing.grounds(decided) == {"representative"}
}

test_a_list_is_answered_in_its_order if {
	decided := show_to_individual.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
