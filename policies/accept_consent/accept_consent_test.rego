package accept_consent_test

import data.accept_consent
import data.lib.testing

base := {
	"now": testing.now,
	"caller": {
		"agency": "psyk",
		"kind": "region_psykiatri",
		"roles": ["sekretessansvarig"],
	},
	"person": testing.unprotected,
	"owner": "psyk",
	"receiver": "soc",
	"recorded_by_caller": false,
}

but(patch) := object.union(object.union(base, {"caller": object.union(testing.outsider, base.caller)}), patch)

said(patch) := code if {
	decided := accept_consent.answer with input as but(patch)
	code := testing.said(decided)
}

test_nothing_asked_is_undecided if {
	decided := accept_consent.answer with input as {}
	testing.said(decided) == "undecided"
}

test_weak_sign_in_sees_only_that if said({"caller": {"sign_in": {"level": 2}}}) == {"weak_login"}

test_a_new_sign_in_comes_before if said({"caller": {"sign_in": {"at": testing.now - 901}}}) == {"stale_login"}

test_another_agencys_official_accepts_nothing if said({"owner": "fk"}) == {"not_owner_official"}

test_a_handler_off_the_team_accepts_nothing if said({"caller": {"roles": ["handlaggare"]}}) == {"not_found"}

test_a_protected_individual_is_nobody_to_the_uncleared if said({"person": testing.protected}) == {"not_found"}

test_nobody_accepts_on_a_relative if said({"caller": {"relation": "relative"}}) == {"own_gain"}

test_nobody_accepts_what_opens_to_their_own_agency if said({"receiver": "psyk"}) == {"own_gain"}

test_nobody_accepts_their_own_record if said({"recorded_by_caller": true}) == {"own_record"}

test_the_owners_official_accepts if said({}) == "permit"

test_a_handler_on_the_team_accepts if {
	said({"caller": {"roles": ["handlaggare"], "team": [testing.always]}}) == "permit"
}

test_a_banner_that_cannot_be_shown_is_a_no if {
	said({"person": testing.protected, "caller": {"clearances": [testing.always], "carries_out": []}}) == {"obligation_unfulfillable"}
}

test_a_list_is_answered_in_its_order if {
	decided := accept_consent.answers with input as [but({}), {}]
	[each.outcome | some each in decided] == ["permit", "undecided"]
}
