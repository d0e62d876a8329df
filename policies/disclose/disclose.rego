# METADATA
# scope: package
# title: May what the owner has be told to the receiver, now
# description: >-
#   Answers for each category or item. Every exchange is two questions: what the question itself tells, and the answer
#   (HUB-01, HUB-02; OSL 8:1-2). A permit is a conjunction of positive conditions; refusals explain and never decide.
# schemas:
#   - input: schema.disclose
package disclose

import data.lib.caller
import data.lib.person
import data.lib.reply
import data.lib.third

# METADATA
# title: The answers to a list of questions, in their order
# entrypoint: true
answers := [decided | some question in input; decided := answer with input as question]

# METADATA
# title: The answer to one question
# entrypoint: true
answer := reply.yes(_granted) if {
	_complete
	_open
	count(_permitted) > 0
	_carried_out
} else := reply.no(refusals) if {
	_complete
} else := reply.undecided

_granted := {
	"grounds": grounds,
	"refusals": _rest,
	"obligations": obligations,
	"categories": _permitted,
}

# METADATA
# description: The categories and items for which there is at least one ground.
_permitted contains ground.category if some ground in grounds

# METADATA
# description: Why not the rest; where all is permitted there is nothing to explain.
_rest := set() if {
	count(_refused) == 0
} else := refusals

# METADATA
# description: What is asked and not permitted.
_refused contains code if {
	some code in _asked
	not code in _permitted
}

_asked contains code if some code in input.categories

_asked contains code if some code in input.items

# METADATA
# description: The caller's page or system can carry out all that the permit is tied to.
_carried_out if caller.carries_out(obligations)

obligations contains obligation if some obligation in person.obligations

obligations contains {"code": "tell_receiver_of_protection", "category": ""} if {
	input.direction == "question"
	person.protected
}

obligations contains obligation if some obligation in third.struck(_permitted)

obligations contains {"code": "attach_reservation", "category": code} if {
	some line in _lines
	line.reserved == true
	some code in _permitted
	_reached(code, line.category)
	_private_receiver
}
