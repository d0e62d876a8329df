"""The facts that questions share: small, frozen, all required.

A fact is a number, a word, a truth value or a list. Times are epoch seconds, periods [from, until) (reading R1), open
ends `FAR_FUTURE_S`. Nothing is null and nothing has a default: what isn't known can't be asked, and is undecided.
Facts of time are given as periods and judged against `now` by the policy, so that a replay gives the same answer.
"""

import msgspec

from hub.access.questions.words import (
    AgencyKind,
    Category,
    Condition,
    ConsentKind,
    Door,
    MandateKind,
    MandateScope,
    ObligationCode,
    Protection,
    Purpose,
    Regime,
    Relation,
    Risk,
    Role,
)


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every fact is: unchangeable, whole, and without anything that nobody asked for."""


class PeriodFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """[from, until): a clearance, for instance."""

    valid_from: int
    valid_until: int


class PlaceFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The caller's place in the case team: a member's own, or a substitute's while standing in and not else.

    A substitute who is named but doesn't stand in right now has a place whose
    period isn't in force.
    """

    substitute: bool
    valid_from: int
    valid_until: int


class SignInFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the caller signed in: level of assurance (0-4), number of factors, and when.

    A partner system whose token is bound to it counts as level 3 with two factors, signed in when the token was made.
    """

    level: int
    factors: int
    at: int


class CallerFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who asks. One shape for all doors; what a door doesn't have is empty ("" or []).

    `door`: staff, individual, or client (a partner system for its agency).
    `agency`, `kind`: the caller's agency and what it is; "" and "individual" at the individual's door.
    `roles`: of the assignment the caller has chosen; ["system"] for a partner system.
    `team`: the caller's places in the team of the case that is asked about; [] = not on it.
    `clearances`: named clearances of this caller for this very individual.
    `named_handler`: the caller is a named handler, for this individual, of the agency that raised the protection or of
    the leading agency (R11; they keep access while a protection raised by a machine is provisional).
    `relation`: the caller is the individual ("self") or a relative, as far as the hub has been told. At the staff door.
    `own`: at the individual's door, the caller is the individual.
    `mandate`: at the individual's door, the id of the mandate (in the question's `mandates`) that the caller uses; "".
    `carries_out`: the obligations that the caller's page or system is able to carry out.
    """

    door: Door
    agency: str
    kind: AgencyKind
    roles: list[Role]
    team: list[PlaceFacts]
    clearances: list[PeriodFacts]
    named_handler: bool
    relation: Relation
    own: bool
    mandate: str
    sign_in: SignInFacts
    carries_out: list[ObligationCode]


class PersonFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The individual as the hub knows them now.

    `known`: there is such an individual. An absent one is asked about with the facts of a decoy and known = false.
    `protection`: as it stands at `now`.
    `provisional_until`: until when named handlers keep access to one whose protection a machine has raised and no
    official has confirmed yet; 0 otherwise.
    """

    known: bool
    protection: Protection
    provisional_until: int


class DisposalFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What decides who disposes of the individual's secrecy (OSL 12:2–3; readings R6, R7).

    `age`: whole years at `now` (Swedish date); 18 stands for any age above. `can_consent`: not hindered by health; says nothing of age.
    `mature`: a minor judged mature in this matter; true for an adult. `objects`: the individual's own will, as far as
    it has been told, is against. `harm`: disclosure by or to a guardian would mean betydande men for the child.
    """

    age: int
    can_consent: bool
    mature: bool
    objects: bool
    harm: bool


class MandateFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A representative's mandate (reading R7), as it stands in the appointment.

    `agreed`: where there are several guardians, all who must take part have done so; true when there is only one.
    """

    id: str
    kind: MandateKind
    scopes: list[MandateScope]
    valid_from: int
    valid_until: int
    risk: Risk
    agreed: bool


class ApprovalFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule that an owner has approved: `consent`, a paragraph ("SoL 15:10"), or a purpose over a road ("lefi/sip")."""

    code: str
    valid_from: int
    valid_until: int


class OwnerFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose secrecy it is. `authority`: the kommun, region or state agency that it is part of.

    `approvals`: those of this owner that may bear on the question; giving more changes nothing.
    """

    agency: str
    kind: AgencyKind
    authority: str
    regime: Regime
    approvals: list[ApprovalFacts]


class ReceiverFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who would get it.

    `case_open`: the receiver has an open case of its own on the individual. `necessary`: the categories and items that
    the receiver has said are necessary in that case (reading R16).
    """

    agency: str
    kind: AgencyKind
    authority: str
    case_open: bool
    necessary: list[str]


class LineFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of consent that opens something, whatever has become of it since.

    `ended_at`: when it was withdrawn or narrowed away; `FAR_FUTURE_S` while it stands. A line with
    `valid_until = FAR_FUTURE_S` has no end and opens nothing: a consent is limited in time (law 2.4).
    `accepted`: the owner may rely on the evidence: it is the individual's own strong sign-in, the owner's own record,
    or an official of that owner has accepted it.
    `given_by`: "self", or the id of the mandate (in the question's `mandates`) it was given on, or anything else for
    one who doesn't dispose of it. `given_at`: when; the mandate must have been in force then.
    `reserved`: given on a condition that must follow the data (OSL 12:2 st 2).
    """

    id: str
    kind: ConsentKind
    owner: str
    receiver: str
    category: Category
    purpose: Purpose
    valid_from: int
    valid_until: int
    ended_at: int
    accepted: bool
    given_by: str
    given_at: int
    reserved: bool


class StopFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An exclusion (R2) or a block (R3): both beat every consent until openly lifted.

    `owner`, `receiver` and `category` may be "*": all. A stop reaches the category's children, sensitive ones too.
    An exclusion stands from when it was given, whatever has become of the consent it came with.
    """

    id: str
    block: bool
    owner: str
    receiver: str
    category: str
    valid_from: int
    valid_until: int


class WithholdingFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That an official of `owner` has decided that a category isn't shown to the individual (OSL 12:1, 25:6, 25:7, 26:5).

    It reaches the category's children, sensitive ones too, and what holds it. It stands in [valid_from, valid_until).
    """

    id: str
    owner: str
    category: Category
    valid_from: int
    valid_until: int


class ThirdPersonFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody else whom the owner's data in this category speaks of (reading R23).

    `marked`: the passage is marked and can be struck. `own_consent`: that person has consented.
    """

    category: Category
    own_consent: bool
    marked: bool


class DecisionFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an official of the owner has decided by hand and the hub has recorded (reading R12).

    `ref`: the ledger entry. `paragraph`: its ground, "OSL 10:27" for instance. `reasoned`: the reasons are documented.
    `conditions`: those of the paragraph that the official has found to hold.
    """

    ref: str
    owner: str
    receiver: str
    paragraph: str
    categories: list[Category]
    conditions: list[Condition]
    reasoned: bool
    valid_from: int
    valid_until: int
