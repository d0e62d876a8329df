package disclose_test

import data.lib.testing

lines(patch) := {"lines": [object.union(line, patch)]}

stop(patch) := {"stops": [object.union(
	{"id": "s1", "block": false, "owner": "psyk", "receiver": "soc", "category": "plan"},
	object.union(testing.always, patch),
)]}

third(patch) := {"third_persons": [object.union({"category": "plan", "own_consent": false, "marked": false}, patch)]}

sensitive(receiver) := {
	"receiver": object.union({"kind": "af"}, receiver),
	"caller": {"kind": "af"},
	"categories": ["mental_health"],
	"lines": [object.union(line, {"category": "mental_health"})],
}

test_without_a_line if said({"lines": []}) == {"no_consent"}

test_a_category_that_no_line_names if said({"categories": ["meeting"]}) == {"category_not_covered"}

test_a_line_for_another_owner if said(lines({"owner": "fk"})) == {"no_consent"}

test_a_line_for_another_receiver if said(lines({"receiver": "fk"})) == {"no_consent"}

test_a_plan_consent_lifts_no_secrecy if said(lines({"kind": "plan"})) == {"no_consent", "wrong_consent_kind"}

test_before_it_begins if said(lines({"valid_from": testing.now + 1})) == {"consent_not_yet_valid"}

test_before_it_is_given if said(lines({"given_at": testing.now + 1})) == {"consent_not_yet_valid"}

test_when_it_is_over if said(lines({"valid_until": testing.now})) == {"consent_expired"}

test_the_instant_it_is_withdrawn if said(lines({"ended_at": testing.now})) == {"consent_withdrawn"}

test_without_an_end if said(lines({"valid_until": testing.far})) == {"no_end_date"}

test_for_another_purpose if said(lines({"purpose": "research"})) == {"wrong_purpose"}

test_evidence_that_the_owner_has_not_accepted if said(lines({"accepted": false})) == {"evidence_not_accepted"}

test_a_sensitive_child_is_named_for_itself if {
	found := said(object.union(lines({"category": "health"}), {"categories": ["trauma"]}))
	found == {"category_not_covered", "sensitive_child_not_named"}
}

test_a_stop_reads_as_not_covered if {
	said(stop({})) == {"category_not_covered"}
	said(stop({"block": true, "owner": "*", "receiver": "*", "category": "*"})) == {"category_not_covered"}
}

test_an_owner_who_has_not_approved if {
	said({"owner": {"approvals": [object.union({"code": "consent"}, testing.over)]}}) == {"rule_not_approved"}
}

test_secrecy_that_nobody_has_settled if {
	every regime in ["unset", "OSL 99:9"] {
		said({"owner": {"kind": "ame", "regime": regime}}) == {"ame_regime_unset"}
	}
}

test_about_somebody_else if said(third({})) == {"third_person"}

test_what_tells_the_place if {
	found := said(object.union(cleared, object.union(lines({"category": "address"}), {"categories": ["address"]})))
	found == {"location_withheld"}
}

test_sensitive_data_that_is_not_necessary if {
	said(sensitive({"necessary": []})) == {"register_limit_receiver"}
}

test_sensitive_data_without_a_case if {
	found := said(sensitive({"case_open": false, "necessary": ["mental_health"]}))
	found == {"receiver_has_no_case", "register_limit_receiver"}
}

test_day_notes_are_never_shared if {
	said(object.union(lines({"category": "day_notes"}), {"categories": ["day_notes"]})) == {"working_material"}
}

test_who_told_is_never_shared if {
	answer := decided(object.union(lines({"category": "informant_identity"}), {"categories": ["informant_identity"]}))
	testing.said(answer) == {"informant_protected"}
	{refusal.category | some refusal in answer.refusals} == {""}
}

test_what_was_said_separately_needs_its_own_yes if {
	found := said({"categories": ["follow_up_authority"]})
	found == {"category_not_covered", "separate_follow_up"}
}

test_a_parent_does_not_reach_down_outside_the_matrix if {
	found := said(object.union(lines({"category": "economy"}), {"receiver": {"kind": "school"}, "caller": {"kind": "school"}, "categories": ["debts"]}))
	found == {"category_not_covered"}
}

test_given_by_the_wrong_person if said(lines({"given_by": "staff"})) == {"given_by_wrong_person"}

test_given_by_one_who_cannot if {
	said({"disposal": {"can_consent": false}}) == {"cannot_consent", "given_by_wrong_person"}
}

test_given_on_a_mandate_that_was_over if {
	found := said(object.union(lines({"given_by": "m", "given_at": testing.now}), {
		"disposal": {"can_consent": false},
		"mandates": [object.union(testing.god_man, {"valid_until": testing.now})],
	}))
	found == {"given_by_wrong_person", "representative_expired"}
}

test_a_line_in_force_opens if {
	answer := decided({})
	answer.categories == ["plan"]
	{ground.ref | some ground in answer.grounds} == {"l1"}
}

test_each_category_for_itself if {
	answer := decided({"categories": ["meeting", "plan"]})
	answer.categories == ["plan"]
	{[refusal.code, refusal.category] | some refusal in answer.refusals} == {["category_not_covered", "meeting"]}
}

test_a_parent_reaches_a_child if {
	said(object.union(lines({"category": "economy"}), {"categories": ["debts"]})) == "permit"
}

test_outside_the_matrix_what_is_named if said({"receiver": {"kind": "school"}, "caller": {"kind": "school"}}) == "permit"

test_a_lifted_stop if said(stop({"valid_until": testing.now})) == "permit"

test_a_stop_that_is_not_set_yet if said(stop({"valid_from": testing.now + 1})) == "permit"

test_a_stop_at_another_owner if said(stop({"owner": "fk"})) == "permit"

test_a_stop_towards_another_receiver if said(stop({"receiver": "fk"})) == "permit"

test_a_stop_of_another_category if said(stop({"category": "meeting"})) == "permit"

test_a_stop_reaches_sensitive_children if {
	patch := object.union(lines({"category": "trauma"}), {"categories": ["trauma"]})
	said(object.union(patch, stop({"category": "health"}))) == {"category_not_covered"}
}

test_about_somebody_who_agrees if said(third({"own_consent": true})) == "permit"

test_about_somebody_in_another_category if said(third({"category": "family"})) == "permit"

test_about_somebody_whose_passage_is_struck if testing.owed(decided(third({"marked": true}))) == {"strike_third_person"}

test_sensitive_data_that_is_necessary if said(sensitive({"necessary": ["mental_health"]})) == "permit"

test_a_reservation_follows_to_a_private_receiver if {
	answer := decided(object.union(lines({"reserved": true}), {"receiver": {"kind": "private_provider"}, "caller": {"kind": "private_provider"}}))
	testing.owed(answer) == {"attach_reservation"}
}

test_an_item_on_a_line_for_its_category if {
	answer := decided(object.union(lines({"category": "work_ability"}), {"categories": [], "items": ["rehab_need"]}))
	answer.categories == ["rehab_need"]
}

test_given_on_a_mandate if {
	said(object.union(lines({"given_by": "m"}), {
		"disposal": {"can_consent": false},
		"mandates": [testing.god_man],
	})) == "permit"
}
