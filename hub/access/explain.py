"""A decision in words, for staff and for the individual: the same decision, told to each (HUB-02).

What was asked, by whom, the answer, on what ground, and what would have to be different. The words of a refusal, ground
or obligation lie beside the rule they explain, in `policies/<question>/texts.json`; the names of things in
`labels.json` here. What the individual is told is there in each of their languages, or the file can't be read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, cast

import msgspec

from hub.access.questions import Answer, CallerFacts, Facts, Ground, Refusal, name_of


class Reader(StrEnum):
    """Whom a decision is told to."""

    STAFF = "staff"
    INDIVIDUAL = "individual"


Said = Annotated[str, msgspec.Meta(min_length=1)]


class Tongues(msgspec.Struct, frozen=True, rename={"easy": "sv-x-easy"}):
    """The same said in each language that the individual can choose."""

    sv: Said
    easy: Said
    en: Said

    def to(self, language: str) -> str:
        """Return the words in `language`, by its code."""
        return {"sv-x-easy": self.easy, "en": self.en}.get(language, self.sv)


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing said to each reader, and what would have to be different: to staff in Swedish, to the individual in
    words of their own."""

    staff: Said
    individual: Tongues
    change: str = ""
    change_individual: Tongues | None = None

    def __post_init__(self) -> None:
        """Raise ValueError where only one of the readers is told what would have to be different."""
        if bool(self.change) != bool(self.change_individual):
            msg = f"{self.staff} - `change` and `change_individual` come together"
            raise ValueError(msg)

    def to(self, reader: Reader, language: str) -> str:
        """Return the words for `reader`; `language` is the individual's."""
        return self.staff if reader is Reader.STAFF else self.individual.to(language)

    def change_to(self, reader: Reader, language: str) -> str:
        """Return what would have to be different, for `reader`; "" where nothing is refused."""
        return (
            self.change_individual.to(language)
            if self.change_individual and reader is Reader.INDIVIDUAL
            else self.change
        )


class Labels(msgspec.Struct, frozen=True):
    """What things are called."""

    asked: dict[str, Text]
    by: dict[str, Text]
    outcome: dict[str, Text]
    undecided: dict[str, Text]
    categories: dict[str, str]
    purposes: dict[str, str]
    roles: dict[str, str]
    acts: dict[str, str]
    items: dict[str, str]


