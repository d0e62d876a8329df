"""What they would see, in words: plain values that the page puts in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.access.explain import Explainer, Reader
from hub.access.questions import Answer, Refusal
from hub.broker import Told
from hub.broker.port import FaultKind
from hub.cases import OwnerPart, Preview, ReceiverSees, since
from hub.consent import Wording
from hub.portal.me import Say
from hub.web import AgencyMark, DateWords
from hub.web.values import value_words

#: Why an agency's answer is missing, as the individual is told it.
_MISSING: Final = {
    FaultKind.SILENT: "%(who)s svarade inte i tid. Försök igen om en stund.",
    FaultKind.BUSY: "%(who)s svarade inte i tid. Försök igen om en stund.",
    FaultKind.WRONG_PERSON: "%(who)s svarade om någon annan än dig. Inget av svaret visas.",
    FaultKind.NUMBER_CHANGED: "%(who)s känner dig med ett annat nummer. En människa behöver kontrollera det först.",
}
_OTHERWISE: Final = "%(who)s kan inte svara just nu. Försök igen om en stund."


@dataclass(frozen=True, slots=True)
class SeenFact:
    """One thing that would be seen, word by word as the agency says it."""

    text: str
    unit: str
    since: str
    values: tuple[tuple[str, str], ...] = ()
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FromOwner:
    """What comes from one agency: the facts, and in sentences what isn't there and why."""

    mark: AgencyMark
    facts: tuple[SeenFact, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenByOne:
    """What one receiver would see."""

    slug: str
    mark: AgencyMark
    note: str
    owners: tuple[FromOwner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldSee:
    """The whole page; without receivers: it is over, or something else is drafted now. `again`: where some are waited
    for."""

    back: str
    receivers: tuple[SeenByOne, ...] = ()
    again: str = ""
    until: datetime | None = None
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """Puts what would be seen into the individual's own language; what an agency has written stays as it wrote it."""

    wording: Wording
    marks: Mapping[str, AgencyMark]
    told: Explainer
    say: Say
    dates: DateWords

    def page(self, found: Preview, *, back: str, here: str, own_words: bool) -> WouldSee:
        """Return the page."""
        return WouldSee(
            back=back,
            receivers=tuple(self._receiver(each) for each in found.receivers if each.receiver in self.marks),
            again="" if found.complete else here,
            until=found.expires_at,
            own_words=own_words,
        )

    def _receiver(self, each: ReceiverSees) -> SeenByOne:
        mark = self.marks[each.receiver]
        note = ""
        if not each.owners:
            note = self.say("%(who)s skulle inte få veta något från någon annan.") % {"who": mark.name}
        elif not each.works_here:
            note = self.say(
                "Ingen hos %(who)s arbetar med ditt ärende än. Det här skulle de få veta när någon gör det."
            ) % {"who": mark.inline}
        return SeenByOne(each.receiver, mark, note, tuple(self._owner(part, mark) for part in each.owners))

    def _owner(self, part: OwnerPart, receiver: AgencyMark) -> FromOwner:
        mark = self.marks[part.owner]
        notes = [*self._open(part, mark, receiver), *self._refused(part, receiver)]
        if part.falls:
            what = {"receiver": receiver.name, "owner": mark.inline, "what": self.wording.listed(part.falls)}
            notes.append(
                self.say("%(receiver)s har fått det här från %(owner)s och får inte läsa det mer: %(what)s.") % what
            )
        told = [self._fact(each, "Från %(day)s") for each in part.told]
        has = [self._fact(each, "De har redan fått det, %(day)s") for each in part.held]
        return FromOwner(mark, (*told, *has), tuple(dict.fromkeys(notes)))

    def _open(self, part: OwnerPart, mark: AgencyMark, receiver: AgencyMark) -> Iterable[str]:
        both = {"who": mark.name, "owner": mark.inline, "receiver": receiver.name, "to": receiver.inline}
        if not part.known:
            yield (
                self.say("%(receiver)s får inte veta att du har kontakt med %(owner)s. Därför ser de inget därifrån.")
                % both
            )
            return
        if part.closed:
            yield self.say("%(who)s kan inte visa det här i förväg.") % both
        else:
            yield from self._answer(part, both)
        if part.unseen:
            what = {**both, "what": self.wording.listed(part.unseen)}
            yield self.say("Det här skulle de få veta, om %(owner)s svarar: %(what)s.") % what
        if part.withheld:
            what = {**both, "what": self.wording.listed(part.withheld), "why": self._why([part.why], part.withheld)}
            yield self.say("Det här skulle de få veta, men det visas inte för dig: %(what)s. %(why)s") % what
        if not part.may_ask:
            yield (
                self.say(
                    "%(receiver)s kan inte själv fråga %(owner)s. "
                    "Du har inte sagt ja till att %(owner)s får veta att du har kontakt med %(to)s."
                )
                % both
            )

    def _answer(self, part: OwnerPart, both: Mapping[str, str]) -> Iterable[str]:
        if part.waiting:
            yield self.say("%(who)s har inte svarat än.") % both
        elif part.fault is not None:
            yield self.say(_MISSING.get(part.fault, _OTHERWISE)) % both
        elif part.answered and part.part and part.part.answer and not part.part.answer.known:
            yield self.say("%(who)s känner inte till dig.") % both
        elif part.answered and not part.told and not part.held and not part.withheld:
            yield self.say("%(who)s har inget att berätta om det här.") % both
        elif part.part is None and not part.unseen and not part.held and not part.withheld:
            yield self.say("%(who)s har inte kunnat frågas.") % both
        for gap in part.gaps:
            yield self.say("Något fattas från %(owner)s: %(what)s.") % {**both, "what": gap.what}

    def _refused(self, part: OwnerPart, receiver: AgencyMark) -> Iterable[str]:
        if not part.known:
            return
        alike: dict[str, list[str]] = {}
        for each in part.refused:
            alike.setdefault(self._why(part.answers, [each]), []).append(each)
        for why, codes in alike.items():
            words = {"receiver": receiver.name, "what": self.wording.listed(codes), "why": why}
            yield self.say("%(receiver)s får ändå inte veta: %(what)s. %(why)s") % words

    def _why(self, answers: Sequence[Answer | None], categories: Sequence[str]) -> str:
        """Return the reasons, in the individual's own words."""
        refusals = [each for answer in answers if answer for each in answer.refusals]
        meant = [each for each in refusals if each.category in categories] or [
            each for each in refusals if not each.category
        ]
        return " ".join(dict.fromkeys(filter(None, (self._reason(each) for each in meant))))

    def _reason(self, refusal: Refusal) -> str:
        for question in ("show_to_individual", "disclose"):
            if text := self.told.why_not(question, refusal):
                return text.to(Reader.INDIVIDUAL, self.dates.language.code)
        return ""

    def _fact(self, told: Told, when: str) -> SeenFact:
        fact = told.fact
        return SeenFact(
            fact.text,
            "" if any("Enhet" in each for each in told.struck) else fact.unit,
            self.say(when) % {"day": self.dates.short(since(fact))},
            tuple((each.label, value_words(each, self.dates, self.say)) for each in fact.values),
            tuple(self.say(each) for each in told.struck),
        )
