"""What the oracle says of a question; and what of an engine's answer is held against it."""

from dataclasses import dataclass, field

from hub.access.questions import Answer

#: A code with the category it concerns; "" for the whole question.
Said = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """An outcome with what goes with it: permitted categories and items, grounds, refusals, obligations."""

    outcome: str
    categories: frozenset[str] = field(default_factory=frozenset)
    grounds: frozenset[Said] = field(default_factory=frozenset)
    refusals: frozenset[Said] = field(default_factory=frozenset)
    obligations: frozenset[Said] = field(default_factory=frozenset)


def of_answer(answer: Answer) -> Verdict:
    """Return what of `answer` is compared."""
    return Verdict(
        answer.outcome,
        frozenset(answer.categories),
        frozenset((each.ground, each.category) for each in answer.grounds),
        frozenset((each.code, each.category) for each in answer.refusals),
        frozenset((each.code, each.category) for each in answer.obligations),
    )


def permit(*grounds: str, obligations: frozenset[Said] = frozenset()) -> Verdict:
    """A yes to a question without categories."""
    return Verdict("permit", grounds=frozenset((ground, "") for ground in grounds), obligations=obligations)


def deny(*codes: str) -> Verdict:
    """A no to the whole question. What is hidden is answered as for one who doesn't exist."""
    hidden = frozenset({("same_answer_as_absent", "")}) if "not_found" in codes else frozenset[Said]()
    return Verdict("deny", refusals=frozenset((code, "") for code in codes), obligations=hidden)


def undecided(code: str) -> Verdict:
    """Nothing could be decided."""
    return Verdict("undecided", refusals=frozenset({(code, "")}))
