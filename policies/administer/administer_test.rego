package administer_test

import data.administer
import data.lib.testing

base := {
	"now": testing.now,
	"caller": object.union(testing.outsider, {"roles": ["administrator"]}),
	"act": "grant_assignment",
	"agency": "soc",
	"subject_is_caller": false,
	"roles": ["handlaggare"],
	"decided": false,
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := administer.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := administer.answer with input as {}
	testing.said(decided) == "undecided"
}

test_weak_sign_in_sees_only_that if said({"caller": {"sign_in": {"level": 2}}}) == {"weak_login"}

test_a_new_sign_in_comes_before if said({"caller": {"sign_in": {"at": testing.now - 901}}}) == {"stale_login"}

test_a_handler_administers_nothing if said({"caller": {"roles": ["handlaggare"]}}) == {"not_allowed_role"}

test_a_partner_system_administers_nothing if said({"caller": {"door": "client"}}) == {"not_allowed_role"}

test_another_agencys_administrator if said({"agency": "psyk"}) == {"not_own_agency"}

test_nobody_grants_themselves_anything if said({"subject_is_caller": true}) == {"own_gain"}

test_a_role_that_is_not_granted if said({"roles": ["system"]}) == {"not_allowed_role"}

test_a_rule_needs_the_agencys_decision if said({"act": "approve_rule"}) == {"decision_missing"}

test_only_the_administrator_sets_how_the_log_is_reviewed if {
	every role in ["loggranskare", "sekretessansvarig", "chef"] {
		said({"act": "set_log_review", "decided": true, "caller": {"roles": [role]}}) == {"not_allowed_role"}
	}
}

test_how_the_log_is_reviewed_needs_the_agencys_decision if said({"act": "set_log_review"}) == {"decision_missing"}

test_a_decided_plan_for_the_logs_review_is_set if said({"act": "set_log_review", "decided": true}) == "permit"

test_the_own_administrator_grants if said({}) == "permit"

test_a_decided_rule_is_approved if said({"act": "approve_rule", "decided": true}) == "permit"

test_what_grants_nothing_may_concern_oneself if said({"act": "end_assignment", "subject_is_caller": true}) == "permit"

test_a_list_is_answered_in_its_order if {
	decided := administer.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
