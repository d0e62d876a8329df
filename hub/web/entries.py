"""Entries of the log in words: who, what and why, for staff and for the individual (HUB-06)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, cast

import msgspec

from hub.access.explain import LABELS, Explainer, Explanation, Reader
from hub.access.questions import Answer, read
from hub.audit import LogEntry, Outcome
from hub.web.language import SWEDISH, Language
from hub.web.parts import AgencyMark
from hub.web.refusals import explainer
from hub.web.room import Room

#: What was done, as it is said after the name: to staff, and to the individual. `{what}` is what it was about.
ACTS: Final[Mapping[str, tuple[str, str]]] = {
    "see_case": ("öppnade ärendet", "öppnade ditt ärende"),
    "see_person": ("slog upp personen", "slog upp dig"),
    "register": ("lade till personen", "lade till dig hos sin myndighet"),
    "edit_contact": ("ändrade hur man når personen", "ändrade hur man når dig"),
    "open_case": ("öppnade ett nytt ärende", "öppnade ett ärende tillsammans med dig"),
    "edit_case": ("ändrade vad ärendet gäller", "ändrade vad ditt ärende gäller"),
    "close_case": ("avslutade ärendet", "avslutade ditt ärende"),
    "reopen_case": ("öppnade ärendet igen", "öppnade ditt ärende igen"),
    "see_party": ("såg vilka som är med", "såg vilka myndigheter som är med i ditt ärende"),
    "read": ("bad om uppgifter om {what}", "bad om uppgifter om {what}"),
    "tell_party": ("bjöd in en annan myndighet", "bjöd in en annan myndighet"),
    "add_party": ("tog med en annan myndighet", "tog med en annan myndighet i ditt ärende"),
    "leave_case": ("lämnade ärendet", "lämnade ditt ärende"),
    "add_to_team": ("lade till en kollega", "lade till en kollega i ditt ärende"),
    "remove_from_team": ("tog bort en kollega", "tog bort en kollega från ditt ärende"),
    "hand_over": ("lämnade över ärendet", "lämnade över ditt ärende till en kollega"),
    "record_consent": ("skrev ned ett samtycke", "skrev ned ditt samtycke"),
    "consent_given": ("sparade ett ja", "sparade ett ja"),
    "consent_declined": ("sparade ett nej", "sparade ett nej"),
    "consent_withdrawn": ("tog tillbaka ett ja", "tog tillbaka ett ja"),
    "consent_blocked": ("stoppade att uppgifter lämnas", "stoppade att uppgifter lämnas"),
    "consent_unblocked": ("tog bort ett stopp", "tog bort ett stopp"),
    "lift_recorded": (
        "skrev ned att ett undantag eller stopp tas bort",
        "skrev ned att du tar bort ett undantag eller stopp",
    ),
    "exclusion_lifted": ("tog bort ett undantag", "tog bort ett undantag"),
    "see_evidence": ("läste underlaget till ett samtycke", "läste underlaget till ditt samtycke"),
    "answer_evidence": ("prövade underlaget till ett samtycke", "prövade underlaget till ditt samtycke"),
    "evidence_accepted": ("godtog ett samtycke", "godtog ditt samtycke"),
    "evidence_evidence_refused": ("godtog inte ett samtycke", "godtog inte underlaget till ditt samtycke"),
    "raise_protection": ("höjde skyddet", "höjde ditt skydd"),
    "confirm_protection": ("bekräftade skyddet", "bekräftade ditt skydd"),
    "lower_protection": ("sänkte skyddet", "sänkte ditt skydd"),
    "give_clearance": ("utsåg någon att läsa", "utsåg någon att läsa om dig"),
    "end_clearance": ("tog tillbaka en behörighet", "tog tillbaka en behörighet att läsa om dig"),
    "add_representative": ("skrev in ett ombud", "skrev in någon som företräder dig"),
    "end_representative": ("tog bort ett ombud", "tog bort någon som företräder dig"),
    "declare_relation": ("sade att de är närstående", "sade att de är närstående till dig"),
    "ask_review": ("bad en myndighet pröva ett nej", "bad en myndighet pröva ett nej om dig"),
    "answer_review": ("svarade på en begäran om prövning", "svarade på en begäran om uppgifter om dig"),
    "ask_inquiry": ("frågade en annan myndighet", "frågade en annan myndighet om dig"),
    "withdraw_inquiry": ("tog tillbaka en fråga", "tog tillbaka en fråga om dig"),
    "read_inquiry": ("läste en fråga från en annan myndighet", "läste en fråga om dig från en annan myndighet"),
    "find_inquiry": (
        "såg att en fråga väntar på någon som svarar",
        "såg att en fråga om dig väntar på någon som svarar",
    ),
    "answer_inquiry": ("svarade för hand på en fråga", "svarade för hand på en fråga om dig"),
    "ask_agency": ("frågade en myndighet om {what}", "frågade en myndighet om {what}"),
    "show_answer": ("fick svar om {what}", "fick svar om {what}"),
    "fetch_answer": ("läste svaret om {what}", "läste svaret om {what}"),
    "preview_ask": (
        "frågade vad andra skulle få se om {what}, innan ett ja",
        "frågade vad andra skulle få se om {what}, innan du svarade",
    ),
    "preview_show": (
        "såg vad andra skulle få se om {what}, innan ett ja",
        "såg vad andra skulle få se om {what}, innan du svarade",
    ),
    "show_pinned": ("läste det som är fastnålat", "läste det som är fastnålat i ditt ärende"),
    "pin_fact": ("nålade fast en uppgift", "nålade fast en uppgift i ditt ärende"),
    "unpin_fact": ("tog bort en nål", "tog bort en fastnålad uppgift ur ditt ärende"),
    "wrong_person": (
        "fick ett svar om fel person; inget av det visades",
        "fick ett svar om fel person; inget av det visades",
    ),
    "read_log": ("läste loggen", "läste loggen"),
    "question_log_entry": ("frågade om en rad i loggen", "frågade om en rad i loggen"),
    "answer_log_question": ("svarade på en fråga om loggen", "svarade på din fråga om loggen"),
    "draw_log_sample": ("drog ett urval ur loggen", "drog ett urval ur loggen"),
    "review_log_entry": ("granskade en rad i loggen", "granskade en rad i loggen"),
    "sign_log_sample": ("skrev under en loggranskning", "skrev under en loggranskning"),
    "set_log_review": ("ändrade hur ofta loggen granskas", "ändrade hur ofta loggen granskas"),
    "own_consents": ("läste sina samtycken", "läste dina samtycken"),
    "own_cases": ("läste sina ärenden", "läste vilka som är med i ditt ärende"),
}
_OTHERWISE: Final = ("gjorde något i hubben", "gjorde något som gäller dig")


@dataclass(frozen=True, slots=True)
class EntryWords:
    """Puts entries into words for one reader."""

    told: Explainer
    marks: Mapping[str, AgencyMark]
    reader: Reader
    say: Callable[[str], str]

    @classmethod
    async def of(cls, room: Room, reader: Reader = Reader.STAFF, language: Language = SWEDISH) -> "EntryWords":
        """Return the words of the hub as it is now."""
        say = partial(room.renderer.gettext, language)
        told = replace(await explainer(room), say=say, language=language.code)
        return cls(told, await room.marks(), reader, say)

    def mark(self, entry: LogEntry) -> AgencyMark:
        """Return whose staff or system it was."""
        known = self.marks.get(entry.agency or "")
        if known:
            return known
        name = "Du själv" if entry.caller_kind == "individual" else "Samverkanshubben"
        own = "Den enskilde" if self.reader is Reader.STAFF and entry.caller_kind == "individual" else name
        return AgencyMark("···", self.say(own), self.say(own))

    def who(self, entry: LogEntry) -> str:
        """Return "Samir Haddad, vårdsamordnare," or who it was otherwise."""
        if entry.caller_kind == "individual":
            return self.say("Du") if self.reader is Reader.INDIVIDUAL else "Den enskilde"
        if entry.erased:
            return self.say("Någon")
        if not entry.caller_name:
            return self.say("Ett system")
        return f"{entry.caller_name}, {entry.caller_title}," if entry.caller_title else entry.caller_name

    def what(self, entry: LogEntry) -> str:
        """Return what was done."""
        words = ACTS.get(entry.act, _OTHERWISE)[self.reader is Reader.INDIVIDUAL]
        about = ", ".join(self.say(LABELS.categories.get(code, code)) for code in entry.categories)
        return f"{self.say(words).format(what=about)}.{self._came(entry)}"

    def _came(self, entry: LogEntry) -> str:
        """Return " Det kom 3 uppgifter." where an agency has answered: how many, never what."""
        came = entry.detail.get("came")
        if not isinstance(came, dict):
            return ""
        counts = cast("dict[str, int]", came).values()
        return " " + self.say(f"Det kom {sum(counts)} uppgifter.")

    def why(self, entry: LogEntry) -> str:
        """Return on what ground it was permitted, or why it was stopped."""
        told = self.decision(entry)
        if told is None:
            return self.say(LABELS.purposes.get(entry.purpose or "", "")) if entry.purpose else ""
        if entry.outcome in {Outcome.DENY, Outcome.UNDECIDED}:
            return " ".join(dict.fromkeys(reason.text for reason in told.reasons)) or told.outcome
        return " ".join(f"{ground}." for ground in dict.fromkeys(told.grounds))

    def decision(self, entry: LogEntry) -> Explanation | None:
        """Return the decision in words; None after erasure, and for what is no decision."""
        if entry.payload is None or not entry.answer:
            return None
        try:
            question, answer = read(entry.question, entry.payload), msgspec.convert(entry.answer, Answer)
        except (KeyError, msgspec.MsgspecError):
            return None
        return self.told.explain(question, answer, self.reader)
