package revision_test

import data.revision

test_the_revision_is_what_the_build_says if {
	revision.answer == "0a1b" with data.build.revision as "0a1b"
}

test_what_was_never_built_says_so if {
	revision.answer == "unbuilt" with data.build as {}
}
