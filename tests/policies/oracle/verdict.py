"""What the oracle says of a question; and what of an engine's answer is held against it."""

from dataclasses import dataclass, field
from typing import Final

from hub.access.questions import Answer

#: A code with the category it concerns; "" for the whole question.
Said = tuple[str, str]
SAME: Final = frozenset({("same_answer_as_absent", "")})
#: With these the caller gets the same answer whoever the question is about.
_SILENT: Final = frozenset({"not_found", "weak_login", "stale_login"})


@dataclass(frozen=True)
class Verdict:
    """An outcome with what goes with it: permitted categories and items, grounds, refusals, obligations."""

    outcome: str
    categories: frozenset[str] = field(default_factory=frozenset)
    grounds: frozenset[Said] = field(default_factory=frozenset)
    refusals: frozenset[Said] = field(default_factory=frozenset)
    obligations: frozenset[Said] = field(default_factory=frozenset)
    #: What may be said besides: other refusals that are true of the question.
    true_too: frozenset[str] = field(default_factory=frozenset, compare=False)


def differences(answer: Answer, verdict: Verdict) -> list[str]:
    """Return in what an engine's answer is another than the oracle's verdict; nothing when they are alike."""
    given = of_answer(answer)
    names = ("outcome", "categories", "grounds", "obligations")
    found = [name for name in names if getattr(given, name) != getattr(verdict, name)]
    besides = {code for code, _ in given.refusals - verdict.refusals}
    if verdict.refusals - given.refusals or besides - verdict.true_too:
        found.append("refusals")
    if given.outcome != "permit" and not given.refusals:
        found.append("a no without a word")
    return found


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
    return Verdict("permit", grounds=frozenset((ground, "") for ground in grounds if ground), obligations=obligations)


def deny(*codes: str) -> Verdict:
    """A no to the whole question. What is hidden is answered as for one who doesn't exist."""
    hidden = SAME if _SILENT & set(codes) else frozenset[Said]()
    return Verdict("deny", refusals=frozenset((code, "") for code in codes), obligations=hidden)


def staged(
    *,
    always: dict[str, bool],
    hidden: bool,
    visible: dict[str, bool],
    yes: Verdict,
    carried_out: bool = True,
    also: frozenset[Said] = frozenset(),
) -> Verdict:
    """Return `yes`, or the first of: what is refused whoever it is about; the silence about the individual; the rest.

    A yes whose obligations the caller can't carry out is a no. `also` goes with the rest: what is refused of a
    single category.
    """
    if refused := _standing(always):
        return deny(*refused)
    if hidden:
        return deny("not_found")
    refused = _standing(visible)
    if not refused:
        return yes if carried_out or yes.outcome != "permit" else deny("obligation_unfulfillable")
    no = deny(*refused)
    besides = frozenset({"obligation_unfulfillable"}) if not carried_out else frozenset[str]()
    return Verdict("deny", refusals=no.refusals | also, obligations=no.obligations, true_too=besides)


def _standing(checks: dict[str, bool]) -> list[str]:
    return [code for code, stands in checks.items() if stands]


def undecided(code: str) -> Verdict:
    """Nothing could be decided."""
    return Verdict("undecided", refusals=frozenset({(code, "")}))
