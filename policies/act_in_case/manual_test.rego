package act_in_case_test

import data.lib.testing

decision := object.union(testing.always, {
	"ref": "entry",
	"owner": "fk",
	"receiver": "af",
	"paragraph": "OSL 10:27",
	"categories": ["benefits"],
	"conditions": [],
	"reasoned": true,
})

recorded(patch, kinds) := object.union(
	{
		"caller": object.union(testing.lena, {"agency": "fk", "kind": "fk"}),
		"act": "record_manual_disclosure",
		"subject_agency": "fk",
		"manual": [object.union(decision, patch)],
		"manual_owner_kind": "fk",
		"manual_owner_regime": "OSL 28:1",
		"manual_receiver_kind": "af",
	},
	kinds,
)

care := {
	"manual_owner_kind": "region_psykiatri",
	"manual_owner_regime": "OSL 25:1",
	"manual_receiver_kind": "socialtjanst",
}

test_a_disclosure_by_hand_has_a_decision if said(recorded({}, {"manual": []})) == {"decision_missing"}

test_only_the_owners_official_decides if said(recorded({"owner": "af"}, {})) == {"not_owner_official"}

test_a_decision_shows_its_reasons if said(recorded({"reasoned": false}, {})) == {"undocumented_decision"}

test_10_27_does_not_reach_social_services if {
	found := said(recorded({}, {"manual_owner_kind": "socialtjanst", "manual_owner_regime": "OSL 26:1"}))
	found == {"ground_not_for_receiver", "ground_not_for_this_secrecy"}
}

test_10_27_does_not_open_to_an_employer if {
	said(recorded({}, {"manual_receiver_kind": "employer"})) == {"ground_not_for_receiver"}
}

test_25_12_needs_that_it_is_necessary if {
	found := said(recorded({"paragraph": "OSL 25:12", "conditions": ["under_18"]}, care))
	found == {"ground_condition_missing"}
}

test_25_12_needs_one_of_its_conditions if {
	found := said(recorded({"paragraph": "OSL 25:12", "conditions": ["necessary_for_care"]}, care))
	found == {"ground_condition_missing"}
}

test_a_made_up_paragraph if said(recorded({"paragraph": "OSL 99:9"}, {})) == {"ground_not_known"}

test_a_duty_binds_those_it_names if said(recorded({"paragraph": "SoL 15:11"}, {})) == {"ground_not_for_receiver"}

test_10_27_by_hand_between_fk_and_af if said(recorded({}, {})) == "permit"

test_25_12_by_hand if {
	conditions := ["necessary_for_care", "under_18"]
	said(recorded({"paragraph": "OSL 25:12", "conditions": conditions}, care)) == "permit"
}

test_a_duty_by_hand if {
	said(recorded({"paragraph": "SoL 15:10"}, {"manual_receiver_kind": "socialtjanst"})) == "permit"
}

test_a_review_is_answered_no_without_a_paragraph if {
	said(recorded({}, {"act": "answer_review", "manual": []})) == "permit"
}

test_a_review_is_answered_yes_on_a_paragraph if said(recorded({}, {"act": "answer_review"})) == "permit"

test_a_review_is_not_answered_yes_on_nothing if {
	said(recorded({"paragraph": "OSL 99:9"}, {"act": "answer_review"})) == {"ground_not_known"}
}

kept(patch, kinds) := object.union(
	{
		"act": "withhold_from_individual",
		"manual": [object.union(decision, object.union({"owner": "soc", "receiver": "", "paragraph": "OSL 26:5"}, patch))],
		"manual_owner_kind": "socialtjanst",
		"manual_owner_regime": "OSL 26:1",
		"manual_receiver_kind": "individual",
	},
	kinds,
)

test_what_is_withheld_is_decided if said(kept({}, {"manual": []})) == {"decision_missing"}

test_only_the_owners_official_withholds if said(kept({"owner": "psyk"}, {})) == {"not_owner_official"}

test_nobody_withholds_for_another_agency if {
	said(kept({}, {"subject_agency": "psyk"})) == {"not_own_agency", "not_owner_official"}
}

test_withholding_has_a_reason if {
	said(kept({"reasoned": false}, {"reason_given": false})) == {"record_reason", "undocumented_decision"}
}

test_harm_to_care_is_for_care_to_say if {
	said(kept({"paragraph": "OSL 25:6"}, {})) == {"no_ground_to_withhold"}
}

test_what_opens_is_no_ground_to_withhold if said(kept({"paragraph": "OSL 10:27"}, {})) == {"no_ground_to_withhold"}

test_nobody_withholds_from_a_relative if {
	said(kept({}, {"caller": {"relation": "relative"}})) == {"not_allowed_role", "own_gain"}
}

test_a_system_withholds_nothing if {
	said(kept({}, {"caller": {"door": "client", "roles": ["system"]}})) == {"not_allowed_role"}
}

test_in_a_closed_case_nothing_is_withheld if said(kept({}, {"open": false})) == {"case_closed"}

test_an_official_of_the_owner_withholds if {
	said(kept({}, {})) == "permit"
	said(kept({"paragraph": "OSL 26:1"}, {})) == "permit"
}

test_another_agencys_withholding_is_not_ours_to_end if {
	said({"act": "end_withholding", "subject_agency": "psyk"}) == {"not_own_agency", "not_owner_official"}
}

test_withholding_ends_also_in_a_closed_case if said({"act": "end_withholding", "open": false}) == "permit"
