# A policy small enough to read at a glance, for the tests of the engines. Compiled by build.sh, committed compiled.
package toy

# METADATA
# entrypoint: true
default answer := {"outcome": "deny"}

answer := {"outcome": "permit"} if data.words[input.word] == true

# METADATA
# entrypoint: true
answers := [judged | some question in input; judged := answer with input as question]

# METADATA
# entrypoint: true
undefined if input.never == true

# METADATA
# entrypoint: true
# description: Needs more memory than there is for a question with many numbers.
explode := [concat(text, [text, text]) | some text in input.texts; some _ in input.texts; some _ in input.texts]
