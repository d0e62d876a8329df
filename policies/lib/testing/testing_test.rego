# METADATA
# scope: package
# title: What the tests of the questions share
# description: Callers, individuals and periods; and what an answer says, in one word.
package lib.testing

now := 1795512600

far := 253402300799

always := {"valid_from": 0, "valid_until": 253402300799}

over := {"valid_from": 0, "valid_until": 1795512600}

obligations := [
	"attach_reservation",
	"protected_banner",
	"strike_location_fields",
	"strike_third_person",
]

# METADATA
# description: An official on the case team of socialtjänsten, strongly signed in just now.
lena := {
	"door": "staff",
	"agency": "soc",
	"kind": "socialtjanst",
	"roles": ["handlaggare"],
	"team": [object.union({"substitute": false}, always)],
	"clearances": [],
	"named_handler": false,
	"relation": "none",
	"own": false,
	"mandate": "",
	"sign_in": {"level": 3, "factors": 2, "at": 1795512600},
	"carries_out": obligations,
}

# METADATA
# description: The individual at the individual's own door.
kajsa := object.union(lena, {
	"door": "individual",
	"agency": "",
	"kind": "individual",
	"roles": [],
	"team": [],
	"own": true,
})

# METADATA
# description: One who acts for the individual on the mandate "m".
acting := object.union(kajsa, {"own": false, "mandate": "m"})

outsider := object.union(lena, {"team": []})

cleared := object.union(lena, {"clearances": [always]})

weak := object.union(lena, {"sign_in": {"level": 2}})

stale := object.union(lena, {"sign_in": {"at": 0}})

unprotected := {"known": true, "protection": "none", "provisional_until": 0}

protected := object.union(unprotected, {"protection": "sekretessmarkering"})

absent := object.union(unprotected, {"known": false})

adult := {"age": 34, "can_consent": true, "mature": true, "objects": false, "harm": false}

young := object.union(adult, {"age": 16})

child := object.union(adult, {"age": 8, "mature": false})

guardian := object.union({"id": "m", "kind": "guardian", "scopes": ["personal_matters"], "risk": "none", "agreed": true}, always)

god_man := object.union(guardian, {"kind": "god_man"})

# METADATA
# description: The outcome, or the codes of why not.
said(answer) := answer.outcome if answer.outcome != "deny"

said(answer) := {refusal.code | some refusal in answer.refusals} if answer.outcome == "deny"

grounds(answer) := {ground.ground | some ground in answer.grounds}

owed(answer) := {obligation.code | some obligation in answer.obligations}
