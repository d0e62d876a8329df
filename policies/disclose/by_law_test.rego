package disclose_test

import data.lib.testing

duty(patch) := object.union(
	{
		"owner": {"agency": "fk", "kind": "fk", "regime": "OSL 28:1"},
		"receiver": {"necessary": ["benefit_amount"]},
		"categories": [],
		"items": ["benefit_amount"],
		"purpose": "ekonomiskt_bistand",
		"claimed": "SoL 15:10",
		"lines": [],
	},
	patch,
)

current(patch) := object.union(
	{
		"owner": {"agency": "aldre", "kind": "socialtjanst", "authority": "kommun", "regime": "OSL 26:1"},
		"receiver": {"necessary": ["is_current"]},
		"categories": [],
		"items": ["is_current"],
		"purpose": "boendestod",
		"claimed": "SoL 15:8",
		"lines": [],
	},
	patch,
)

by_hand(patch) := {"lines": [], "claimed": patch.paragraph, "decisions": [object.union(
	{
		"ref": "entry",
		"owner": "psyk",
		"receiver": "soc",
		"categories": ["plan"],
		"conditions": ["necessary_for_care", "under_18"],
		"reasoned": true,
	},
	object.union(testing.always, patch),
)]}

supplied(patch) := object.union(
	{
		"owner": {"agency": "af", "kind": "af", "regime": "OSL 28:11"},
		"receiver": {"kind": "af_supplier"},
		"caller": {"kind": "af_supplier"},
		"claimed": "OSL 28:12 a",
		"supplier_needs": ["plan"],
		"lines": [],
	},
	patch,
)

test_a_made_up_paragraph if said({"lines": [], "claimed": "OSL 99:9"}) == {"ground_not_known", "no_consent"}

test_10_27_is_never_automatic if {
	found := said(duty({"categories": ["benefits"], "items": [], "claimed": "OSL 10:27"}))
	found == {"never_automatic_10_27", "no_consent", "owner_must_decide"}
}

test_10_27_does_not_reach_health_care if {
	found := said({"lines": [], "claimed": "OSL 10:27"})
	found == {
		"ground_not_for_receiver",
		"ground_not_for_this_secrecy",
		"never_automatic_10_27",
		"no_consent",
		"owner_must_decide",
	}
}

test_an_item_that_the_law_does_not_name if {
	answer := decided(duty({"items": ["meeting_notes"], "receiver": {"necessary": ["meeting_notes"]}}))
	testing.said(answer) == {"item_not_listed", "no_consent"}
}

test_a_duty_of_another if {
	found := said(duty({"owner": {"agency": "psyk", "kind": "region_psykiatri", "regime": "OSL 25:1"}}))
	found == {"ground_not_for_receiver", "no_consent"}
}

test_a_duty_for_a_purpose_that_is_not_approved if {
	found := said(duty({"purpose": "sip"}))
	found == {"ground_condition_missing", "no_consent", "rule_not_approved", "wrong_purpose"}
}

test_a_duty_that_is_not_approved if {
	found := said(duty({"owner": {"agency": "fk", "kind": "fk", "regime": "OSL 28:1", "approvals": []}}))
	found == {"ground_condition_missing", "no_consent", "rule_not_approved", "wrong_purpose"}
}

test_a_duty_towards_one_without_a_case if {
	found := said(duty({"receiver": {"case_open": false, "necessary": ["benefit_amount"]}}))
	found == {"no_consent", "receiver_has_no_case"}
}

test_an_item_without_a_stated_ground if said(duty({"claimed": ""})) == {"no_consent", "no_ground"}

test_15_8_within_one_kommun if {
	found := said(current({"receiver": {"authority": "another", "necessary": ["is_current"]}}))
	found == {"ground_not_for_receiver", "no_consent"}
}

test_a_decision_without_reasons if {
	found := said(by_hand({"paragraph": "OSL 25:12", "reasoned": false}))
	found == {"never_automatic", "no_consent", "owner_must_decide", "undocumented_decision"}
}

