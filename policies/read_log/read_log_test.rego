package read_log_test

import data.lib.testing
import data.read_log

base := {
	"now": testing.now,
	"caller": testing.kajsa,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"mandates": [],
	"entries_of": "individual",
	"agency": "*",
	"export_to": "none",
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := read_log.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := read_log.answer with input as {}
	testing.said(decided) == "undecided"
}

reviewer := {"caller": object.union(testing.outsider, {"roles": ["loggranskare"]}), "agency": "soc"}

guarded := {"caller": testing.acting, "disposal": testing.child, "mandates": [testing.guardian]}

test_weak_sign_in_sees_only_that if said({"caller": {"sign_in": {"level": 2}}}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": {"sign_in": {"at": 0}}}) == {"stale_login"}

test_another_individual_finds_nothing if said({"caller": {"own": false}}) == {"not_found"}

test_a_handler_is_no_reviewer if said({"caller": testing.lena}) == {"not_allowed_role"}

test_a_reviewer_of_another_agency if said(object.union(reviewer, {"agency": "psyk"})) == {"not_own_agency"}

test_a_reviewer_who_is_not_cleared if said(object.union(reviewer, {"person": testing.protected})) == {"not_found"}

test_a_reviewer_on_a_relative if {
	said(object.union(reviewer, {"caller": object.union(reviewer.caller, {"relation": "relative"})})) == {"own_gain"}
}

test_a_guardian_does_not_find_a_protected_child if {
	said(object.union(guarded, {"person": testing.protected})) == {"not_found"}
}

test_a_parent_of_an_adult if {
	said(object.union(guarded, {"disposal": testing.adult})) == {"not_own_log", "representative_expired"}
}

test_outside_the_mandate if {
	economy := object.union(testing.god_man, {"scopes": ["economy"]})
	said({"caller": testing.acting, "mandates": [economy]}) == {"not_own_log", "representative_out_of_scope"}
}

test_a_log_is_not_sent_away if said({"export_to": "other"}) == {"unsafe_channel"}

test_a_protected_individuals_log_is_not_taken_out if {
	said({"person": testing.protected, "export_to": "self"}) == {"unsafe_channel"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	said({"person": testing.protected, "caller": {"carries_out": []}}) == {"obligation_unfulfillable"}
}

test_the_individual_reads_all_of_it if said({}) == "permit"

test_the_individual_takes_an_extract if said({"export_to": "self"}) == "permit"

test_a_protected_individual_reads_their_own if {
	decided := read_log.answer with input as but({"person": testing.protected})
	"protected_banner" in testing.owed(decided)
}

test_a_guardian_of_a_young_child if said(guarded) == "permit"

test_a_god_man_within_the_mandate if said({"caller": testing.acting, "mandates": [testing.god_man]}) == "permit"

test_a_reviewer_of_the_own_agency if said(reviewer) == "permit"

test_a_reviewer_of_what_the_agency_has_done if {
	said(object.union(reviewer, {"entries_of": "agency", "person": testing.absent})) == "permit"
}

test_a_list_is_answered_in_its_order if {
	decided := read_log.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
