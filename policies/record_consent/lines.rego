package record_consent

import data.data.categories
import data.data.matrix
import data.data.purposes

# METADATA
# description: One kind, each by its own rules; a plan and a SUS consent lift no secrecy.
_of_one_kind if {
	input.kinds in [["secrecy"], ["plan"]]
	every line in input.lines {
		line.receiver != "sus"
		is_string(line.receiver)
	}
}

_of_one_kind if {
	input.kinds == ["sus"]
	every line in input.lines {
		line.category == "sus_registration"
		line.purpose == "sus"
	}
}

# METADATA
# description: A SUS consent is written on the form as it is, for one insats (law 4.10).
_form_fits if input.kinds in [["secrecy"], ["plan"]]

_form_fits if {
	input.kinds == ["sus"]
	input.form == "paper"
	input.text_changed == false
	input.insats != ""
	is_string(input.insats)
}

# METADATA
# description: At least one line, and each says from whom, to whom, what, for what, from and until when.
_lines_whole if {
	count(input.lines) > 0
	every line in input.lines {
		_named(line.owner)
		_named(line.receiver)
		_pair_can_work(line)
		categories[line.category]
		purposes[line.purpose] == true
		_period_whole(line)
	}
}

_named(code) if {
	is_string(code)
	not code in {"", "*", "all"}
}

_pair_can_work(line) if matrix[line.owner_kind].consent_to[line.receiver_kind] == true

# SUS is no receiver of the matrix: a consent to it lifts no secrecy.
_pair_can_work(line) if {
	input.kinds == ["sus"]
	matrix[line.owner_kind]
	line.receiver == "sus"
}

# METADATA
# description: Limited in time, not empty, and not from before it was given (R1, R27).
_period_whole(line) if {
	is_number(line.valid_from)
	is_number(line.valid_until)
	is_number(input.given_at)
	input.given_at <= line.valid_from
	line.valid_from < line.valid_until
	line.valid_until < 253402300799
}
