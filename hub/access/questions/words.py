"""The closed words of the questions. A code that isn't here can't be asked: it is undecided already at the type.

The same words stand in `policies/data/*.json`; a test compares. They are the law's and the practice's own words, so
those of Swedish law stay Swedish.
"""

from typing import Final, Literal

#: Open ends are a far number, never null: 9999-12-31T23:59:59Z.
FAR_FUTURE_S: Final = 253402300799
#: Every owner, receiver or category: only in what stops, never in what opens.
ALL: Final = "*"

#: Who takes part, as the owner → receiver matrix knows it (law 6.2). The last six stand outside it (reading R18).
AgencyKind = Literal[
    "socialtjanst",
    "ame",
    "region_psykiatri",
    "region_hsv",
    "af",
    "fk",
    "forbund",
    "school",
    "private_provider",
    "af_supplier",
    "employer",
    "relative",
    "individual",
]
#: The provision that binds an owner (law 2.2). `unset`: nobody has settled it, so nothing leaves (reading R17).
#: `none`: a samordningsförbund, which holds no case data.
Regime = Literal["OSL 25:1", "OSL 26:1", "OSL 28:1", "OSL 28:11", "OSL 23:5", "none", "unset"]
Category = Literal[
    "contact",
    "address",
    "phone",
    "benefits",
    "employment",
    "employer",
    "work_ability",
    "health",
    "mental_health",
    "substance_use",
    "trauma",
    "coercive_care",
    "social_situation",
    "shelter",
    "informant_identity",
    "family",
    "children",
    "economy",
    "debts",
    "party",
    "plan",
    "meeting",
    "day_notes",
    "follow_up_provider",
    "follow_up_authority",
    "af_decision",
    "sus_registration",
]
Purpose = Literal[
    "sip",
    "rehab_coordination",
    "recruitment_selection",
    "avstamningsmote",
    "boendestod",
    "crisis",
    "consultation",
    "placement",
    "ekonomiskt_bistand",
    "insurance_case",
    "control",
    "statistics",
    "research",
    "financing",
    "sus",
]
#: `unknown` counts as protected (reading R8). Fingerade personuppgifter have no word: they are never marked.
Protection = Literal["none", "sekretessmarkering", "skyddad_folkbokforing", "unknown"]
#: Roles of `hub.agencies.Role`, and those that other doors and later issues know.
#: `radgivare`: adviser in a consultation (GT-18). `system`: a partner system that acts for an agency.
Role = Literal[
    "handlaggare",
    "samordnare",
    "chef",
    "administrator",
    "loggranskare",
    "sekretessansvarig",
    "radgivare",
    "system",
    "styrgrupp",
    "it_support",
    "other",
]
Door = Literal["staff", "individual", "client"]
#: What the caller is to the individual: nobody acts on themselves or on relatives.
Relation = Literal["none", "self", "relative"]
ConsentKind = Literal["plan", "secrecy", "sus"]
#: `digital`: the individual's own strong sign-in. `paper`: signed. `oral`: heard. `assisted`: filled in together.
ConsentForm = Literal["digital", "paper", "oral", "assisted"]
MandateKind = Literal["guardian", "god_man", "forvaltare", "fullmakt", "parent_without_custody", "relative"]
#: What a mandate is for (FB 11:4): sörja för person, förvalta egendom, or something else, as bevaka rätt.
MandateScope = Literal["personal_matters", "economy", "other"]
#: Whether the representative is, or may be, whom the individual is protected against.
Risk = Literal["none", "unknown", "threat"]
#: The technical road to the owner (law 4.1; readings R13, R14).
Road = Literal["hub_request", "ssbtek", "lefi", "svod"]
#: Where the answer would be shown or sent. `own_list`: the list of protected cases of one who is cleared (reading R9).
Surface = Literal[
    "case_view",
    "own_list",
    "list",
    "search",
    "print",
    "api",
    "sdk",
    "export",
    "bulk",
    "statistics",
    "sms",
    "email",
    "push",
    "calendar",
    "old_link",
    "other",
]
ObligationCode = Literal[
    "strike_location_fields",
    "strike_third_person",
    "protected_banner",
    "same_answer_as_absent",
    "attach_reservation",
    "record_reason",
    "log_ground",
    "tell_receiver_of_protection",
    "tell_parties",
    "scrub_copies",
    "reissue_links",
]
#: The conditions of OSL 25:12, 25:13 and 26:9 that an official of the owner has found to hold.
Condition = Literal[
    "under_18", "ongoing_substance_abuse", "lpt_lrv", "pregnancy", "unable_to_consent_health", "necessary_for_care"
]

#: What can be done in a case. The last five nobody can do: they are named so that the refusal has words.
CaseAct = Literal[
    "see_case",
    "edit_case",
    "close_case",
    "reopen_case",
    "add_party",
    "leave_case",
    "add_to_team",
    "remove_from_team",
    "hand_over",
    "write_note",
    "edit_note",
    "read_draft",
    "send_assignment",
    "raise_protection",
    "lower_protection",
    "confirm_protection",
    "ask_review",
    "answer_review",
    "record_lift",
    "withhold_from_individual",
    "end_withholding",
    "ask_inquiry",
    "withdraw_inquiry",
    "read_inquiry",
    "answer_inquiry",
    "record_manual_disclosure",
    "question_log_entry",
    "answer_log_question",
    "merge_identities",
    "link_identities",
    "search_former_identity",
    "mark_fictitious_identity",
    "delete_log_entry",
]
#: What an agency's administrator does.
AdministrationAct = Literal[
    "see",
    "add_unit",
    "close_unit",
    "add_staff",
    "grant_assignment",
    "end_assignment",
    "grant_substitution",
    "end_substitution",
    "set_regime",
    "approve_rule",
    "approve_purpose",
    "end_approval",
    "set_retention",
    "set_log_review",
    "set_hold",
    "register_client",
]
#: Where an item is in its life. A draft is its author's alone.
ItemState = Literal["none", "draft", "sent", "upprattad"]
