package clear_protected_test

import data.clear_protected
import data.lib.testing

base := {
	"now": testing.now,
	"caller": object.union(testing.cleared, {"roles": ["chef"], "team": []}),
	"person": testing.protected,
	"grantee_agency": "soc",
	"grantee_roles": ["handlaggare"],
	"grantee_named": true,
	"grantee_is_caller": false,
	"grantee_relation": "none",
	"one_individual": true,
	"reason_given": true,
	"valid_from": testing.now,
	"valid_until": testing.now + 1000,
	"none_cleared": false,
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := clear_protected.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := clear_protected.answer with input as {}
	testing.said(decided) == "undecided"
}

test_weak_sign_in_sees_only_that if said({"caller": {"sign_in": {"level": 2}}}) == {"weak_login"}

test_a_new_sign_in_comes_before if said({"caller": {"sign_in": {"at": testing.now - 901}}}) == {"stale_login"}

test_a_handler_clears_nobody if said({"caller": {"roles": ["handlaggare"]}}) == {"not_manager"}

test_another_agencys_staff if said({"grantee_agency": "psyk"}) == {"not_own_agency"}

test_a_unit_is_not_cleared if said({"grantee_named": false}) == {"not_named"}

test_nobody_clears_themselves if said({"grantee_is_caller": true}) == {"self_clearance"}

test_the_steering_group_is_not_cleared if {
	said({"grantee_roles": ["styrgrupp"]}) == {"not_allowed_role", "steering_aggregates_only"}
}

test_a_clearance_is_for_one_individual if said({"one_individual": false}) == {"clearance_not_person_specific"}

test_a_clearance_has_a_reason if said({"reason_given": false}) == {"record_reason"}

test_a_clearance_has_an_end if said({"valid_until": testing.far}) == {"end_missing"}

test_a_manager_who_is_not_cleared_finds_nothing if said({"caller": {"clearances": []}}) == {"not_found"}

test_nobody_clears_on_a_relative if said({"caller": {"relation": "relative"}}) == {"own_gain"}

test_a_relative_of_the_individual_is_not_cleared if said({"grantee_relation": "relative"}) == {"own_gain"}

test_a_cleared_manager_names_a_handler if {
	decided := clear_protected.answer with input as base
	decided.outcome == "permit"
	"record_reason" in testing.owed(decided)
}

test_a_manager_names_the_first if said({"caller": {"clearances": []}, "none_cleared": true}) == "permit"

test_a_banner_that_cannot_be_shown_is_a_no if {
	said({"caller": {"carries_out": []}}) == {"obligation_unfulfillable"}
}

test_a_list_is_answered_in_its_order if {
	decided := clear_protected.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
