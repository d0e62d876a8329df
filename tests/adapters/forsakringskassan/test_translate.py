"""LEFI answers in, facts out."""

import json
from datetime import date
from typing import Any

import pytest

from adapters.forsakringskassan.codes import KINDS, LISTS, PM_KINDS
from adapters.forsakringskassan.translate import read
from hub.broker.port import AgencyFault, Claim, FaultKind, Shown, Span, WrongPerson
from tests.adapters.forsakringskassan.made import AT, GUNNAR, NUMBER, body, decided, of, said

pytestmark = pytest.mark.requirement("HUB-05")


def fault(told: bytes) -> AgencyFault:
    with pytest.raises(AgencyFault) as caught:
        said(told)
    assert NUMBER not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (b"", FaultKind.MALFORMED),
        (b"[]", FaultKind.MALFORMED),
        (b"{}", FaultKind.MALFORMED),
        (b'{"meddelande": "Internt fel"}', FaultKind.MALFORMED),
        (b"<html/>", FaultKind.MALFORMED),
        (b'{"formansinformation": ' + b'{"a": ' * 10_000 + b"1" + b"}" * 10_001, FaultKind.MALFORMED),
        (body(person={"namn": "x"}).replace(b"x", "å".encode("latin-1")), FaultKind.MALFORMED),
        (body().replace(b'"personnummer"', b'"personnummer": "1", "personnummer"'), FaultKind.MALFORMED),
        (b" " * 5_000_001, FaultKind.TOO_LARGE),
    ],
)
def test_what_is_no_answer_is_refused(told: bytes, kind: FaultKind) -> None:
    assert fault(told).kind is kind


def test_the_fault_says_that_it_was_not_utf8() -> None:
    assert "UTF-8" in fault(body(person={"namn": "x"}).replace(b"x", b"\xe5")).cause


@pytest.mark.parametrize("number", [GUNNAR, GUNNAR[2:], "", "1890010198020", 189001019802, None])
def test_an_answer_about_somebody_else_is_refused_whole(number: Any) -> None:
    with pytest.raises(WrongPerson):
        said(body(number=number, sjukpenningarende=[decided()]))


def test_one_that_names_two_is_refused() -> None:
    told = {"generellPersoninformation": [{"personnummer": NUMBER}, {"personnummer": GUNNAR}]}
    with pytest.raises(WrongPerson):
        said(json.dumps({"formansinformation": told}).encode())


def test_a_child_benefit_of_ones_own_must_be_ones_own() -> None:
    with pytest.raises(WrongPerson):
        said(body(mottagareavbarnbidrag=[{"grunduppgifter": {"personuppgift": {"personnummer": GUNNAR}}}]))


def test_ten_digits_name_the_same_person() -> None:
    assert said(body(number=NUMBER[2:], sjukpenningarende=[decided()])).facts


def test_what_says_of_nobody_is_withheld_and_named() -> None:
    told = json.dumps({"formansinformation": {"sjukpenningarende": [decided()]}}).encode()
    found = said(told)
    assert found.facts == ()
    assert [each.reason for each in found.gaps] == ["svaret säger inte vem det handlar om"]
    assert read(told, AT).facts


def test_one_that_is_not_in_the_register_is_unknown() -> None:
    assert not said(b'{"formansinformation": {}, "avvikelser": []}').known
    assert said(body()).known


@pytest.mark.parametrize(
    ("group", "code", "known"),
    [("FK:SKUP", "OBEHORIG", False), ("FK:GEPI", "OBEHORIG", True), ("FK:SKUP", "INTERNT_FEL", True)],
)
def test_one_may_be_known_when_an_answer_lacks_what_would_tell(group: str, code: str, known: bool) -> None:
    deviation = {"avvikelse": {"kod": code}, "ovrigInformationstyp": {"kod": group}}
    told = {"formansinformation": {}, "avvikelser": {"ovrigInformation": [deviation]}}
    assert said(json.dumps(told).encode()).known is known


@pytest.mark.parametrize(("told", "shown"), [(True, "unknown"), (False, "none"), (None, "none"), ("ja", "unknown")])
def test_protection_is_shown(told: Any, shown: Shown) -> None:
    assert said(body(person={"skyddad": told})).protection == shown


def test_a_decision_is_told_with_its_data() -> None:
    found = said(
        body(
            sjukpenningarende=[
                decided(
                    forman={"id": "SJP", "beskrivning": "Sjukpenning"},
                    omfattning={"taljare": 1, "namnare": 2},
                    beslutsutfall="BEVILJAN",
                )
            ]
        )
    )
    case, decision = of(found, "benefits")
    assert case.text == "Sjukpenning, ärendet pågår, ansökan kom in 2026-05-11"
    assert decision.text == "Sjukpenning, 50 procent, från 2026-09-01 till 2027-02-28"
    assert decision.period is not None
    assert decision.source == "ärende startat 2026-05-11, beslut fattat 2026-08-28"
    assert decision.claim == Claim("benefits.sickness", "yes")
    assert decision.sensitive
    items = {each.item: each.value for each in (*case.values, *decision.values) if each.item}
    assert items["application_made"].isoformat() == "2026-05-11"  # type: ignore[union-attr]
    assert items["benefit_kind"] == "Sjukpenning"
    assert items["benefit_extent"] == "50 procent"
    assert items["benefit_period"] == "2026-09-01 – 2027-02-28"
    assert items["benefit_granted"] == LISTS["beslutsutfall"]["BEVILJAN"]


