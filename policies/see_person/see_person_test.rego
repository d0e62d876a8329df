package see_person_test

import data.lib.testing
import data.see_person

base := {
	"now": testing.now,
	"caller": testing.lena,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"mandates": [],
	"own_reference": false,
	"by": "reference",
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := see_person.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := see_person.answer with input as {}
	testing.said(decided) == "undecided"
}

test_an_outsider_finds_nothing if said({"caller": testing.outsider}) == {"not_found"}

test_absent_is_the_same_as_not_yours if {
	absent := see_person.answer with input as but({"person": testing.absent})
	not_yours := see_person.answer with input as but({"caller": testing.outsider})
	absent == not_yours
	testing.owed(absent) == {"same_answer_as_absent"}
}

test_protected_is_the_same_as_absent if said({"person": testing.protected}) == {"not_found"}

test_protected_is_the_same_as_absent_on_the_own_agencys_reference if {
	said({"person": testing.protected, "own_reference": true, "caller": testing.outsider}) == {"not_found"}
}

test_weak_sign_in_sees_only_that if said({"caller": testing.weak}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": testing.stale}) == {"stale_login"}

test_nobody_searches_by_name if said({"by": "name"}) == {"not_found"}

test_a_former_number_leads_nowhere if said({"by": "former_number"}) == {"linkage_forbidden", "not_found"}

test_protected_is_in_no_list if {
	said({"person": testing.protected, "caller": testing.cleared, "by": "list"}) == {"not_found"}
}

test_a_samordningsforbund_finds_nobody if {
	said({"caller": {"kind": "forbund"}}) == {"forbund_aggregates_only", "not_found"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	caller := object.union(testing.cleared, {"carries_out": []})
	said({"person": testing.protected, "caller": caller}) == {"not_found"}
}

test_a_guardian_does_not_find_a_protected_child if {
	said({
		"caller": testing.acting,
		"person": testing.protected,
		"disposal": testing.child,
		"mandates": [testing.guardian],
	}) == {"not_found"}
}

test_the_team_sees if said({}) == "permit"

test_a_list_holds_the_unprotected if said({"by": "list"}) == "permit"

test_the_cleared_see_the_protected_with_banner if {
	decided := see_person.answer with input as but({"person": testing.protected, "caller": testing.cleared})
	decided.outcome == "permit"
	testing.owed(decided) == {"protected_banner", "strike_location_fields"}
}

test_a_named_handler_keeps_the_provisionally_protected if {
	said({
		"person": object.union(testing.protected, {"provisional_until": testing.now + 1}),
		"caller": {"named_handler": true},
	}) == "permit"
}

test_the_own_agencys_reference_opens_for_colleagues if {
	decided := see_person.answer with input as but({"own_reference": true, "caller": testing.outsider})
	testing.grounds(decided) == {"own_reference"}
}

test_the_own_agencys_reference_opens_for_the_cleared if {
	said({
		"own_reference": true,
		"person": testing.protected,
		"caller": object.union(testing.cleared, {"team": []}),
	}) == "permit"
}

test_a_partner_system_sees_what_its_team_sees if {
	said({"caller": {"door": "client", "roles": ["system"]}}) == "permit"
}

test_the_individual_is_known_to_the_individual if {
	decided := see_person.answer with input as but({"caller": testing.kajsa})
	testing.grounds(decided) == {"own_data"}
}

test_a_protected_individual_is_known_to_the_individual if {
	said({"caller": testing.kajsa, "person": testing.protected}) == "permit"
}

test_a_representative_sees_whom_they_act_for if {
	decided := see_person.answer with input as but({
		"caller": testing.acting,
		"disposal": testing.child,
		"mandates": [testing.guardian],
	})
	testing.grounds(decided) == {"representative"}
}

test_a_list_is_answered_in_its_order if {
	decided := see_person.answers with input as [base, but({"person": testing.absent}), {}]
	[each.outcome | some each in decided] == ["permit", "deny", "undecided"]
}
