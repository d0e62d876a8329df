"""The kinds of case and groups of LEFI v9: what each is called, and what part of life it belongs to.

The contract gives the groups' codes without names, so those are read as the agencies' own abbreviations; a group's
name in an answer goes before the one here.
"""

from dataclasses import dataclass
from typing import Final

from hub.broker.port import Category

SYSTEM: Final = "LEFI v9"
_B: Final = "benefits"
_W: Final = "work_ability"
_E: Final = "employment"
_M: Final = "economy"
_D: Final = "debts"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case or notice. `sensitive`: tells of health. `sick`: is paid because one can't work."""

    name: str
    category: Category = _B
    sensitive: bool = False
    sick: bool = False


KINDS: Final = {
    "aktivitetsstodsarende": Kind("Aktivitetsstöd"),
    "allmanpensionsarende": Kind("Allmän pension"),
    "arbetsskadeefterlevandearende": Kind("Livränta till efterlevande efter arbetsskada"),
    "arbetsskadeegenlivrantearende": Kind("Livränta efter arbetsskada", sensitive=True),
    "barnbidragsarende": Kind("Barnbidrag"),
    "bostadsbidragsarende": Kind("Bostadsbidrag"),
    "bostadstillaggsarende": Kind("Bostadstillägg"),
    "efterlevandepensionsarende": Kind("Efterlevandepension"),
    "mottagareavbarnbidrag": Kind("Eget barnbidrag"),
    "foraldrapenningarende": Kind("Föräldrapenning"),
    "forebyggandeSjukpenningsarende": Kind("Förebyggande sjukpenning", sensitive=True, sick=True),
    "handikappersattningsarende": Kind("Handikappersättning", sensitive=True),
    "graviditetspenningsarende": Kind("Graviditetspenning", sensitive=True),
    "intjanandebehallning": Kind("Intjänad pension", _M),
    "intjanandeuppgift": Kind("Intjänande till pension", _M),
    "levnadsintygsuppgift": Kind("Levnadsintyg"),
    "merkostnadsersattningsarende": Kind("Merkostnadsersättning", sensitive=True),
    "narstaendepenningarende": Kind("Närståendepenning"),
    "omvardnadsbidragsarende": Kind("Omvårdnadsbidrag", sensitive=True),
    "preliminarautbetalningar": Kind("Kommande utbetalning"),
    "programanvisning": Kind("Anvisning till program", _E),
    "programersattningsarende": Kind("Ersättning i program"),
    "programjobdagar": Kind("Dagar i jobb- och utvecklingsgarantin", _E),
    "rehabersattningsarende": Kind("Rehabiliteringsersättning", sensitive=True, sick=True),
    "sjukOchAktivitetsersattningsarende": Kind("Sjuk- och aktivitetsersättning", sensitive=True, sick=True),
    "sjukOchAktivitetsersattningSteglosAvrakningHistorik": Kind("Steglös avräkning tidigare", _M, sensitive=True),
    "sjukOchAktivitetsersattningSteglosAvrakningNulage": Kind("Steglös avräkning nu", _M, sensitive=True),
    "sjukpenningarende": Kind("Sjukpenning", sensitive=True, sick=True),
    "sjukpenninggrundandeInkomstuppgift": Kind("Sjukpenninggrundande inkomst", _M),
    "skatteuppgift": Kind("Skatteuppgift", _M),
    "smittbararersattningsarende": Kind("Smittbärarersättning", sensitive=True),
    "studiemedelsavisering": Kind("Studiemedel"),
    "tillfalligForaldrapenningarende": Kind("Tillfällig föräldrapenning"),
    "totalforsvarspliktsarende": Kind("Dagpenning till totalförsvarspliktiga"),
    "underhallsskuld": Kind("Skuld för underhållsstöd", _D),
    "underhallsstodskrav": Kind("Krav för underhållsstöd", _D),
    "underhallsstodsmottag": Kind("Underhållsstöd"),
    "utbetalningsuppgift": Kind("Utbetalning"),
    "vardbidragsarende": Kind("Vårdbidrag", sensitive=True),
    "yrkesskadeefterlevandearende": Kind("Livränta till efterlevande efter yrkesskada"),
    "yrkesskadeegenlivrantearende": Kind("Livränta efter yrkesskada", sensitive=True),
}
#: Pensionsmyndigheten's parts of an answer.
PM_KINDS: Final = {
    "ansprak": Kind("Ansökan om pension eller stöd"),
    "beslut": Kind("Beslut om pension eller stöd"),
    "preliminaraUtbetalningar": Kind("Kommande utbetalning"),
    "utbetalningar": Kind("Utbetalning"),
    "ovrigInformation": Kind("Pensionsuppgift", _M),
}
#: Försäkringskassan's groups: name, and the parts of life that are asked about with it.
FK_GROUPS: Final[dict[str, tuple[str, tuple[Category, ...]]]] = {
    "FK:ABB": ("Barnbidrag", (_B,)),
    "FK:AP": ("Allmän pension", (_B,)),
    "FK:AS": ("Aktivitetsstöd", (_B,)),
    "FK:BOB": ("Bostadsbidrag", (_B,)),
    "FK:BST": ("Bostadsstöd", (_B,)),
    "FK:BTI": ("Bostadstillägg", (_B,)),
    "FK:DPE": ("Dagpenning", (_B,)),
    "FK:EJO": ("Övriga förmåner", (_B,)),
    "FK:ET": ("Efterlevandestöd", (_B,)),
    "FK:FP": ("Föräldrapenning", (_B,)),
    "FK:FSJP": ("Förebyggande sjukpenning", (_B, _W)),
    "FK:GP": ("Graviditetspenning", (_B,)),
    "FK:HE": ("Handikappersättning", (_B,)),
    "FK:MABB": ("Eget barnbidrag", (_B,)),
    "FK:MEK": ("Merkostnadsersättning", (_B,)),
    "FK:NP": ("Närståendepenning", (_B,)),
    "FK:OMV": ("Omvårdnadsbidrag", (_B,)),
    "FK:PJOB": ("Dagar i jobb- och utvecklingsgarantin", (_E,)),
    "FK:PROG": ("Ersättning i program", (_B,)),
    "FK:RBE": ("Rehabiliteringsersättning", (_B, _W)),
    "FK:SA": ("Sjuk- och aktivitetsersättning", (_B, _W)),
    "FK:SBP": ("Smittbärarersättning", (_B,)),
    "FK:SJP": ("Sjukpenning", (_B, _W)),
    "FK:TFP": ("Tillfällig föräldrapenning", (_B,)),
    "FK:US": ("Underhållsstöd", (_B, _D)),
    "FK:VB": ("Vårdbidrag", (_B,)),
    "FK:YL": ("Livränta efter skada i arbetet", (_B,)),
}
PM_GROUPS: Final[dict[str, tuple[str, tuple[Category, ...]]]] = {
    "PM:AP": ("Allmän pension", (_B,)),
    "PM:BTI": ("Bostads- och inkomststöd", (_B,)),
    "PM:EF": ("Förmåner till efterlevande", (_B,)),
}
#: The one that says whom an answer is about, and whether that person is protected: always asked for.
PERSON: Final = "FK:GEPI"
PERSON_CATEGORIES: Final[tuple[Category, ...]] = (
    "contact",
    "address",
    "employer",
    "family",
    "children",
    "social_situation",
)
OTHER: Final[dict[str, tuple[str, tuple[Category, ...]]]] = {
    PERSON: ("Personuppgifter", PERSON_CATEGORIES),
    "FK:PANV": ("Anvisning till program", (_E,)),
    "FK:SGI": ("Sjukpenninggrundande inkomst", (_M,)),
    "FK:SKUP": ("Skatteuppgift", (_M,)),
    "FK:STAV": ("Studiemedel", (_B,)),
    "PM:LINT": ("Levnadsintyg", (_B,)),
    "PM:PBH": ("Pensionsbehållning", (_M,)),
    "PM:PU": ("Pensionsunderlag", (_M,)),
}
GROUPS: Final = FK_GROUPS | PM_GROUPS | OTHER
PROVIDERS: Final = {"FK": "Försäkringskassan", "PM": "Pensionsmyndigheten"}
#: Words for codes that come without their own.
LISTS: Final[dict[str, dict[object, str]]] = {
    "civilstand": {
        0: "Okänt",
        1: "Ogift",
        2: "Gift",
        3: "Registrerat partnerskap",
        4: "Efterlevande partner",
        5: "Skild",
        6: "Skild partner",
        7: "Änka eller änkeman",
    },
    "periodicitet": {0: "Ingen gång", 1: "Varje månad", 2: "Varje kvartal", 3: "Varje halvår", 4: "Varje år"},
    "foretag": {1001: "Försäkringskassan", 1003: "Pensionsmyndigheten"},
    "roller": {1: "Folkbokföringsadress", 2: "Särskild adress", 3: "Utlandsadress"},
    "beslutstatus": {"S": "Slutligt", "I": "Tillfälligt"},
    "beslutsutfall": {
        1: "Oförändrat",
        2: "Beviljat",
        3: "Ändrat",
        5: "Avslag",
        6: "Avvisat",
        7: "Avskrivet",
        8: "Upphört",
        10: "Minskat",
        "BEVILJAN": "Beviljat",
        "AVSLAG": "Avslag",
    },
    "beslutstyp": {"SLUTLIGT": "Slutligt", "INTERMISTISKT": "Tillfälligt", "INTERIMISTISKT": "Tillfälligt"},
    "niva": {"L": "Lägstanivå", "G": "Grundnivå", "S": "Sjukpenningnivå"},
}
#: `civilstand` → how all agencies' answers say it (`family.civil_status`).
CIVIL_STATUS: Final[dict[int, str]] = {
    1: "unmarried",
    2: "married",
    3: "partner",
    4: "widowed",
    5: "divorced",
    6: "divorced",
    7: "widowed",
}
