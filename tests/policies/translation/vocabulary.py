"""The scenarios' words beside the questions' words."""

from typing import Any, Final

from hub.access.questions import FAR_FUTURE_S

Fact = dict[str, Any]
ALWAYS: Final = {"valid_from": 0, "valid_until": FAR_FUTURE_S}
ROLES: Final = {
    "koordinator": "samordnare",
    "manager": "chef",
    "log_reviewer": "loggranskare",
    "adviser": "radgivare",
    "partner_system": "system",
    "steering_member": "styrgrupp",
    "steering_group": "styrgrupp",
    "it_support": "it_support",
    "administrator": "administrator",
    "admin": "administrator",
}
WORKERS: Final = {
    *("handlaggare", "substitute", "deltagaransvarig", "samordnare", "agency_representative", "programme_handler"),
    *("employer_responsible", "official", "owner_official", "support_worker", "boendestodjare", "meeting_leader"),
}
AT_OWN_DOOR: Final = {"individual", "other_individual", "guardian", "god_man", "forvaltare", "fullmakt", "parent"}
LEVELS: Final = {
    "http://id.elegnamnden.se/loa/1.0/loa2": 2,
    "http://id.elegnamnden.se/loa/1.0/loa3": 3,
    "http://id.elegnamnden.se/loa/1.0/loa4": 4,
    "http://id.elegnamnden.se/loa/1.0/loa3-nonresident": 3,
    "http://id.elegnamnden.se/loa/1.0/loa4-nonresident": 4,
    "http://id.elegnamnden.se/loa/1.0/eidas-low": 2,
    "http://id.elegnamnden.se/loa/1.0/eidas-sub": 3,
    "http://id.elegnamnden.se/loa/1.0/eidas-high": 4,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-low": 2,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-sub": 3,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-high": 4,
}
OBLIGATIONS: Final = {
    "show_banner": "protected_banner",
    "banner": "protected_banner",
    "strike_fields": "strike_location_fields",
    "strike_location": "strike_location_fields",
    "reservation": "attach_reservation",
}
SCOPES: Final = {"personal_matters": "personal_matters", "economy": "economy", "property": "economy"}
FORMS: Final = {
    "written": "paper",
    "paper": "paper",
    "signed": "paper",
    "oral": "oral",
    "verbal": "oral",
    "digital": "digital",
    "portal": "digital",
    "electronic": "digital",
    "assisted": "assisted",
}
SURFACES: Final = {
    "pdf": "print",
    "document": "print",
    "paper": "print",
    "meeting": "case_view",
    "screen": "case_view",
    "mail": "email",
    "e-mail": "email",
    "case_list": "list",
    "lists": "list",
    "participant_list": "list",
    "push_notification": "push",
    "calendar_entry": "calendar",
    "link": "old_link",
    "bulk_act": "bulk",
    "search_result": "search",
    "protected_list": "own_list",
    "printout": "print",
    "case": "case_view",
}
EVERYTHING: Final = {"*", "all", "any", "everything", "everything_needed", "all_needed"}
AGAINST: Final = {"against", "objects", "object", "no", "refuses", "declines", "opposed", "opposes", "unwilling"}
REGIMES: Final = {"OSL 25:2": "OSL 25:1", "OSL 23": "OSL 23:5"}
