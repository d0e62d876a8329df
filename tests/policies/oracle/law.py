"""The oracle's own tables, each with its place in `domain/law.md` or `domain/readings.md`."""

from typing import Final, get_args

from hub.access.questions.words import Category

#: Law 4.5, R25: everything about an individual needs LoA3 with two factors.
LEVEL, FACTORS = 3, 2
#: How old a sign-in may be: a working day; and one that must be new.
SESSION_S, FRESH_S = 12 * 3600, 15 * 60
#: R6.
GUARDIANS_UNTIL, ADULT = 15, 18
#: R7: who can act for an adult, within the appointment.
#: FB 11:4: what a mandate to manage property reaches.
PROPERTY: Final = frozenset({"economy", "debts", "benefits"})
FOR_ADULTS: Final = frozenset({"god_man", "forvaltare", "fullmakt"})

CATEGORIES: Final = frozenset(get_args(Category))
#: Category → its parent (vocabulary.yaml).
PARENT: Final = {
    "address": "contact",
    "phone": "contact",
    "employer": "employment",
    "mental_health": "health",
    "substance_use": "health",
    "trauma": "health",
    "coercive_care": "health",
    "shelter": "social_situation",
    "children": "family",
    "debts": "economy",
}
#: A permit on the parent doesn't reach these.
SENSITIVE: Final = frozenset(
    {
        "mental_health",
        "substance_use",
        "trauma",
        "coercive_care",
        "shelter",
        "informant_identity",
        "children",
        "day_notes",
        "follow_up_provider",
        "follow_up_authority",
    }
)
#: They tell where a protected individual is (law 3.2, R10).
LOCATION: Final = frozenset({"address", "phone", "employer", "shelter"})
#: VN-05: what was said separately.
SEPARATE: Final = frozenset({"follow_up_provider", "follow_up_authority"})
#: Register law of the receiver: what is sensitive in AF-PuL 8–10 § and SFB 114:11 (R16).
REGISTER_SENSITIVE: Final = frozenset(
    {"health", "mental_health", "substance_use", "trauma", "coercive_care", "shelter"}
)
REGISTER_KINDS: Final = frozenset({"af", "fk"})

#: Law 6.2, rows: those who own something that can leave them.
OWNERS: Final = frozenset({"region_psykiatri", "region_hsv", "socialtjanst", "fk", "af", "ame"})
#: Law 6.2, columns, and those outside the matrix, by consent only (R18).
RECEIVERS: Final = OWNERS | {"school", "private_provider", "af_supplier", "employer", "relative"}
REGION: Final = frozenset({"region_psykiatri", "region_hsv"})

#: SoL 15:8, 15:10, 15:11 (law 2.5): paragraph → (owner's kind, listed items).
DUTIES: Final = {
    "SoL 15:8": ("socialtjanst", frozenset({"is_current", "placement_administration"})),
    "SoL 15:10": (
        "fk",
        frozenset(
            {
                "application_made",
                "benefit_granted",
                "benefit_kind",
                "benefit_period",
                "benefit_extent",
                "benefit_amount",
                "payment_dates",
            }
        ),
    ),
    "SoL 15:11": (
        "af",
        frozenset(
            {
                "name_personnummer",
                "registration_dates",
                "a_kassa",
                "sokandekategori",
                "programme_and_period",
                "last_activity_report_date",
            }
        ),
    ),
}
#: R12: an official of the owner decides.
BY_HAND: Final = frozenset({"OSL 10:2", "OSL 10:15 a", "OSL 10:27", "OSL 25:12", "OSL 25:13", "OSL 26:9", "SFB 110:31"})
#: Who may be told of an individual's being known: those who handle cases, and the owner's official.
CASEWORK: Final = frozenset({"handlaggare", "samordnare", "chef", "system"})
SEES: Final = CASEWORK | {"sekretessansvarig"}
#: Who reads what others have; an adviser when a consultation has a name (GT-18).
READS: Final = SEES | {"radgivare"}
#: Agencies whose staff handle individuals in the hub. Not the samordningsförbund (law 6.3), nor private persons.
HANDLES: Final = frozenset(
    {
        "socialtjanst",
        "ame",
        "region_psykiatri",
        "region_hsv",
        "af",
        "fk",
        "school",
        "private_provider",
        "af_supplier",
    }
)
#: Where an answer may be shown; and where one on a protected individual may.
SURFACES: Final = frozenset({"case_view", "own_list", "list", "search", "print", "api", "sdk", "export", "bulk"})
PROTECTED_SURFACES: Final = frozenset({"case_view", "own_list", "print", "api", "sdk"})
#: 9999-12-31T23:59:59Z: no end.
FAR: Final = 253402300799

