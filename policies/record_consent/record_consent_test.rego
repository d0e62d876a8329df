package record_consent_test

import data.lib.testing
import data.record_consent

line := {
	"owner": "psyk",
	"owner_kind": "region_psykiatri",
	"receiver": "soc",
	"receiver_kind": "socialtjanst",
	"category": "plan",
	"purpose": "sip",
	"valid_from": testing.now,
	"valid_until": testing.now + 1000,
}

base := {
	"now": testing.now,
	"caller": testing.lena,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"mandates": [],
	"kinds": ["secrecy"],
	"lines": [line],
	"given_by": "self",
	"with_minor": false,
	"given_at": testing.now,
	"form": "paper",
	"documented": true,
	"witnessed": true,
	"specific": true,
	"text_version": "t1",
	"language": "sv",
	"exclusions_asked": true,
	"insats": "",
	"text_changed": false,
}

but(patch) := object.union(base, patch)

said(patch) := code if {
	decided := record_consent.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := record_consent.answer with input as {}
	testing.said(decided) == "undecided"
}

lines(patch) := {"lines": [object.union(line, patch)]}

sus := {
	"kinds": ["sus"],
	"insats": "insats-1",
	"lines": [object.union(line, {
		"owner": "af",
		"owner_kind": "af",
		"receiver": "sus",
		"receiver_kind": "sus",
		"category": "sus_registration",
		"purpose": "sus",
	})],
}

test_weak_sign_in_sees_only_that if said({"caller": testing.weak}) == {"weak_login"}

test_a_new_sign_in_comes_before if said({"caller": {"sign_in": {"at": testing.now - 901}}}) == {"stale_login"}

test_off_the_team_there_is_nothing_here if said({"caller": testing.outsider}) == {"not_found"}

test_a_protected_individual_is_nobody_to_the_uncleared if said({"person": testing.protected}) == {"not_found"}

test_another_individual_finds_nothing if {
	said({"caller": object.union(testing.kajsa, {"own": false}), "form": "digital"}) == {"not_found"}
}

test_the_individual_is_told_what_the_draft_lacks if {
	said({"caller": testing.kajsa, "form": "digital", "text_version": ""}) == {"missing_text"}
}

test_a_guardian_is_told_what_the_draft_lacks if {
	said({
		"caller": testing.acting,
		"form": "digital",
		"disposal": testing.child,
		"mandates": [testing.guardian],
		"given_by": "m",
		"text_version": "",
	}) == {"missing_text"}
}

test_a_log_reviewer_records_nothing if said({"caller": {"roles": ["loggranskare"]}}) == {"not_allowed_role"}

test_nobody_records_for_a_relative if said({"caller": {"relation": "relative"}}) == {"not_allowed_role", "own_gain"}

test_staff_do_not_give_it_digitally if said({"form": "digital"}) == {"not_allowed_role"}

test_something_shows_that_it_was_given if said({"documented": false}) == {"missing_evidence"}

test_oral_is_said_before_somebody if said({"form": "oral", "witnessed": false}) == {"undocumented_oral"}

test_it_is_not_from_before_it_was_given if said(lines({"valid_from": testing.now - 1})) == {"backdated"}

test_it_is_not_given_tomorrow if "backdated" in said({"given_at": testing.now + 1})

test_the_text_is_kept if said({"text_version": ""}) == {"missing_text"}

test_the_language_is_kept if said({"language": ""}) == {"missing_text"}

test_exclusions_are_asked_for if said({"exclusions_asked": false}) == {"exclusions_not_asked"}

test_three_consents_are_never_one_tick if said({"kinds": ["plan", "secrecy"]}) == {"bundled_consent"}

test_no_blanket_consent if said({"specific": false}) == {"blanket_consent"}

test_everything_is_too_wide if said(lines({"category": "*"})) == {"blanket_consent"}

test_a_draft_without_lines if {
	said({"lines": []}) == {"missing_category", "missing_owner", "missing_receiver"}
}

test_from_whom if said(lines({"owner": "", "owner_kind": ""})) == {"missing_owner"}

test_to_whom if said(lines({"receiver": "", "receiver_kind": ""})) == {"missing_receiver"}

test_what if said(lines({"category": ""})) == {"missing_category"}

test_for_what if said(lines({"purpose": ""})) == {"missing_purpose"}

test_an_unknown_category_covers_nothing if said(lines({"category": "secrets"})) == {"unknown_category"}

test_an_unknown_purpose_covers_nothing if said(lines({"purpose": "fun"})) == {"unknown_category"}

test_without_an_end if said(lines({"valid_until": testing.far})) == {"no_end_date"}

test_an_empty_period if said(lines({"valid_until": testing.now})) == {"end_before_start"}

test_none_opens_to_a_samordningsforbund if said(lines({"receiver_kind": "forbund"})) == {"forbund_aggregates_only"}

test_none_opens_from_a_samordningsforbund if said(lines({"owner_kind": "forbund"})) == {"forbund_no_case_data"}

test_no_such_owner if said(lines({"owner_kind": "employer"})) == {"owner_not_covered"}

test_no_such_receiver if said(lines({"receiver_kind": "individual"})) == {"receiver_not_covered"}

