"""The format's code lists, in words for people, and which kind of fact each area is."""

from typing import Final

from hub.broker.port import Category, Code, Shown

#: Area of social work → category of the hub, and how it is called. Areas are the format's own (`openapi.yaml`).
AREAS: Final[dict[str, tuple[Category, str]]] = {
    "EKB": ("economy", "Ekonomiskt bistånd"),
    "BUS": ("debts", "Budget- och skuldrådgivning"),
    "BOS": ("social_situation", "Boendestöd"),
    "BOE": ("social_situation", "Boende"),
    "KPS": ("social_situation", "Kontaktperson"),
    "SYS": ("employment", "Sysselsättning"),
    "SBK": ("substance_use", "Stöd vid skadligt bruk"),
    "FAM": ("family", "Familjestöd"),
    "BOU": ("children", "Barn och unga"),
    "SKB": ("shelter", "Skyddat boende"),
    "SIP": ("plan", "Samordnad individuell plan"),
}
#: An area that nobody knows is said to be of the social situation: the widest that it can be.
UNKNOWN_AREA: Final[Category] = "social_situation"
SENSITIVE: Final[frozenset[Category]] = frozenset({"substance_use", "children", "shelter"})
#: Areas where also the item's own existence tells a place.
PLACES: Final[frozenset[Category]] = frozenset({"shelter"})
#: Which kinds of things (the format's collections) may hold a category.
AREA_KINDS: Final = ("ansokningar", "beslut", "uppdrag")
KINDS: Final[dict[Category, tuple[str, ...]]] = {
    **{category: AREA_KINDS for category, _ in AREAS.values()},
    "employment": AREA_KINDS,
    "plan": (*AREA_KINDS, "kontaktpersoner"),
    "contact": ("kontaktpersoner", "kontaktuppgifter"),
    "address": ("kontaktuppgifter",),
    "phone": ("kontaktuppgifter",),
    "family": (*AREA_KINDS, "kontaktuppgifter"),
    "party": (),
}
CATEGORIES: Final = frozenset(KINDS)

APPLICATION: Final = {
    "INKOMMEN": "har kommit in",
    "UTREDS": "utreds",
    "BESLUTAD": "är beslutad",
    "ATERTAGEN": "är återtagen",
}
OUTCOME: Final = {
    "BIFALL": "beviljat",
    "DELBIFALL": "beviljat till en del",
    "AVSLAG": "avslag",
    "AVVISNING": "prövades inte",
    "UPPHORD": "upphört",
}
ASSIGNMENT: Final = {"PLANERAT": "är planerat", "PAGAR": "pågår", "PAUSAT": "är pausat", "AVSLUTAT": "är avslutat"}
ROLE: Final = {
    "HANDLAGGARE": "Handläggare",
    "SOCIALSEKRETERARE": "Socialsekreterare",
    "BOENDESTODJARE": "Boendestödjare",
    "STODPERSON": "Stödperson",
    "SAMORDNARE": "Samordnare",
}
#: Why somebody can't support themselves (Socialstyrelsen's list for ekonomiskt bistånd) → text, claim of `employment.status`.
OBSTACLE: Final[dict[str, tuple[str, str]]] = {
    "ARBETSLOS": ("är arbetslös", "unemployed"),
    "SJUKSKRIVEN": ("är sjukskriven med läkarintyg", "sick_leave"),
    "STUDERAR": ("studerar", "studying"),
    "ARBETAR": ("arbetar, men har för låg inkomst", "employed"),
    "ARBETSHINDER_SOCIALA": ("kan inte arbeta av sociala skäl", "none"),
    "FORALDRALEDIG": ("är föräldraledig", "none"),
}
PROTECTION: Final[dict[str, Shown]] = {
    "INGEN": "none",
    "SEKRETESSMARKERING": "sekretessmarkering",
    "SKYDDAD_FOLKBOKFORING": "skyddad_folkbokforing",
}
_SYSTEM: Final = "socialtjanst"


def code(system: str, value: str, words: dict[str, str]) -> Code:
    """Return the code with its words; one that the list doesn't have is kept as it came, and marked."""
    return Code(f"{_SYSTEM}/{system}", value, words.get(value, value), known=value in words)


def area(value: str) -> tuple[Category, Code]:
    """Return an area's category and the area as a code."""
    category, _ = AREAS.get(value, (UNKNOWN_AREA, ""))
    return category, code("omrade", value, {name: text for name, (_, text) in AREAS.items()})
