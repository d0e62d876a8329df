"""What socialtjänsten's answers mean, on made-up ones for every field, and on whatever the description allows."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.socialtjanst import translate
from hub.broker.codec import decode_answer, encode_answer
from hub.broker.port import AgencyAnswer, AgencyFault, Claim, FaultKind, NumberChanged, Span, WrongPerson
from tests.adapters.socialtjanst.made import AT, OTHER, UNIT, WHOM, allowed, item, page, search, whom

pytestmark = pytest.mark.requirement("HUB-05")


def read(kind: str, *items: object, **more: object) -> AgencyAnswer:
    return translate.together(
        translate.person(search(), whom=whom(), at=AT),
        [translate.page(page(kind, *items, **more), whom=whom(), kind=kind)],
    )


def only(kind: str, **more: object) -> Any:
    """The one fact that an item gives, beside that the individual is current."""
    answer = read(kind, item(kind, **more))
    assert answer.gaps == ()
    return next(fact for fact in answer.facts if fact.category != "party")


def values(fact: Any) -> dict[str, object]:
    return {value.name: value.value for value in fact.values}


@pytest.mark.parametrize("where", ["search", "page", "item"])
def test_somebody_else_anywhere_is_refused_whole(where: str) -> None:
    other = item("beslut", omrade="EKB", utfall="BIFALL", personnummer=OTHER if where == "item" else WHOM)
    with pytest.raises(WrongPerson) as refused:
        _ = [
            translate.person(search(personnummer=OTHER if where == "search" else WHOM), whom=whom(), at=AT),
            translate.page(page("beslut", other, personnummer=OTHER if where == "page" else WHOM), whom=whom()),
        ]
    assert OTHER not in str(refused.value)


def test_a_page_of_another_person_reference_is_refused() -> None:
    found = translate.person(search(), whom=whom(), at=AT)
    other = translate.page(page("beslut", personId="p-2"), whom=whom())
    with pytest.raises(WrongPerson):
        translate.together(found, [other])


def test_a_changed_number_is_told_and_never_followed() -> None:
    with pytest.raises(NumberChanged) as changed:
        translate.person(search(ersattAv=OTHER), whom=whom(), at=AT)
    assert changed.value.number.reveal() == OTHER
    assert OTHER not in f"{changed.value} {changed.value!r}"


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"traffar": {}}',
        b'{"traffar": [1]}',
        b'{"traffar": [{"personnummer": "198604129810"}]}',
        b'{"traffar": [{"personId": "p"}]}',
        json.dumps({"traffar": [json.loads(search())["traffar"][0]] * 2}).encode(),
        b'{"traffar": [NaN]}',
        search().decode().replace("}]", '","personId":"p-2"}]').encode(),
        search(enhet="Försörjning").decode().encode("latin-1"),
        search(aktuell="ja"),
        search(uppdaterad="i går"),
        search(uppdaterad="2026-11-20T08:00:00"),
    ],
)
def test_a_search_that_is_none_is_malformed(body: bytes) -> None:
    with pytest.raises(AgencyFault) as fault:
        translate.person(body, whom=whom(), at=AT)
    assert fault.value.kind is FaultKind.MALFORMED
    assert WHOM not in fault.value.cause


@pytest.mark.parametrize(
    "more",
    [
        {"samling": "journaler"},
        {"samling": None},
        {"poster": {}},
        {"sida": 1},
        {"sida": {"sidor": -1}},
        {"sida": {"sidor": True}},
        {"personId": ""},
        {"personnummer": None},
    ],
)
def test_a_page_that_is_none_is_malformed(more: dict[str, object]) -> None:
    with pytest.raises(AgencyFault) as fault:
        translate.page(page("beslut", **more), whom=whom())
    assert fault.value.kind is FaultKind.MALFORMED


def test_another_collection_than_was_asked_for_is_malformed() -> None:
    with pytest.raises(AgencyFault, match="another collection"):
        translate.page(page("uppdrag"), whom=whom(), kind="beslut")


def test_nobody_found_is_an_answer() -> None:
    assert translate.person(b'{"traffar": []}', whom=whom(), at=AT) is None
    assert translate.together(None, []) == AgencyAnswer(known=False)


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("INGEN", "none"),
        ("SEKRETESSMARKERING", "sekretessmarkering"),
        ("SKYDDAD_FOLKBOKFORING", "skyddad_folkbokforing"),
        ("NAGOT_NYTT", "unknown"),
    ],
)
def test_protection_is_shown_wherever_it_stands(mark: str, shown: str) -> None:
    found = translate.person(search(skydd=mark), whom=whom(), at=AT)
    plain = translate.person(search(), whom=whom(), at=AT)
    assert translate.together(found, []).protection == shown
    assert translate.together(plain, [translate.page(page("beslut", skydd=mark), whom=whom())]).protection == shown


def test_that_somebody_is_current_is_the_datum_of_the_duty() -> None:
    told = search(aktuell=False, aktuellFran="2023-03-01", aktuellTill="2025-06-30", enhet="Vuxen")
    (fact,) = translate.together(translate.person(told, whom=whom(), at=AT), []).facts
    assert (fact.category, fact.unit, fact.period) == ("party", "Vuxen", Span(date(2023, 3, 1), date(2025, 6, 30)))
    assert [(value.item, value.value) for value in fact.values] == [("is_current", False)]
    assert fact.text == "Har ingen pågående kontakt med socialtjänsten."


def test_an_application() -> None:
    fact = only("ansokningar", omrade="BOS", status="UTREDS", inkom="2026-11-10")
    assert (fact.category, fact.text) == ("social_situation", "Ansökan om boendestöd utreds.")
    assert fact.period == Span(date(2026, 11, 10))
    assert values(fact) == {"status": "utreds", "received": date(2026, 11, 10)}
    assert (fact.source, fact.unit) == ("x-1", "Försörjningsstöd")
    assert fact.as_of == datetime.fromisoformat("2026-11-20T08:00:00+01:00")


def test_a_decision_with_all_that_it_can_hold() -> None:
    answer = read(
        "beslut",
        item(
            "beslut",
            omrade="EKB",
            utfall="BIFALL",
            lagrum="12 kap. 1 § socialtjänstlagen",
            beslutsdatum="2026-10-30",
            gallerFran="2026-11-01",
            gallerTill="2026-11-30",
            nastaProvning="2026-12-01",
            belopp={"varde": 9120.5, "valuta": "SEK", "avser": "november"},
            forsorjningshinder="SJUKSKRIVEN",
        ),
    )
    assert answer.gaps == ()
    _, decision, obstacle = answer.facts
    assert (decision.category, decision.text) == (
        "economy",
        "Ekonomiskt bistånd: beviljat. Prövas igen 1 december 2026.",
    )
    assert decision.period == Span(date(2026, 11, 1), date(2026, 11, 30))
    assert values(decision)["amount"] == Decimal("9120.5")
    assert values(decision)["law"] == "12 kap. 1 § socialtjänstlagen"
    assert values(decision)["decided"] == date(2026, 10, 30)
    assert (obstacle.category, obstacle.claim) == ("employment", Claim("employment.status", "sick_leave"))
    assert obstacle.text == "Skälet till försörjningsstöd: är sjukskriven med läkarintyg."


def test_another_currency_is_kept_in_words() -> None:
    fact = only("beslut", omrade="EKB", utfall="BIFALL", belopp={"varde": 10, "valuta": "EUR"})
    assert values(fact)["amount"] == "10 EUR"


def test_support_that_is_given_tells_a_place_by_its_provider() -> None:
    fact = only(
        "uppdrag", omrade="BOS", status="PAGAR", start="2024-09-01", omfattning="6 timmar i veckan",
        mal="Klara vardagen", utforare="Boendestödet norra",
    )  # fmt: skip
    assert fact.text == "Boendestöd pågår, 6 timmar i veckan."
    assert [value.name for value in fact.values if value.location] == ["provider"]
    assert fact.holds_location


@pytest.mark.parametrize(("area", "category"), [("SBK", "substance_use"), ("BOU", "children"), ("SKB", "shelter")])
def test_what_is_sensitive_says_so(area: str, category: str) -> None:
    fact = only("uppdrag", omrade=area, status="PAGAR")
    assert (fact.category, fact.sensitive, fact.location) == (category, True, area == "SKB")


def test_a_coordinator_is_of_the_plan_and_another_official_a_contact() -> None:
    coordinator = only("kontaktpersoner", roll="SAMORDNARE", namn="Maria Öberg", telefon="0930-12 34 03")
    assert (coordinator.category, coordinator.claim) == (
        "plan",
        Claim("plan.coordinator", "Samordnare, Försörjningsstöd"),
    )
    other = only("kontaktpersoner", roll="HANDLAGGARE", namn="Lena Sandström", epost="lena@bjorka.example")
    assert (other.category, other.text, other.claim) == ("contact", "Handläggare är Lena Sandström.", None)
    assert values(other)["email"] == "lena@bjorka.example"


def test_an_address_is_a_place_and_can_be_held_against_others() -> None:
    fact = only(
        "kontaktuppgifter", typ="ADRESS", adress={"gata": "Storgatan 17", "postnummer": "910 01", "postort": "Björkå"}
    )
    assert fact.category == "address"
    assert fact.claim == Claim("contact.address", "Storgatan 17, 91001 Björkå")
    assert fact.location
    assert all(value.location for value in fact.values)


def test_what_is_of_a_relative_is_marked_and_contradicts_nobody() -> None:
    fact = only("kontaktuppgifter", typ="TELEFON", varde="070-174 06 36", relation="syster")
    assert (fact.category, fact.claim) == ("family", None)
    assert [value.third_person for value in fact.values] == [True]
    own = only("kontaktuppgifter", typ="TELEFON", varde="070-174 06 02")
    assert (own.category, own.claim) == ("phone", Claim("contact.phone", "0701740602"))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("ansokningar", {"omrade": "NYT", "status": "UTREDS"}),
        ("ansokningar", {"omrade": "EKB", "status": "NYTT"}),
        ("beslut", {"omrade": "EKB", "utfall": "NYTT"}),
        ("uppdrag", {"omrade": "EKB", "status": "NYTT"}),
        ("kontaktpersoner", {"roll": "NYTT", "namn": "Maria"}),
        ("kontaktuppgifter", {"typ": "NYTT", "varde": "x"}),
    ],
)
def test_a_code_that_nobody_knows_is_kept_and_shown(kind: str, more: dict[str, object]) -> None:
    fact = only(kind, **more)
    assert "NYT" in fact.text
    unknown_area = more.get("omrade") == "NYT"
    assert not unknown_area or (fact.what.value, fact.what.known) == ("NYT", False)


def test_a_period_the_wrong_way_round_stays_as_text_and_is_named() -> None:
    answer = read("uppdrag", item("uppdrag", omrade="BOS", status="PAGAR", start="2026-12-01", slut="2026-11-01"))
    fact = answer.facts[-1]
    assert fact.period is None
    assert values(fact)["period"] == "2026-12-01 till 2026-11-01"
    assert answer.gaps[0].what == "Uppdrag 1"


@pytest.mark.parametrize(
    "broken",
    [
        "text",
        {"personnummer": WHOM},
        item("beslut", omrade="EKB"),
        item("beslut", omrade=5, utfall="BIFALL"),
        item("beslut", omrade="EKB", utfall="BIFALL", gallerFran="2026-02-30"),
        item("beslut", omrade="EKB", utfall="BIFALL", gallerFran="20260201"),
        item("beslut", omrade="EKB", utfall="BIFALL", belopp={"varde": "mycket"}),
        item("beslut", omrade="EKB", utfall="BIFALL", belopp=9120),
        item("beslut", omrade="EKB", utfall="BIFALL", enhet=...),
        item("beslut", omrade="EKB", utfall="BIFALL", enhet={"namn": 5}),
        item("beslut", omrade="EKB", utfall="BIFALL", uppdaterad="nyss"),
        item("beslut", omrade="EKB", utfall="BIFALL", lagrum="x" * 5000),
    ],
)
def test_an_item_that_cannot_be_read_is_named_and_the_others_are_shown(broken: object) -> None:
    well = item("beslut", omrade="EKB", utfall="AVSLAG")
    answer = read("beslut", broken, well)
    assert [fact.text for fact in answer.facts[1:]] == ["Ekonomiskt bistånd: avslag."]
    (gap,) = answer.gaps
    assert gap.what == "Beslut 1"
    assert "economy" in gap.categories


def test_a_field_that_nobody_knows_is_named_and_its_content_is_not() -> None:
    told = item("beslut", omrade="EKB", utfall="AVSLAG", nyttFalt="hemligheten", enhet={**UNIT, "kod": "X1"})
    told["198604129810"] = "hemligheten"
    (gap,) = read("beslut", told).gaps
    assert gap.reason == "Hubben känner inte till: ett fält med ovanligt namn, nyttFalt, kod."


def test_only_what_was_asked_for_is_handed_on() -> None:
    found = translate.person(search(), whom=whom(), at=AT)
    told = translate.page(
        page("beslut", item("beslut", omrade="EKB", utfall="BIFALL", forsorjningshinder="ARBETSLOS")), whom=whom()
    )
    assert [f.category for f in translate.together(found, [told], {"employment"}).facts] == ["employment"]
    assert [f.category for f in translate.together(found, [told], {"is_current"}).facts] == ["party"]


def test_reading_a_raw_answer_needs_nobody_to_ask_about() -> None:
    assert translate.read(search(), AT).facts[0].category == "party"
    answer = translate.read(page("beslut", item("beslut", omrade="EKB", utfall="AVSLAG")), AT)
    assert [fact.category for fact in answer.facts] == ["economy"]
    assert decode_answer(encode_answer(answer)) == answer


def answered(body: bytes) -> AgencyAnswer | None:
    """The answer, or None for a fault; anything else is a failure."""
    try:
        return translate.read(body, AT)
    except AgencyFault as fault:
        assert fault.kind in {FaultKind.MALFORMED, FaultKind.NUMBER_CHANGED}  # noqa: PT017  what kind is what is tested
        return None


FUZZ = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
KINDS = {
    "ansokningar": "Ansokan",
    "beslut": "Beslut",
    "uppdrag": "Uppdrag",
    "kontaktpersoner": "Kontaktperson",
    "kontaktuppgifter": "Kontaktuppgift",
}


@FUZZ
@given(
    st.sampled_from(sorted(KINDS)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(allowed(KINDS[kind]), max_size=2))
    )
)
def test_whatever_the_description_allows_is_read(made: tuple[str, list[dict[str, Any]]]) -> None:
    kind, items = made
    answer = answered(page(kind, *items))
    assert answer is not None
    assert len(answer.facts) + len(answer.gaps) >= len(items)


@FUZZ
@given(allowed("Traffar"))
def test_whatever_a_search_may_find_is_read(told: dict[str, Any]) -> None:
    answered(json.dumps(told).encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@FUZZ
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(JSON, max_size=3),
    st.dictionaries(st.sampled_from(["sida", "skydd", "personId"]), JSON),
)
def test_whatever_else_comes_is_an_answer_or_a_fault(kind: str, items: list[Any], more: dict[str, Any]) -> None:
    answered(page(kind, *items, **more))


@FUZZ
@given(st.binary(max_size=200))
def test_bytes_are_never_more_than_a_fault(body: bytes) -> None:
    answered(body)