test_a_secrecy_consent_registers_nothing_in_sus if {
	said(object.union(sus, {"kinds": ["secrecy"]})) == {"wrong_consent_kind"}
}

test_a_secrecy_consent_names_no_register if {
	"receiver_not_covered" in said(lines({"receiver_kind": ""}))
	"wrong_consent_kind" in said(lines({"receiver": "sus"}))
}

test_sus_is_written if said(object.union(sus, {"form": "assisted"})) == {"sus_must_be_written"}

test_the_sus_form_is_not_changed if {
	said(object.union(sus, {"text_changed": true})) == {"sus_text_changed"}
}

test_sus_is_for_one_insats if said(object.union(sus, {"insats": ""})) == {"consent_other_insats"}

test_one_who_cannot_consent if {
	said({"disposal": {"can_consent": false}}) == {"cannot_consent", "given_by_wrong_person"}
}

test_against_the_individuals_will if {
	said({"disposal": {"objects": true}}) == {"given_by_wrong_person", "individual_objects"}
}

test_a_relative_gives_nothing if said({"given_by": "relative"}) == {"given_by_wrong_person"}

test_a_child_does_not_dispose_alone if said({"disposal": testing.child}) == {"given_by_wrong_person"}

test_a_guardian_does_not_dispose_for_a_young_person if {
	found := said({"disposal": testing.young, "mandates": [testing.guardian], "given_by": "m"})
	found == {"given_by_wrong_person", "minor_needs_own_consent"}
}

test_a_mature_childs_no_is_respected if {
	disposal := object.union(testing.child, {"mature": true, "objects": true})
	found := said({"disposal": disposal, "mandates": [testing.guardian], "given_by": "m"})
	found == {"given_by_wrong_person", "minor_objects"}
}

test_harm_to_the_child if {
	found := said({
		"disposal": object.union(testing.child, {"harm": true}),
		"mandates": [testing.guardian],
		"given_by": "m",
	})
	found == {"given_by_wrong_person", "harm_to_minor"}
}

test_a_threat_disposes_of_nothing if {
	found := said({
		"disposal": testing.child,
		"mandates": [object.union(testing.guardian, {"risk": "unknown"})],
		"given_by": "m",
	})
	found == {"given_by_wrong_person", "guardian_is_threat"}
}

test_a_mandate_that_is_over if {
	found := said({
		"disposal": {"can_consent": false},
		"mandates": [object.union(testing.god_man, {"valid_until": testing.now})],
		"given_by": "m",
	})
	found == {"given_by_wrong_person", "representative_expired"}
}

test_outside_the_mandate if {
	found := said({
		"disposal": {"can_consent": false},
		"mandates": [object.union(testing.god_man, {"scopes": ["economy"]})],
		"given_by": "m",
	})
	found == {"given_by_wrong_person", "representative_out_of_scope"}
}

test_a_god_man_against_the_individuals_will if {
	found := said({
		"disposal": {"can_consent": false, "objects": true},
		"mandates": [testing.god_man],
		"given_by": "m",
	})
	found == {"given_by_wrong_person", "individual_objects"}
}

test_a_god_man_does_not_replace_ones_own_will if {
	said({"mandates": [testing.god_man], "given_by": "m"}) == {"given_by_wrong_person"}
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	caller := object.union(testing.cleared, {"carries_out": []})
	said({"person": testing.protected, "caller": caller}) == {"obligation_unfulfillable"}
}

test_staff_record_what_was_signed if said({}) == "permit"

test_staff_record_what_was_said_before_somebody if said({"form": "oral"}) == "permit"

test_the_cleared_record_for_the_protected if {
	decided := record_consent.answer with input as but({"person": testing.protected, "caller": testing.cleared})
	"protected_banner" in testing.owed(decided)
}

test_to_the_plan if said({"kinds": ["plan"]}) == "permit"

test_to_the_plan_outside_the_matrix if {
	said(object.union(lines({"receiver_kind": "relative"}), {"kinds": ["plan"]})) == "permit"
}

test_to_sus if said(sus) == "permit"

test_the_individual_gives_it if said({"caller": testing.kajsa, "form": "digital"}) == "permit"

test_a_protected_individual_gives_it if {
	said({"caller": testing.kajsa, "form": "digital", "person": testing.protected}) == "permit"
}

test_a_guardian_gives_it_for_a_young_child if {
	said({
		"caller": testing.acting,
		"form": "digital",
		"disposal": testing.child,
		"mandates": [testing.guardian],
		"given_by": "m",
	}) == "permit"
}

test_a_god_man_gives_it_for_one_who_cannot if {
	said({"disposal": {"can_consent": false}, "mandates": [testing.god_man], "given_by": "m"}) == "permit"
}

test_a_young_person_gives_it if said({"disposal": testing.young}) == "permit"

test_a_young_person_takes_part if {
	said({
		"disposal": testing.young,
		"mandates": [testing.guardian],
		"given_by": "m",
		"with_minor": true,
	}) == "permit"
}

test_a_list_is_answered_in_its_order if {
	decided := record_consent.answers with input as [base, {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