@pytest.mark.parametrize(
    ("change", "claims"),
    [
        ({"omfattning": {"taljare": 1, "namnare": 4}}, ["75"]),
        ({"omfattning": {"taljare": 1, "namnare": 1}}, ["0"]),
        ({"omfattning": {"taljare": 1, "namnare": 1}, "beslutsutfall": "AVSLAG"}, []),
        ({"omfattning": {"taljare": 1, "namnare": 1}, "period": {"fran": "2025-01", "till": "2026-10"}}, []),
        ({"omfattning": {"taljare": 0, "namnare": 0}}, []),
        ({"omfattning": {"taljare": 3, "namnare": 2}}, []),
        ({"omfattning": {"taljare": 1}}, []),
    ],
)
def test_what_remains_of_the_ability_to_work(change: dict[str, Any], claims: list[str]) -> None:
    found = said(body(sjukpenningarende=[decided(**change)]))
    assert [each.claim for each in of(found, "work_ability")] == [Claim("work_ability.extent", says) for says in claims]


def test_a_month_is_all_its_days() -> None:
    found = said(body(sjukOchAktivitetsersattningsarende=[decided(period={"fran": "2024-02", "till": "2024-02"})]))
    spans = [each.period for each in of(found, "benefits") if each.period]
    assert [(str(each.start), str(each.end)) for each in spans] == [("2024-02-01", "2024-02-29")]


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ({"fran": "2026-01-01"}, "Sjukpenning, från 2026-01-01"),
        ({"till": "2026-12-31"}, "Sjukpenning, till 2026-12-31"),
    ],
)
def test_an_open_period_stays_open(period: dict[str, str], text: str) -> None:
    [_, decision] = of(said(body(sjukpenningarende=[decided(period=period)])), "benefits")
    assert decision.text == text
    assert decision.period is not None
    assert None in (decision.period.start, decision.period.end)
    assert decision.claim == Claim("benefits.sickness", "yes")


@pytest.mark.parametrize(
    "period", [{"fran": "2026-12-31", "till": "2026-01-01"}, {"fran": "2026-02-30"}, {"fran": "2026-13"}, {"fran": 7}]
)
def test_a_period_that_can_not_be_is_kept_as_text_and_named(period: dict[str, Any]) -> None:
    found = said(body(sjukpenningarende=[decided(period=period)]))
    decision = of(found, "benefits")[1]
    assert decision.period is None
    assert str(period["fran"]) in next(str(each.value) for each in decision.values if each.name == "period")
    assert found.gaps[0].what == "Sjukpenning"


def test_the_person_is_told_in_parts() -> None:
    address = {"utdelningadress": ["Storgatan 17"], "postnummer": "91001", "postort": "BJÖRKÅ"}
    child = {"namn": "Ett Barn", "foddes": "2020-01-02"}
    work = {"namn": "Lagret", "arbetsgivare": {"namn": "Bolaget"}, "telefon": "090"}
    found = said(body(person={"adress": [address], "barn": [child], "arbetsstallen": [work], "civilstand": {"id": 5}}))
    [home] = of(found, "address")
    assert home.claim == Claim("contact.address", "Storgatan 17, 910 01 Björkå")
    assert home.holds_location
    assert all(each.location for each in home.values)
    [young] = of(found, "children")
    assert all(each.third_person for each in young.values)
    assert young.what.text == "Barn"
    [place] = of(found, "employer")
    assert all(each.location for each in place.values)
    [civil] = of(found, "family")
    assert (civil.text, civil.claim) == ("Civilstånd: Skild", Claim("family.civil_status", "divorced"))
    assert of(found, "contact")[0].text == "Personuppgifter"


@pytest.mark.parametrize(("currency", "words"), [("SEK", "7610 kronor efter skatt"), ("EUR", "7610 EUR")])
def test_a_payment_is_told_in_words(currency: str, words: str) -> None:
    paid = {"datum": "2026-10-23", "nettobelopp": {"summa": 7610, "valuta": currency}}
    [fact] = of(said(body(utbetalningsuppgift=[paid])), "benefits")
    assert fact.text == f"Utbetalning, betalas 2026-10-23, {words}"
    assert [each.value for each in fact.values if each.item == "payment_dates"] == [date(2026, 10, 23)]


def test_a_protected_child_is_never_told_by_the_text_that_remains() -> None:
    [child] = of(said(body(person={"barn": [{"namn": "Ett Barn", "skyddad": True}]})), "children")
    assert child.text == "Barn: namn Ett Barn, skyddade personuppgifter ja"
    assert child.what.text == "Barn"


