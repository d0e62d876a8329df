package open_case_test

import data.lib.testing
import data.open_case

base := {
	"now": testing.now,
	"caller": testing.outsider,
	"person": testing.unprotected,
	"own_reference": true,
	"leading": "soc",
	"purpose": "sip",
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := open_case.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := open_case.answer with input as {}
	testing.said(decided) == "undecided"
}

test_weak_sign_in_sees_only_that if said({"caller": testing.weak}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": testing.stale}) == {"stale_login"}

test_a_log_reviewer_opens_no_case if said({"caller": {"roles": ["loggranskare"]}}) == {"not_allowed_role"}

test_a_samordningsforbund_opens_no_case if said({"caller": {"kind": "forbund"}}) == {"forbund_aggregates_only"}

test_one_whom_the_agency_has_not_registered if said({"own_reference": false}) == {"not_found"}

test_a_protected_individual_is_nobody_to_the_uncleared if said({"person": testing.protected}) == {"not_found"}

test_nobody_opens_a_case_on_a_relative if said({"caller": {"relation": "relative"}}) == {"own_gain"}

test_an_agency_leads_what_it_opens if said({"leading": "psyk"}) == {"not_leading"}

test_the_own_agency_opens if said({}) == "permit"

test_the_cleared_open_for_the_protected if {
	decided := open_case.answer with input as but({"person": testing.protected, "caller": testing.cleared})
	testing.owed(decided) == {"protected_banner", "strike_location_fields"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	said({"person": testing.protected, "caller": {"clearances": [testing.always], "carries_out": []}}) == {"obligation_unfulfillable"}
}

test_a_list_is_answered_in_its_order if {
	decided := open_case.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
