# METADATA
# scope: package
# title: What the policies' own source must be
# description: >-
#   Judges what `opa inspect -a -f json policies` reads: each rule that tells why says what it is and by what law, each
#   question says what it asks and has its two entry points.
package conventions

_telling := {"_caller", "_grounds", "_never", "_nothing_here", "_why", "grounds"}

_beside := {"conventions", "lib", "revision", "system"}

# METADATA
# title: What breaks a convention
# description: One line each, with its place; empty when all hold.
broken contains concat("", [_place(rule), ": no ", wanted]) if {
	some rule in input.annotations
	_name(rule) in _telling
	some wanted in ["description", "title"]
	not rule.annotations[wanted]
}

broken contains concat("", [_place(rule), ": no custom.", wanted]) if {
	some rule in input.annotations
	_name(rule) in _telling
	some wanted in ["code", "law", "readings"]
	not rule.annotations.custom[wanted]
}

broken contains concat("", [_place(rule), ": the package says nothing of itself"]) if {
	some rule in input.annotations
	rule.annotations.scope == "package"
	not _described(rule)
}

broken contains concat("", [question, ": no entry point ", wanted]) if {
	some question in _questions
	some wanted in ["answer", "answers"]
	not wanted in _entry_points(question)
}

broken contains concat("", [question, ": checked against no schema"]) if {
	some question in _questions
	not question in _checked
}

_described(rule) if {
	rule.annotations.title
	rule.annotations.description
}

_questions contains question if {
	some rule in input.annotations
	rule.annotations.scope == "package"
	question := rule.path[1].value
	not question in _beside
}

_checked contains rule.path[1].value if {
	some rule in input.annotations
	count(rule.annotations.schemas) > 0
}

_entry_points(question) := {_name(rule) |
	some rule in input.annotations
	rule.path[1].value == question
	rule.annotations.entrypoint == true
}

_name(rule) := rule.path[count(rule.path) - 1].value

_place(rule) := concat(":", [rule.location.file, format_int(rule.location.row, 10)])
