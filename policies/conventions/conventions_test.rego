package conventions_test

import data.conventions

package_of(question, more) := {
	"annotations": object.union({"scope": "package", "title": "t", "description": "d", "schemas": [{}]}, more),
	"path": [{"value": "data"}, {"value": question}],
	"location": {"file": "q.rego", "row": 1},
}

rule(name, more) := {
	"annotations": object.union({"scope": "rule"}, more),
	"path": [{"value": "data"}, {"value": "q"}, {"value": name}],
	"location": {"file": "q.rego", "row": 9},
}

entries := [rule("answer", {"entrypoint": true}), rule("answers", {"entrypoint": true})]

broken(annotations) := found if {
	found := conventions.broken with input as {"annotations": annotations}
}

test_a_refusal_without_anything if {
	broken([rule("_why", {})]) == {
		"q.rego:9: no custom.code",
		"q.rego:9: no custom.law",
		"q.rego:9: no custom.readings",
		"q.rego:9: no description",
		"q.rego:9: no title",
	}
}

test_a_question_that_says_nothing if {
	broken(array.concat(entries, [package_of("q", {"title": false})])) == {"q.rego:1: the package says nothing of itself"}
}

test_a_question_without_entry_points if {
	broken([package_of("q", {})]) == {"q: no entry point answer", "q: no entry point answers"}
}

test_a_question_without_a_schema if {
	broken(array.concat(entries, [package_of("q", {"schemas": []})])) == {"q: checked against no schema"}
}

test_all_is_well if {
	told := {"title": "t", "description": "d", "custom": {"code": "c", "law": "l", "readings": []}}
	broken(array.concat(entries, [package_of("q", {}), package_of("lib", {}), rule("grounds", told)])) == set()
}