_CARE: Final = frozenset({"under_18", "ongoing_substance_abuse", "lpt_lrv", "pregnancy"})


def can_be_decided(paragraph: str, owner: str, receiver: str, conditions: frozenset[str]) -> bool:
    """Whether the paragraph reaches this owner's secrecy and this receiver at all (law 2.3, 6.2)."""
    needed = "necessary_for_care" in conditions
    return {
        "OSL 10:2": owner in OWNERS,
        "OSL 10:15 a": owner in {"socialtjanst", "fk", "af"},
        "OSL 10:27": owner in {"fk", "af"},
        "OSL 25:12": owner in REGION and receiver in REGION | {"socialtjanst"} and needed and bool(conditions & _CARE),
        "OSL 26:9": owner == "socialtjanst"
        and receiver in REGION | {"socialtjanst"}
        and needed
        and bool(conditions & _CARE),
        "OSL 25:13": owner in REGION
        and receiver in REGION | {"socialtjanst", "private_provider"}
        and needed
        and "unable_to_consent_health" in conditions,
        "SFB 110:31": owner in OWNERS and receiver == "fk",
    }.get(paragraph, False)


#: Law 2.1, 2.2: what the owner of each secrecy may keep from the individual too. Harm to care, whoever has told, and
#: another person's own secrecy, which the owner's own paragraph gives.
KEEPS: Final = {"OSL 25:1": {"OSL 25:6", "OSL 25:7"}, "OSL 26:1": {"OSL 26:5"}}
KEEPING: Final = frozenset(
    {"OSL 25:6", "OSL 25:7", "OSL 26:5", "OSL 25:1", "OSL 26:1", "OSL 28:1", "OSL 28:11", "OSL 23:5"}
)


def can_be_kept(paragraph: str, regime: str) -> bool:
    """Whether the owner of this secrecy may keep something from the individual on this paragraph."""
    return paragraph in KEEPING and paragraph in KEEPS.get(regime, set[str]()) | {regime}


#: Who may be cleared for a protected individual: those who handle the case.
CLEARED_ROLES: Final = SEES | {"loggranskare"}
#: What an agency's administrator can grant.
GRANTED: Final = frozenset(
    {"handlaggare", "samordnare", "chef", "administrator", "loggranskare", "sekretessansvarig", "radgivare"}
)
#: Acts of administration that rest on the agency's decision; and those that its legal official may do too.
DECIDED: Final = frozenset(
    {"set_regime", "approve_rule", "approve_purpose", "set_retention", "set_log_review", "set_hold", "register_client"}
)
OFFICIALS: Final = frozenset({"see", "set_regime", "approve_rule", "approve_purpose", "end_approval", "set_hold"})
GRANTS: Final = frozenset({"add_staff", "grant_assignment", "grant_substitution"})
#: Who can be named as the receiver of a consent (R18).
NAMED: Final = HANDLES | {"employer", "relative"}
#: Receivers that no secrecy law binds by itself: a reservation must go with the data (OSL 12:2 st 2).
PRIVATE: Final = frozenset({"private_provider", "af_supplier", "employer", "relative"})


def leaves(category: str) -> bool:
    """Whether a category can cross a border at all: working material (FFS-22) and informants (OSL 26:5) never do."""
    return category not in {"day_notes", "informant_identity"}


#: What the caller's page or system must do with an answer; the rest of the obligations are the hub's own.
CALLERS: Final = frozenset(
    {
        "strike_location_fields",
        "strike_third_person",
        "protected_banner",
        "attach_reservation",
        "tell_receiver_of_protection",
    }
)
#: Categories that aren't named in a refusal: the name itself would tell.
UNNAMED: Final = frozenset({"shelter", "informant_identity"})
