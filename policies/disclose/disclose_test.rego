package disclose_test

import data.disclose
import data.lib.testing

approved := [object.union({"code": code}, testing.always) | some code in ["consent", "SoL 15:8", "SoL 15:10", "OSL 28:12 a", "hub_request/ekonomiskt_bistand", "lefi/ekonomiskt_bistand", "ssbtek/ekonomiskt_bistand"]]

line := {
	"id": "l1",
	"kind": "secrecy",
	"owner": "psyk",
	"receiver": "soc",
	"category": "plan",
	"purpose": "sip",
	"valid_from": 0,
	"valid_until": testing.now + 1000,
	"ended_at": testing.far,
	"accepted": true,
	"given_by": "self",
	"given_at": 0,
	"reserved": false,
}

base := {
	"direction": "answer",
	"now": testing.now,
	"caller": testing.lena,
	"person": testing.unprotected,
	"disposal": testing.adult,
	"owner": {
		"agency": "psyk",
		"kind": "region_psykiatri",
		"authority": "region",
		"regime": "OSL 25:1",
		"approvals": approved,
	},
	"receiver": {
		"agency": "soc",
		"kind": "socialtjanst",
		"authority": "kommun",
		"case_open": true,
		"necessary": [],
	},
	"same_branch": false,
	"own_unit": false,
	"categories": ["plan"],
	"items": [],
	"purpose": "sip",
	"road": "hub_request",
	"surface": "case_view",
	"attachment": "none",
	"identity": "named",
	"claimed": "",
	"lines": [line],
	"stops": [],
	"mandates": [],
	"third_persons": [],
	"decisions": [],
	"supplier_needs": [],
}

but(patch) := object.union(base, patch)

decided(patch) := answer if {
	answer := disclose.answer with input as but(patch)
}

said(patch) := testing.said(decided(patch))

cleared := {"person": testing.protected, "caller": testing.cleared}

test_nothing_asked_is_undecided if {
	answer := disclose.answer with input as {}
	testing.said(answer) == "undecided"
}

test_no_category_is_undecided if said({"categories": []}) == "undecided"

test_weak_sign_in_sees_only_that if said({"caller": testing.weak}) == {"weak_login"}

test_stale_sign_in_sees_only_that if said({"caller": testing.stale}) == {"stale_login"}

test_off_the_team_there_is_nothing_here if said({"caller": testing.outsider}) == {"not_found"}

test_a_substitute_who_does_not_stand_in_finds_nothing if {
	said({"caller": {"team": [object.union({"substitute": true}, testing.over)]}}) == {"not_found"}
}

test_a_protected_individual_is_nobody_to_the_uncleared if {
	answer := decided({"person": testing.protected})
	answer == decided({"person": testing.absent})
	testing.said(answer) == {"not_found"}
}

test_only_figures_to_a_samordningsforbund if {
	patch := {"caller": {"kind": "forbund", "agency": "f"}, "receiver": {"kind": "forbund", "agency": "f"}}
	said(patch) == {"forbund_aggregates_only"}
}

test_a_samordningsforbund_has_nothing if said({"owner": {"kind": "forbund"}}) == {"forbund_no_case_data"}

test_only_figures_to_the_steering_group if {
	said({"caller": {"roles": ["styrgrupp"]}}) == {"not_allowed_role", "steering_aggregates_only"}
}

test_support_reads_nothing if said({"caller": {"roles": ["it_support"]}}) == {"not_allowed_role"}

test_nobody_reads_for_another if said({"caller": {"agency": "af", "kind": "af"}}) == {"caller_not_receiver"}

test_no_such_owner if said({"owner": {"kind": "employer"}}) == {"owner_not_covered"}

test_no_such_receiver if "receiver_not_covered" in said({"receiver": {"kind": "individual"}, "caller": {"kind": "individual"}})

test_nobody_reads_about_a_relative if said({"caller": {"relation": "relative"}}) == {"own_gain"}

test_not_by_sms if said({"surface": "sms"}) == {"unsafe_channel"}

test_not_in_a_list_for_the_protected if said(object.union(cleared, {"surface": "list"})) == {"unsafe_channel"}

test_protected_individuals_are_not_counted if {
	said(object.union(cleared, {"surface": "statistics"})) == {"protected_excluded_from_statistics", "unsafe_channel"}
}

test_an_old_link_is_dead if said({"surface": "old_link"}) == {"link_revoked", "unsafe_channel"}

test_an_attachment_that_is_not_stripped if {
	found := said(object.union(cleared, {"attachment": "unclean"}))
	found == {"location_withheld", "obligation_unfulfillable"}
}

test_an_obligation_that_cannot_be_carried_out if {
	caller := object.union(testing.cleared, {"carries_out": ["protected_banner"]})
	said({"person": testing.protected, "caller": caller}) == {"obligation_unfulfillable"}
}

test_svod_is_for_nobody_here if said({"road": "svod"}) == {"svod_forbidden"}

test_ssbtek_is_for_ekonomiskt_bistand if {
	said({"road": "ssbtek", "owner": {"kind": "af"}}) == {"ssbtek_purpose"}
}

test_lefi_is_for_what_fk_has_approved if {
	said({"road": "lefi", "owner": {"kind": "fk"}}) == {"rule_not_approved", "wrong_purpose"}
}

test_ssbtek_carries_a_consent_for_ekonomiskt_bistand if {
	said({
		"road": "ssbtek",
		"owner": {"kind": "af"},
		"purpose": "ekonomiskt_bistand",
		"lines": [object.union(line, {"purpose": "ekonomiskt_bistand"})],
	}) == "permit"
}

test_lefi_carries_what_is_approved if {
	said({
		"road": "lefi",
		"owner": {"kind": "fk"},
		"purpose": "ekonomiskt_bistand",
		"lines": [object.union(line, {"purpose": "ekonomiskt_bistand"})],
	}) == "permit"
}

test_an_attachment_that_is_not_stripped_of_the_unprotected if said({"attachment": "unclean"}) == "permit"

test_the_cleared_read_with_banner if {
	testing.owed(decided(cleared)) == {"protected_banner", "strike_location_fields"}
}

test_a_partner_system_reads_what_its_team_reads if said({"caller": {"door": "client", "roles": ["system"]}}) == "permit"

test_a_list_is_answered_in_its_order if {
	answers := disclose.answers with input as [base, but({"lines": []}), {}]
	[each.outcome | some each in answers] == ["permit", "deny", "undecided"]
}

test_each_permitted_category_has_the_receivers_own_basis if {
	{ground.basis | some ground in decided({}).grounds} == {"SoLPuL 6-7 §§"}
}
