"""What a field of LEFI v9 is besides its label: a datum of a duty, a place, somebody else."""

from typing import Final

#: The single data of SoL 15:10 (förordning 2008:975 3 §) that a field is.
ITEMS: Final = {
    "startades": "application_made",
    "ankomstdatum": "application_made",
    "avslaget": "benefit_granted",
    "beslutsutfall": "benefit_granted",
    "forman": "benefit_kind",
    "delforman": "benefit_kind",
    "formansgrupp": "benefit_kind",
    "formansfamilj": "benefit_kind",
    "ersattning": "benefit_kind",
    "ersattningstyp": "benefit_kind",
    "period": "benefit_period",
    "omfattning": "benefit_extent",
    "beslutatBruttobelopp": "benefit_amount",
    "samordnatBruttobelopp": "benefit_amount",
    "beslutatBelopp": "benefit_amount",
    "bruttobelopp": "benefit_amount",
    "nettobelopp": "benefit_amount",
    "datum": "payment_dates",
    "utbetalningsdatum": "payment_dates",
}
#: What tells, or may tell, where somebody is: the field, and all that is in it.
PLACES: Final = frozenset(
    {
        "adress",
        "arbetsgivare",
        "arbetsstallen",
        "epost",
        "folkbokford",
        "institutionsplacering",
        "kommun",
        "kontakt",
        "lan",
        "postnummer",
        "postort",
        "telefon",
        "utdelningadress",
    }
)
#: Where a person of their own is told of: children, relatives, those who have died.
OTHERS: Final = frozenset(
    {
        "Barn",
        "avliden",
        "avlidna",
        "barn",
        "barnbeslut",
        "foralder",
        "hemmavarandeBarn",
        "kontakt",
        "medsokande",
        "ovrigaBerattigadeEfterlevande",
        "person",
        "samhorig",
        "tidvisboendeBarn",
        "utbetalningsmottagare",
        "vaxelvisboendeBarn",
    }
)
#: Groups of fields: the label of what is in them is enough.
BARE: Final = frozenset({"grunduppgifter", "underlag", "berakningsunderlag"})
