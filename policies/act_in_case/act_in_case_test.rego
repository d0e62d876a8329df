package act_in_case_test

import data.act_in_case
import data.lib.testing

base := {
	"now": testing.now,
	"caller": testing.lena,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"mandates": [],
	"act": "see_case",
	"open": true,
	"leading": true,
	"own_agency_party": true,
	"subject_agency": "soc",
	"subject_relation": "none",
	"subject_named": true,
	"item_state": "none",
	"item_author": "none",
	"receiver_named": false,
	"reason_given": true,
	"manual": [],
	"manual_owner_kind": "individual",
	"manual_owner_regime": "none",
	"manual_receiver_kind": "individual",
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := act_in_case.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := act_in_case.answer with input as {}
	testing.said(decided) == "undecided"
}

guarded := {"caller": testing.acting, "disposal": testing.child, "mandates": [testing.guardian]}

chef := object.union(testing.outsider, {"roles": ["chef"]})

test_weak_sign_in_sees_only_that if said({"caller": testing.weak}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": testing.stale}) == {"stale_login"}

test_off_the_team_there_is_nothing_here if said({"caller": testing.outsider}) == {"not_found"}

test_a_protected_individual_is_nobody_to_the_uncleared if said({"person": testing.protected}) == {"not_found"}

test_another_individual_finds_nothing if said({"caller": object.union(testing.kajsa, {"own": false})}) == {"not_found"}

test_a_guardian_does_not_find_a_protected_child if {
	said(object.union(guarded, {"person": testing.protected})) == {"not_found"}
}

test_a_god_man_for_property_finds_no_case if {
	economy := object.union(testing.god_man, {"scopes": ["economy"]})
	said({"caller": testing.acting, "mandates": [economy]}) == {"not_found"}
}

test_identities_are_never_linked if {
	every act in ["merge_identities", "link_identities", "search_former_identity", "mark_fictitious_identity"] {
		said({"act": act}) == {"linkage_forbidden", "not_allowed_action"}
	}
}

test_the_log_is_append_only if said({"act": "delete_log_entry"}) == {"log_is_append_only", "not_allowed_action"}

test_a_samordningsforbund_acts_on_nobody if said({"caller": {"kind": "forbund"}}) == {"forbund_aggregates_only"}

test_the_steering_group_acts_on_nobody if said({"caller": {"roles": ["styrgrupp"]}}) == {"steering_aggregates_only"}

test_a_role_that_does_not_do_this if said({"caller": {"roles": ["loggranskare"]}}) == {"not_allowed_role"}

test_the_individual_closes_no_case if {
	said({"caller": testing.kajsa, "act": "close_case"}) == {"not_allowed_role"}
}

test_nobody_adds_to_a_team_for_their_own_gain if {
	said({"act": "add_to_team", "subject_relation": "self"}) == {"own_gain"}
}

test_nobody_acts_on_a_relative if said({"caller": {"relation": "relative"}}) == {"not_allowed_role", "own_gain"}

test_in_a_closed_case_nothing_is_written if said({"act": "write_note", "open": false}) == {"case_closed"}

test_the_leading_agency_closes if said({"act": "close_case", "leading": false}) == {"not_leading"}

test_another_agencys_team if {
	said({"act": "add_to_team", "subject_agency": "psyk"}) == {"not_own_agency", "not_owner_official"}
}

test_another_agency_answers_no_question_of_ours if {
	every act in ["read_inquiry", "answer_inquiry", "withdraw_inquiry"] {
		said({"act": act, "subject_agency": "psyk"}) == {"not_own_agency", "not_owner_official"}
	}
}

test_a_system_answers_nothing_by_hand if {
	said({"act": "answer_inquiry", "caller": {"door": "client", "roles": ["system"]}}) == {"not_allowed_role"}
}

test_a_system_asks_takes_back_and_reads_a_question_for_its_team if {
	every act in ["ask_inquiry", "withdraw_inquiry", "read_inquiry"] {
		said({"act": act, "caller": {"door": "client", "roles": ["system"]}}) == "permit"
	}
}

test_in_a_closed_case_nothing_is_asked_or_answered if {
	every act in ["ask_inquiry", "answer_inquiry"] {
		said({"act": act, "open": false}) == {"case_closed"}
	}
}

test_the_team_asks_and_answers_by_hand if {
	every act in ["ask_inquiry", "withdraw_inquiry", "read_inquiry", "answer_inquiry"] {
		said({"act": act}) == "permit"
	}
}

test_a_lift_without_evidence_is_none if {
	said({"act": "record_lift", "reason_given": false}) == {"record_reason"}
}

test_another_owners_exclusion_is_not_ours_to_lift if {
	said({"act": "record_lift", "subject_agency": "psyk"}) == {"not_own_agency", "not_owner_official"}
}

test_nobody_lifts_for_a_relative if {
	said({"act": "record_lift", "caller": {"relation": "relative"}}) == {"not_allowed_role", "own_gain"}
}

test_in_a_closed_case_nothing_is_lifted if {
	said({"act": "record_lift", "open": false}) == {"case_closed"}
}

test_the_team_writes_down_a_lift if said({"act": "record_lift"}) == "permit"

test_opening_again_has_a_reason if said({"act": "reopen_case", "reason_given": false}) == {"record_reason"}

test_nothing_is_sent_before_somebody_is_named if {
	said({"act": "send_assignment", "person": testing.protected, "caller": testing.cleared}) == {"receiver_not_named"}
}

test_a_draft_is_its_authors if {
	said({"act": "read_draft", "item_state": "draft", "item_author": "individual"}) == {"proposal_is_draft"}
}

test_what_is_upprattad_is_not_changed if {
	said({"act": "edit_note", "item_state": "upprattad", "item_author": "caller"}) == {"proposal_is_draft"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	caller := object.union(testing.cleared, {"carries_out": []})
	said({"person": testing.protected, "caller": caller}) == {"obligation_unfulfillable"}
}

test_a_handler_does_not_lower_protection if said({"act": "lower_protection"}) == {"not_allowed_role"}

test_the_team_sees if said({}) == "permit"

test_a_partner_system_acts_for_its_team if said({"caller": {"door": "client", "roles": ["system"]}}) == "permit"

test_the_individual_sees_their_case if said({"caller": testing.kajsa}) == "permit"

test_a_guardian_of_a_young_child_sees if said(guarded) == "permit"

test_the_individual_reads_their_own_draft if {
	said({
		"caller": testing.kajsa,
		"act": "read_draft",
		"item_state": "draft",
		"item_author": "individual",
	}) == "permit"
}

test_what_is_sent_is_read if said({"act": "read_draft", "item_state": "sent", "item_author": "colleague"}) == "permit"

test_an_author_changes_what_is_not_upprattad if {
	said({"act": "edit_note", "item_state": "draft", "item_author": "caller"}) == "permit"
}

test_a_manager_beside_the_team_adds if said({"act": "add_to_team", "caller": chef}) == "permit"

test_a_manager_of_no_party_finds_nothing if {
	said({"act": "add_to_team", "caller": chef, "own_agency_party": false}) == {"not_found"}
}

test_raising_protection_tells_and_scrubs if {
	decided := act_in_case.answer with input as but({"act": "raise_protection", "open": false})
	testing.owed(decided) == {"reissue_links", "scrub_copies", "tell_parties"}
}

test_the_receiver_is_told_of_the_protection if {
	decided := act_in_case.answer with input as but({
		"act": "send_assignment",
		"person": testing.protected,
		"caller": testing.cleared,
		"receiver_named": true,
	})
	"tell_receiver_of_protection" in testing.owed(decided)
}

test_to_send_on_the_unprotected_nobody_need_be_named if said({"act": "send_assignment"}) == "permit"

test_a_list_is_answered_in_its_order if {
	decided := act_in_case.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