@pytest.mark.parametrize(
    "part",
    [{"adress": [{"postort": "BJÖRKÅ"}]}, {"adress": ["Storgatan 17"]}, {"civilstand": 2}, {"civilstand": {"id": []}}],
)
def test_a_part_that_is_not_whole_claims_nothing(part: dict[str, Any]) -> None:
    told = [each for each in said(body(person=part)).facts if each.category != "contact"]
    assert [each.claim for each in told] == [None]


def test_a_person_of_whom_nothing_but_an_address_is_told() -> None:
    told = {"formansinformation": {"generellPersoninformation": [{"adress": [{"postort": "BJÖRKÅ"}]}]}}
    assert [each.category for each in read(json.dumps(told).encode(), AT).facts] == ["address"]


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ({"startades": "2026-05-11"}, "Sjukpenning, ansökan kom in 2026-05-11"),
        ({"avslaget": True, "aktivt": False}, "Sjukpenning, ansökan är avslagen"),
        ({"aktivt": True}, "Sjukpenning, ansökan är inte avgjord"),
        ({"aktivt": False}, "Sjukpenning, ärendet är avslutat"),
    ],
)
def test_how_far_a_case_has_come_is_told(case: dict[str, Any], text: str) -> None:
    assert [each.text for each in of(said(body(sjukpenningarende=[case])), "benefits")] == [text]


def test_deviations_and_states_are_named() -> None:
    deviation = {"avvikelse": {"kod": "OBEHORIG"}, "formansgrupp": {"kod": "FK:SJP", "beskrivning": "Sjukpenning"}}
    other = {"avvikelse": {"kod": "NYTT"}, "ovrigInformationstyp": {"kod": "FK:SGI"}}
    told = json.loads(body())
    told["avvikelser"] = {"formansinformation": [deviation], "ovrigInformation": [other], "beslut": [7]}
    told["utlamnare"] = [
        {"utlamnare": {"kod": "FK"}, "tillstand": {"kod": "OK"}},
        {"utlamnare": {"kod": "PM"}, "tillstand": {"kod": "OTILLGANGLIG"}},
    ]
    gaps = said(json.dumps(told).encode()).gaps
    assert [(each.what, each.reason) for each in gaps] == [
        ("Pensionsmyndigheten", "går inte att nå just nu"),
        ("Sjukpenning", "myndigheten lämnar inte ut uppgiften till den som frågar"),
        ("Sjukpenninggrundande inkomst", "uppgiften kunde inte lämnas"),
        ("En del av svaret", "uppgiften kunde inte lämnas"),
    ]
    assert gaps[1].categories == ("benefits", "work_ability")


def test_when_nobody_could_answer_the_agency_is_down() -> None:
    told = b'{"utlamnare": [{"utlamnare": {"kod": "FK"}, "tillstand": {"kod": "FELANDE"}}]}'
    assert fault(told).kind is FaultKind.DOWN


def test_an_unknown_kind_of_case_is_kept_and_flagged() -> None:
    _, fact = said(body(nyformansarende=[{"startades": "2026-01-02", "nytt": "abc"}])).facts
    assert (fact.what.known, fact.what.value) == (False, "nyformansarende")
    assert fact.what.text == "Okänd uppgift: nyformansarende"
    assert {each.label: str(each.value) for each in fact.values} == {
        "Ansökan kom in": "2026-01-02",
        "Okänt fält: nytt": "abc",
    }
    assert fact.holds_location


def test_a_code_without_words_is_shown_as_the_code_it_is() -> None:
    found = said(body(sjukpenningarende=[decided(forman={"id": "XYZ"})]))
    assert "okänd kod XYZ" in [each.value for each in found.facts[-1].values]


@pytest.mark.parametrize("wrong", [7, "x", [7], [[{}]], [{"beslut": 7}], [{"beslut": [7]}], {"beslut": "x"}])
def test_a_part_of_another_form_is_named(wrong: Any) -> None:
    assert [each.what for each in said(body(sjukpenningarende=wrong)).gaps] == ["Sjukpenning"]


def test_pensions_have_numbers_and_their_own_form() -> None:
    told = json.loads(body())
    told["beslut"] = [
        {
            "beslutsid": "B-7",
            "formansgrupp": {"kod": "PM:AP", "beskrivning": "Allmän pension"},
            "beslutadErsattning": [{"period": {"from": "2026-01-01"}, "beslutatBelopp": {"belopp": 14210}}],
        }
    ]
    case, decision = of(said(json.dumps(told).encode()), "benefits")
    assert case.source == "beslut B-7"
    assert case.unit == decision.unit == "Pensionsmyndigheten"
    assert decision.period == Span(decision.period.start if decision.period else None, None)
    assert 14210 in [each.value for each in decision.values if each.item == "benefit_amount"]


def test_every_kind_has_a_name_of_its_own() -> None:
    assert all(each.name for each in (*KINDS.values(), *PM_KINDS.values()))
    assert len({each.name for each in KINDS.values()}) == len(KINDS)
