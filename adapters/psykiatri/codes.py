"""Code systems and code lists that this road knows, with the Swedish words for them.

Systems: HL7 Sweden base profiles 1.1.0 (canonical http://hl7.se/fhir/ig/base), HL7 FHIR 4.0.1, Socialstyrelsen.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from adapters.psykiatri.fields import Node, child, children, text
from hub.broker.port import Category, Code

PERSONNUMMER: Final = "http://electronichealth.se/identifier/personnummer"
SAMORDNING: Final = "http://electronichealth.se/identifier/samordningsnummer"
RESERVE: Final = "http://electronichealth.se/identifier/nationelltReservnummer"
#: The same systems by the identifiers that older systems use.
NUMBERS: Final = {
    PERSONNUMMER: PERSONNUMMER,
    "urn:oid:1.2.752.129.2.1.3.1": PERSONNUMMER,
    SAMORDNING: SAMORDNING,
    "urn:oid:1.2.752.129.2.1.3.3": SAMORDNING,
    RESERVE: RESERVE,
    "urn:oid:1.2.752.74.9.1": RESERVE,
}

LABEL: Final = "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel"
CONFIDENTIALITY: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
#: "No disclosure to patient, family or caregivers without the attending provider's authorization."
NOT_TO_PATIENT: Final = (ACT_CODE, "NOPAT")
ADDRESS_KIND: Final = "http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension"

#: Versions of ICD-10 that differ in detail below the three first signs, and not in those.
ICD: Final = frozenset(
    {
        "http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10-se",
        "https://www.icd10.se/",
        "urn:oid:1.2.752.116.1.1.1.1.3",
        "urn:oid:1.2.752.116.1.1.1.1.8",
    }
)
ICF: Final = "http://hl7.org/fhir/sid/icf"
_ICD_CODE: Final = re.compile(r"([A-Z])(\d{2})(?:\.?[0-9A-Z]{1,4})?")
_TRAUMA: Final = ("F43.0", "F43.1", "F62.0", "Z61", "Y05", "Y07")
_SUBSTANCES: Final = range(10, 20)

#: Kind of care, in the county's own code list: compulsory care is secret in its own way (OSL 25:10).
FORM_OF_CARE: Final = "http://mellannorr.example/CodeSystem/vardform"
FORMS_OF_CARE: Final = {
    "HSL": "frivillig vård",
    "LPT": "vård enligt lagen om psykiatrisk tvångsvård",
    "LRV": "vård enligt lagen om rättspsykiatrisk vård",
}
COMPULSORY: Final = frozenset({"LPT", "LRV"})

EPISODE: Final = {
    "planned": "Planerad kontakt",
    "waitlist": "Står i kö",
    "active": "Pågående kontakt",
    "onhold": "Vilande kontakt",
    "finished": "Avslutad kontakt",
    "cancelled": "Inställd kontakt",
}
ENCOUNTER: Final = {
    "planned": "Planerat besök",
    "arrived": "Besök som börjar",
    "triaged": "Besök som börjar",
    "in-progress": "Pågående besök",
    "onleave": "Permission",
    "finished": "Besök",
    "cancelled": "Inställt besök",
    "unknown": "Besök",
}
ENCOUNTER_CLASS: Final = {
    "AMB": "på mottagningen",
    "VR": "på distans",
    "HH": "hemma",
    "IMP": "inneliggande",
    "EMER": "akut",
    "FLD": "utanför mottagningen",
}
APPOINTMENT: Final = {
    "proposed": "Föreslagen tid",
    "pending": "Tid som väntar på svar",
    "booked": "Tid",
    "arrived": "Tid, personen är på plats",
    "checked-in": "Tid, personen är på plats",
    "fulfilled": "Tid som har varit",
    "cancelled": "Avbokad tid",
    "noshow": "Tid som personen inte kom till",
    "waitlist": "Står på väntelista för en tid",
}
PLAN: Final = {
    "draft": "Utkast till plan",
    "active": "Gällande plan",
    "on-hold": "Vilande plan",
    "revoked": "Återkallad plan",
    "completed": "Avslutad plan",
    "unknown": "Plan",
}
CONDITION: Final = {
    "active": "pågående",
    "recurrence": "har kommit tillbaka",
    "relapse": "återfall",
    "inactive": "inte aktuell",
    "remission": "besvär borta för tillfället",
    "resolved": "har gått över",
}
ADDRESS: Final = {
    "63381000052101": "folkbokföringsadress",
    "63391000052104": "särskild postadress",
    "63401000052101": "utlandsadress",
    "63411000052104": "uppgiven adress",
}
CIVIL: Final = {
    "M": ("Gift", "married"),
    "S": ("Ogift", "unmarried"),
    "U": ("Ogift", "unmarried"),
    "D": ("Skild", "divorced"),
    "W": ("Änka eller änkling", "widowed"),
    "RP": ("Registrerad partner", "partner"),
    "T": ("Registrerad partner", "partner"),
}
#: What is measured: category, and the word for it. ICF chapters are known by their first signs.
OBSERVED: Final[Mapping[tuple[str, str], tuple[Category, str]]] = {
    (ICF, "d850"): ("work_ability", "Arbetsförmåga"),
    (ICF, "d855"): ("work_ability", "Arbete utan lön"),
    (ICF, "d240"): ("work_ability", "Att klara stress och krav"),
    (ICF, "d845"): ("work_ability", "Att få, behålla och sluta ett arbete"),
    ("http://loinc.org", "75626-2"): ("substance_use", "Alkoholvanor (AUDIT-C)"),
    ("http://loinc.org", "72110-0"): ("substance_use", "Alkoholvanor (AUDIT)"),
    ("http://loinc.org", "82667-7"): ("substance_use", "Drogvanor"),
    ("http://loinc.org", "44261-6"): ("mental_health", "Tecken på depression (PHQ-9)"),
    ("http://loinc.org", "70274-6"): ("mental_health", "Tecken på ångest (GAD-7)"),
    ("http://loinc.org", "29463-7"): ("health", "Vikt"),
    ("http://loinc.org", "85354-9"): ("health", "Blodtryck"),
}


def concept(node: Node, name: str) -> tuple[list[Node], str]:
    """Return the codings of a CodeableConcept, and its text: what a person wrote, else the first display."""
    found = child(node, name)
    codings = children(found, "coding")
    return codings, text(found, "text") or next(filter(None, (text(each, "display") for each in codings)), "")


def coded(codings: Iterable[Node], words: str, known: Mapping[tuple[str, str], object]) -> Code:
    """Return the coding that is known, else the first, flagged; `words` is what it says in words."""
    each = [(text(coding, "system"), text(coding, "code")) for coding in codings]
    for system, value in each:
        if (system, value) in known:
            return Code(system, value, words or value)
    system, value = each[0] if each else ("", "")
    return Code(system, value, words or value or "Utan kod", known=False)


def diagnosis(codings: Iterable[Node], words: str) -> tuple[Category, Code]:
    """Return what kind of condition it is, by ICD-10. What has no such code is kept as mental health, flagged."""
    for coding in codings:
        system, value = text(coding, "system"), text(coding, "code").upper()
        if system in ICD and (found := _ICD_CODE.fullmatch(value)):
            return _chapter(found, value), Code(system, value, words or value)
    return "mental_health", coded(codings, words, {})


def _chapter(found: re.Match[str], value: str) -> Category:
    letter, number = found.group(1), int(found.group(2))
    dotted = value if "." in value or len(value) < len("F431") else f"{value[:3]}.{value[3:]}"
    if dotted.startswith(_TRAUMA):
        return "trauma"
    if letter == "F":
        return "substance_use" if number in _SUBSTANCES else "mental_health"
    return "health"