test_a_decision_without_its_conditions if {
	found := said(by_hand({"paragraph": "OSL 25:12", "conditions": ["under_18"]}))
	found == {"ground_condition_missing", "never_automatic", "no_consent", "owner_must_decide"}
}

test_a_decision_that_needs_one_of_several if {
	"ground_condition_missing" in said(by_hand({"paragraph": "OSL 25:12", "conditions": ["necessary_for_care"]}))
}

test_a_supplier_that_does_not_need_it if {
	said(supplied({"supplier_needs": []})) == {"ground_condition_missing", "no_consent"}
}

test_one_who_is_no_supplier if {
	found := said(supplied({"receiver": {"kind": "socialtjanst"}, "caller": {"kind": "socialtjanst"}}))
	found == {"ground_condition_missing", "ground_not_for_receiver", "no_consent"}
}

test_a_supplier_without_approval if {
	owner := {"agency": "af", "kind": "af", "regime": "OSL 28:11", "approvals": []}
	said(supplied({"owner": owner})) == {"ground_condition_missing", "no_consent", "rule_not_approved"}
}

test_the_question_itself_needs_ground if {
	found := said({
		"direction": "question",
		"caller": {"agency": "psyk", "kind": "region_psykiatri"},
		"categories": ["party"],
	})
	found == {"category_not_covered", "question_not_covered"}
}

test_a_right_to_ask_is_for_the_items_named_there if {
	found := said(asked({"items": ["meeting_notes"]}))
	"question_not_covered" in found
}

asked(patch) := object.union(
	{
		"direction": "question",
		"owner": {"agency": "soc", "kind": "socialtjanst", "authority": "kommun", "regime": "OSL 26:1"},
		"receiver": {"agency": "fk", "kind": "fk", "authority": "fk"},
		"categories": ["party"],
		"items": ["benefit_amount"],
		"purpose": "ekonomiskt_bistand",
		"claimed": "SoL 15:10",
		"lines": [],
	},
	patch,
)

test_a_duty_opens_what_it_names if {
	answer := decided(duty({}))
	answer.categories == ["benefit_amount"]
	testing.grounds(answer) == {"SoL 15:10"}
}

test_a_duty_is_not_stopped_by_a_block if said(object.union(duty({}), stop({"owner": "*", "receiver": "*", "category": "*"}))) == "permit"

test_is_current_within_one_kommun if said(current({})) == "permit"

test_a_right_to_ask_opens_the_question if testing.grounds(decided(asked({}))) == {"SoL 15:10"}

test_a_right_to_ask_over_ssbtek if said(asked({"road": "ssbtek"})) == "permit"

test_the_question_on_a_line_about_party if {
	said({
		"direction": "question",
		"caller": {"agency": "psyk", "kind": "region_psykiatri"},
		"categories": ["party"],
		"lines": [object.union(line, {"category": "party"})],
	}) == "permit"
}

test_the_receiver_is_told_of_the_protection if {
	answer := decided(object.union(asked({}), cleared))
	"tell_receiver_of_protection" in testing.owed(answer)
}

test_a_decision_by_hand_opens if {
	answer := decided(by_hand({"paragraph": "OSL 25:12"}))
	{[ground.ground, ground.ref] | some ground in answer.grounds} == {["OSL 25:12", "entry"]}
}

test_a_decision_without_conditions_to_meet if {
	said(object.union(by_hand({"paragraph": "OSL 10:2", "conditions": []}), {"claimed": ""})) == "permit"
}

test_10_15_a_is_outside_the_hub if {
	"never_automatic_10_15a" in said(object.union(by_hand({"paragraph": "OSL 10:15 a"}), {"owner": {"kind": "fk", "regime": "OSL 28:1"}}))
}

test_a_supplier_gets_what_the_contract_needs if testing.grounds(decided(supplied({}))) == {"OSL 28:12 a"}

test_a_decision_by_hand_opens_no_more_than_it_says if {
	answer := decided(object.union(by_hand({"paragraph": "OSL 25:12"}), {"categories": ["meeting", "plan"]}))
	answer.categories == ["plan"]
	{refusal.code | some refusal in answer.refusals} == {"no_consent"}
}
