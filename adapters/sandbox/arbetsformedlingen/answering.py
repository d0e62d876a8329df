"""The composite answer: what each service that was asked has to say, or the error that it gave instead."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final

from adapters.sandbox.arbetsformedlingen.soap import AF, SO, Element, envelope, put, put_in
from adapters.sandbox.arbetsformedlingen.taking import SERVICES, Question

Known = Mapping[str, Any]
#: Services that the sandbox has no register for.
_CLOSED: Final = {"from": "BT", "code": "BT-503", "message": "Bastjänsten finns inte i sandlådan."}
_NO_REPORT: Final = "Ingen rapport har kommit in."
_STATUS: Final = (0, "Frågan har behandlats normalt och ett giltigt svar har returnerats.")


def answered(question: Question, number: str, known: Known) -> Element:
    """Return the envelope. `number` is whom the answer is about: the one who was asked about, in an honest service."""
    made, response = envelope("hamtaBastjanstInformationResponse")
    if question.echo:
        put(response, "fraga").extend(deepcopy(each) for each in question.whole)
    if question.asked_at:
        put(response, "frageTidpunkt", question.asked_at)
    if question.correlation:
        put(response, "korrelationsid", question.correlation)
    parts = put(response, "svarsdata")
    for name in SERVICES:
        if name in question.asked:
            _part(put(parts, name), name, question, number, known)
    return made


def reached() -> Element:
    """Return the answer to a test call: which services were reached."""
    made, response = envelope("testaBastjanstInformationResponse")
    for name in SERVICES:
        put(put(response, name), "anropad", name in _SAID)
    return made


def _part(part: Element, name: str, question: Question, number: str, known: Known) -> None:
    error = known.get("errors", {}).get(name) or (None if name in _SAID else _CLOSED)
    if error:
        _error(part, error)
    else:
        _SAID[name](put(part, "data"), question, number, known)


def _error(part: Element, error: Mapping[str, str]) -> None:
    inside = put(part, "error")
    put(inside, "kalla", error["from"])
    put(inside, "felkod", error["code"])
    put(inside, "felmeddelande", error["message"])


def _agency(data: Element, question: Question, number: str, known: Known) -> None:
    asked = put_in(data, f"{AF}Fraga")
    _all(
        asked,
        OrganisationsnummerForIngivare=question.organisation,
        NamnPaIngivare=question.authority,
        KontonamnForHandlaggare=question.official,
        Referensnummer=question.case,
        From=question.start,
        Tom=question.end,
        SyfteMedFraga=question.purpose,
        LagParagraf=question.law,
        IdentitetsbeteckningFysiskPerson=number,
    )
    said = put_in(data, f"{AF}Svar")
    _all(said, Schemaversion="4.0", Referensnummer=question.case, LagParagraf=question.law)
    _all(said, IdentitetsbeteckningFysiskPerson=number)
    _all(said, Fornamn=known.get("given_name"), Efternamn=known.get("family_name"))
    _all(said, Sekretessmarkering=known.get("protected"))
    if seeker := known.get("seeker"):
        _seeker(put(said, "ArbetssokandeInfo"), seeker)
    if "decisions" in known:
        _decisions(put(put(said, "BeslutInfo"), "EkonomiskaBeslut"), question, known["decisions"])
    _all(said, Akassetillhorighet=known.get("fund"))
    _all(said, StatusSokandeinformationKod=_STATUS[0], StatusSokandeinformationKodText=_STATUS[1])


def _seeker(info: Element, seeker: Known) -> None:
    _all(
        info,
        Arbetssokande=seeker["registered"],
        ArbetssokandeSKAT=seeker.get("category"),
        ArbetssokandeRegistrerad=seeker.get("since"),
        ArbetssokandeOmfattning=seeker.get("extent"),
        ArbetssokandeAvaktualiserad=seeker.get("until"),
    )
    report = put(info, "AktivetetsRapportDatum")
    _all(report, AktivitetsRapportMeddelande=seeker.get("report", _NO_REPORT))
    _all(report, SenasteAktivitetsRapportDatum=seeker.get("reported"))


def _decisions(decisions: Element, question: Question, known: list[Known]) -> None:
    """Those that are in force on some day of the question's period."""
    for each in known:
        if each["from"] <= question.end and each["to"] >= question.start:
            _all(
                put(decisions, "Beslut"),
                ErsattningTyp=each["kind"],
                Omfattning=each["extent"],
                BeslutFrom=each["from"],
                BeslutTom=each["to"],
            )


def _funds(data: Element, question: Question, number: str, known: Known) -> None:
    told = {
        "OrganisationsnummerIngivare": question.organisation,
        "NamnIngivare": question.authority,
        "KontonamnHandlaggare": question.official,
        "Referensnummer": question.case,
        "From": question.start,
        "Tom": question.end,
        "Syfte": question.purpose,
        "Paragraf": question.law,
        "IdentificationNumber": number,
    }
    for name, value in told.items():
        put_in(data, f"{SO}{name}", value)
    answers = put_in(data, f"{SO}ArbetsloshetsersattningLista")
    for each in known.get("funds", ()):
        _fund(put(answers, "Arbetsloshetsersattning"), question, each)


def _fund(answer: Element, question: Question, fund: Known) -> None:
    _all(answer, SvarandeOrganisation=fund["name"], StatusSvarandeOrganisation=fund.get("status", "all clear"))
    for each in fund.get("paid", ()):
        if question.start <= each["day"] <= question.end:
            _all(
                put(answer, "Utbetalningar"),
                Utbetalningsdatum=each["day"],
                NettoEfterSkatt=each["after_tax"],
                NettoEfterAvdrag=each["after_deductions"],
                Ersattningsdagar=each["days"],
                AvserFrom=each["from"],
                AvserTom=each["to"],
            )
    for each in fund.get("stopped", ()):
        _all(put(answer, "Avstangningar"), AvstangdFrom=each["from"], AvstangdTom=each["to"])
    if applied := fund.get("applied"):
        inside = put(answer, "AnsoktOmErsattning")
        decided = put(inside, "BeslutOmRattTillErsattning", applied.get("decided"))
        if "decided" not in applied:
            decided.set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
        put(inside, "AnsokanOmUtbetalningInlamnad", applied["payment_applied"])


def _all(within: Element, **values: object) -> None:
    """Put in what there is, in this order."""
    for name, value in values.items():
        if value is not None:
            put(within, name, value)


_SAID: Final[Mapping[str, Callable[[Element, Question, str, Known], None]]] = {"AF": _agency, "SO": _funds}
