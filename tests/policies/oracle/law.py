"""The oracle's own tables, each with its place in `domain/law.md` or `domain/readings.md`."""

from typing import Final

#: Law 4.5, R25: everything about an individual needs LoA3 with two factors.
LEVEL, FACTORS = 3, 2
#: How old a new sign-in may be.
FRESH_S = 15 * 60
#: R6.
GUARDIANS_UNTIL, ADULT = 15, 18

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
REGISTER_SENSITIVE: Final = frozenset({"health", "mental_health", "substance_use", "trauma", "coercive_care"})
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
#: Roles that read about individuals at all.
READS: Final = frozenset({"handlaggare", "samordnare", "chef", "sekretessansvarig", "radgivare", "system"})
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
        "SFB 110:31": receiver == "fk",
    }.get(paragraph, False)


#: Who may be cleared for a protected individual: those who handle the case.
CLEARED_ROLES: Final = frozenset({"handlaggare", "samordnare", "chef", "sekretessansvarig"})
#: Acts that nobody can do (law 3.1, HUB-06), with why.
NOBODY: Final = {
    "merge_identities": "linkage_forbidden",
    "link_identities": "linkage_forbidden",
    "search_former_identity": "linkage_forbidden",
    "mark_fictitious_identity": "linkage_forbidden",
    "delete_log_entry": "log_is_append_only",
}
