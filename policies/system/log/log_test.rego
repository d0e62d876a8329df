package system.log_test

import data.system.log

test_no_question_and_no_answer_is_logged if log.mask == {"/input", "/result"}