#: The folder whose texts every question shares.
_SHARED: Final = "lib"
_AND: Final = "och"
_BASIS: Final = "mottagarens stöd"
LABELS: Final = msgspec.json.decode(Path(__file__).with_name("labels.json").read_bytes(), type=Labels)


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal in words: why, by what law, and what would have to be different. `about` is "" for the whole."""

    text: str
    law: str
    change: str
    about: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision in words."""

    asked: str
    by: str
    outcome: str
    grounds: tuple[str, ...]
    reasons: tuple[Reason, ...]
    obligations: tuple[str, ...]
    revision: str
    #: The paragraphs that it rests on, each said once.
    laws: tuple[str, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """What would have to be different, each said once."""
        return tuple(dict.fromkeys(reason.change for reason in self.reasons if reason.change))


@dataclass(frozen=True, slots=True)
class Explainer:
    """Puts answers into words. `texts` of each question by key, `names` of agencies by id."""

    texts: Mapping[str, Mapping[str, Text]]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    #: Puts the name of a thing in the reader's language before words are put together.
    say: Callable[[str], str] = str
    #: The individual's language, by its code.
    language: str = "sv"

    @classmethod
    def load(cls, policies: Path, names: Mapping[str, str] | None = None) -> "Explainer":
        """Return an explainer with the texts that lie beside the rules. Raises msgspec.MsgspecError for a broken file."""
        files = policies.glob("*/texts.json")
        read = {file.parent.name: msgspec.json.decode(file.read_bytes(), type=dict[str, Text]) for file in files}
        return cls(read, names or {})

    def texts_of(self, question: str) -> Mapping[str, Text]:
        """Return the texts of a question by key: those beside its own rules, and those that all share."""
        return {**self.texts.get(_SHARED, {}), **self.texts.get(question, {})}

    def why_not(self, question: str, refusal: Refusal) -> Text | None:
        """Return why something is refused, in words; None where it has none."""
        texts = self.texts_of(question)
        return texts.get(refusal.text) or texts.get(refusal.code)

    def explain(self, question: Facts, answer: Answer, reader: Reader) -> Explanation:
        """Return `answer` to `question` in words for `reader`. A key without words is told as itself."""
        texts = {**LABELS.undecided, **self.texts_of(name_of(question))}
        return Explanation(
            asked=self._asked(question, reader),
            by=self._by(cast(Any, question).caller, reader),
            outcome=self._told(_outcome(answer, _asked_for(question)), reader, what=self._listed(answer.categories)),
            grounds=tuple(self._ground(ground, texts, reader) for ground in answer.grounds),
            reasons=tuple(self._reason(refusal, texts, reader) for refusal in answer.refusals),
            obligations=tuple(
                self._told(texts[each.code], reader) if each.code in texts else each.code for each in answer.obligations
            ),
            revision=answer.revision,
            laws=tuple(dict.fromkeys(each.law for each in [*answer.grounds, *answer.refusals] if each.law)),
        )

    def _asked(self, question: Facts, reader: Reader) -> str:
        said = {name: self._said(value) for name, value in msgspec.structs.asdict(question).items()}
        said["what"] = self._listed(_asked_for(question))
        return self._told(LABELS.asked[name_of(question)], reader, **said)

    def _by(self, caller: CallerFacts, reader: Reader) -> str:
        role = LABELS.roles[caller.roles[0]] if caller.roles else LABELS.roles["other"]
        return self._told(LABELS.by[_door(caller)], reader, role=self.say(role), agency=self._name(caller.agency))

    def _said(self, value: Any) -> str:
        if isinstance(value, str):
            known = LABELS.purposes.get(value) or LABELS.acts.get(value)
            return self.say(known) if known else self._name(value)
        return self._name(getattr(value, "agency", ""))

    def _name(self, agency: str) -> str:
        return self.names.get(agency, agency)

    def _told(self, text: Text, reader: Reader, **parts: str) -> str:
        words = text.to(reader, self.language)
        return words.format_map(parts) if parts else words

    def _ground(self, ground: Ground, texts: Mapping[str, Text], reader: Reader) -> str:
        said = self._told(texts[ground.ground], reader) if ground.ground in texts else ground.ground
        about = f"{self._listed([ground.category])}: " if ground.category else ""
        law = f" ({ground.law})" if ground.law else ""
        basis = f"; {self.say(_BASIS)}: {ground.basis}" if ground.basis else ""
        return about + said + law + basis

    def _reason(self, refusal: Refusal, texts: Mapping[str, Text], reader: Reader) -> Reason:
        text = texts.get(refusal.text) or texts.get(refusal.code)
        about = self._listed([refusal.category] if refusal.category else [])
        if text is None:
            return Reason(refusal.code, refusal.law, "", about)
        return Reason(self._told(text, reader), refusal.law, text.change_to(reader, self.language), about)

    def _listed(self, codes: Iterable[str]) -> str:
        said = [self.say(LABELS.categories.get(code) or LABELS.items.get(code, code)) for code in codes]
        return f" {self.say(_AND)} ".join([*([", ".join(said[:-1])] if said[:-1] else []), *said[-1:]])


def _door(caller: CallerFacts) -> str:
    if caller.door != "individual":
        return caller.door
    return "own" if caller.own else "mandate" if caller.mandate else "nobody"


def _asked_for(question: Facts) -> list[str]:
    return [*getattr(question, "categories", ()), *getattr(question, "items", ())]


def _outcome(answer: Answer, asked_for: list[str]) -> Text:
    partly = answer.outcome == "permit" and set(answer.categories) < set(asked_for)
    return LABELS.outcome["partly" if partly else answer.outcome]
