"""The groups that this agency knows, and which of its cases belong to which."""

from typing import Final

_FK: Final = {
    "FK:ABB": "Barnbidrag",
    "FK:AP": "Allmän pension",
    "FK:AS": "Aktivitetsstöd",
    "FK:BOB": "Bostadsbidrag",
    "FK:BST": "Bostadsstöd",
    "FK:BTI": "Bostadstillägg",
    "FK:DPE": "Dagpenning",
    "FK:EJO": "Övriga förmåner",
    "FK:ET": "Efterlevandestöd",
    "FK:FP": "Föräldrapenning",
    "FK:FSJP": "Förebyggande sjukpenning",
    "FK:GP": "Graviditetspenning",
    "FK:HE": "Handikappersättning",
    "FK:MABB": "Eget barnbidrag",
    "FK:MEK": "Merkostnadsersättning",
    "FK:NP": "Närståendepenning",
    "FK:OMV": "Omvårdnadsbidrag",
    "FK:PJOB": "Dagar i jobb- och utvecklingsgarantin",
    "FK:PROG": "Ersättning i program",
    "FK:RBE": "Rehabiliteringsersättning",
    "FK:SA": "Sjuk- och aktivitetsersättning",
    "FK:SBP": "Smittbärarersättning",
    "FK:SJP": "Sjukpenning",
    "FK:TFP": "Tillfällig föräldrapenning",
    "FK:US": "Underhållsstöd",
    "FK:VB": "Vårdbidrag",
    "FK:YL": "Livränta",
}
_PM: Final = {"PM:AP": "Allmän pension", "PM:BTI": "Bostads- och inkomststöd", "PM:EF": "Efterlavandeförmåner"}
_OTHER: Final = {
    "FK:GEPI": "Generell personinformation",
    "FK:PANV": "Programanvisning",
    "FK:SGI": "Sjukpenninggrundande inkomst",
    "FK:SKUP": "Skatteuppgift",
    "FK:STAV": "Studiemedel",
    "PM:LINT": "Levnadsintyg",
    "PM:PBH": "Pensionsbehållning",
    "PM:PU": "Pensionsunderlag",
}
GROUPS: Final = _FK | _PM | _OTHER
#: Part of a question → the codes that it may name.
PARTS: Final = {
    "formansinformation": tuple(_FK),
    "ansprak": tuple(_PM),
    "beslut": tuple(_PM),
    "preliminaraUtbetalningar": (*_FK, *_PM),
    "utbetalningar": (*_FK, *_PM),
    "ovrigInformation": tuple(_OTHER),
}
#: Parts of an answer that are Pensionsmyndigheten's.
PM_PARTS: Final = ("ansprak", "beslut", "preliminaraUtbetalningar", "utbetalningar")
#: What the hub's agreement doesn't hold: named as a deviation.
REFUSED: Final = frozenset({"FK:SKUP"})
#: The register's cases → group.
KEYS: Final = {
    "aktivitetsstodsarende": "FK:AS",
    "bostadsbidragsarende": "FK:BOB",
    "mottagareavbarnbidrag": "FK:MABB",
    "foraldrapenningarende": "FK:FP",
    "programanvisning": "FK:PANV",
    "programersattningsarende": "FK:PROG",
    "programjobdagar": "FK:PJOB",
    "rehabersattningsarende": "FK:RBE",
    "sjukOchAktivitetsersattningsarende": "FK:SA",
    "sjukpenningarende": "FK:SJP",
    "sjukpenninggrundandeInkomstuppgift": "FK:SGI",
    "studiemedelsavisering": "FK:STAV",
    "underhallsskuld": "FK:US",
    "underhallsstodsmottag": "FK:US",
    "barnbidragsarende": "FK:ABB",
    "utbetalningsuppgift": "FK:SJP",
}
