"""The number of an individual is checked whole and can't be printed."""

import copy
import json
import pickle
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer as oracle

from hub.people import NumberKind, PersonalNumber, UnrealNumber, age_on
from tests.fixtures.numbers import ADULT, SAMORDNING, coordination, number

TODAY = date(2026, 11, 24)


def parse(text: str) -> PersonalNumber:
    return PersonalNumber.parse(text, TODAY)


def refusal(text: str) -> str:
    with pytest.raises(UnrealNumber) as refused:
        PersonalNumber.parse(text, TODAY, "personalNumber")
    assert refused.value.fields[0].field == "personalNumber"
    return refused.value.fields[0].message


class TestRefusals:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "19900101",
            "19900101-980",
            "19900101-98023",
            "abc",
            "1990-01-01-9802",
            "21900101-9802",
            "١٩٩٠٠١٠١٩٨٠٢",
        ],
    )
    def test_what_has_not_the_form_of_a_number(self, text: str) -> None:
        assert refusal(text) == "Skriv tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."

    @pytest.mark.parametrize(
        "text", ["19900230-9801", "19901301-9801", "19900100-9801", "199001329801", "19900160-9801"]
    )
    def test_a_day_that_does_not_exist(self, text: str) -> None:
        assert refusal(text) == "Den dagen finns inte. Kontrollera år, månad och dag."

    def test_one_who_is_born_tomorrow(self) -> None:
        assert "inte är född än" in refusal(number("20261125"))

    @pytest.mark.parametrize("wrong", [n for n in range(10) if n != int(ADULT[-1])])
    def test_every_wrong_check_digit(self, wrong: int) -> None:
        assert "Sista siffran" in refusal(f"{ADULT[:-1]}{wrong}")

    def test_the_birth_number_that_nobody_has(self) -> None:
        assert "Sista siffran" in refusal("19900101-0009")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("21900101AB13", id="before the first"),
            pytest.param("19900101AB13", id="a century"),
            pytest.param("99900101AB13", id="after the last"),
            pytest.param("00900101AB13", id="no day known, yet a day"),
            pytest.param("00552061AB13", id="no day known, and a place for it that is not used"),
            pytest.param("00551941AB13", id="no day known, yet a month"),
        ],
    )
    def test_a_reserve_number_of_a_series_that_is_not_used(self, text: str) -> None:
        said = "Reservnumret börjar inte som ett nationellt reservnummer. Kontrollera de första åtta siffrorna."
        assert refusal(text) == said

    def test_a_reserve_number_of_a_day_that_does_not_exist(self) -> None:
        assert "Den dagen finns inte" in refusal("22900231AB13")

    def test_a_reserve_number_of_one_who_is_born_tomorrow(self) -> None:
        assert "inte är född än" in refusal("23261125AB13")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("22900101IO13", id="letters that aren't used"),
            pytest.param("22900101ABO3", id="a letter for the sex that isn't used"),
            pytest.param("22900101ABXX", id="a letter last"),
            pytest.param("22900101A113", id="one letter"),
            pytest.param("2290010112A3", id="a letter in the wrong place"),
            pytest.param("991981000010", id="Region Stockholm's own"),
            pytest.param("19810829M071", id="Västra Götalandsregionens own"),
            pytest.param("19810829-SU3A", id="Region Värmland's own"),
        ],
    )
    def test_what_looks_like_a_reserve_number_and_is_no_national_one(self, text: str) -> None:
        assert refusal(text) == (
            "Det är inget nationellt reservnummer: åtta siffror, två bokstäver (inte I, O, Q, V eller W) "
            "och två tecken till. En regions eget reservnummer går inte att använda här."
        )

    @pytest.mark.parametrize("text", ["22900101AB1", "22900101AB133", "229001-01AB13", "22900101ÅB13", "22900101+AB13"])
    def test_what_has_not_the_length_or_the_characters_of_a_reserve_number(self, text: str) -> None:
        assert refusal(text) == "Skriv tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."

    def test_no_refusal_repeats_what_was_written(self) -> None:
        with pytest.raises(UnrealNumber) as refused:
            parse("19900230-9801")
        assert "9801" not in f"{refused.value!r}{refused.value.detail}{refused.value.fields}"


class TestForms:
    @pytest.mark.parametrize(
        "text",
        [
            "199001019802",
            "19900101-9802",
            "900101-9802",
            "9001019802",
            " 19900101 - 9802 ",
            "900101–9802",
            "900101\u22129802",
        ],
    )
    def test_all_ways_of_writing_one_number_are_one_number(self, text: str) -> None:
        assert parse(text) == parse(ADULT)
        assert hash(parse(text)) == hash(parse(ADULT))
        assert parse(text).reveal() == ADULT

    def test_plus_means_a_hundred_years_more(self) -> None:
        assert parse("900101+9802").born == date(1890, 1, 1)
        assert parse(f"{number('19010101')[2:8]}+{number('19010101')[8:]}").born == date(1901, 1, 1)

    def test_ten_digits_mean_the_latest_day_that_has_been(self) -> None:
        assert parse(number("20261124")[2:]).born == date(2026, 11, 24)
        assert parse(number("19261125")[2:]).born == date(1926, 11, 25)

    def test_a_samordningsnummer_has_its_day_plus_sixty(self) -> None:
        found = parse(SAMORDNING)
        assert (found.kind, found.born) == (NumberKind.SAMORDNINGSNUMMER, date(1985, 7, 7))
        assert parse(coordination("20000229")[2:]).born == date(2000, 2, 29)

    @pytest.mark.parametrize(
        ("text", "born"),
        [
            ("22900101AB13", date(1990, 1, 1)),
            ("2305 0228-XY42", date(2005, 2, 28)),
            ("24991231ABX7", date(1899, 12, 31)),
            ("98050228AB13", date(2005, 2, 28)),
        ],
    )
    def test_a_reserve_number_tells_its_day(self, text: str, born: date) -> None:
        assert (parse(text).kind, parse(text).born) == (NumberKind.RESERVNUMMER, born)

    def test_a_reserve_number_without_a_day(self) -> None:
        found = parse("00552041AB13")
        assert (found.kind, found.born, found.age(TODAY)) == (NumberKind.RESERVNUMMER, None, None)


class TestNeverShown:
    @pytest.mark.requirement("HUB-09")
    @pytest.mark.parametrize("show", ["{}", "{!r}", "{!s}", "{:>20}"])
    def test_no_text_of_it_holds_a_digit(self, show: str) -> None:
        found = parse(ADULT)
        texts = [show.format(found), show.format([found]) if ">" not in show else "", "%s" % found]  # noqa: UP031
        assert not any(character.isdigit() for text in texts for character in text)

    @pytest.mark.parametrize(
        "export",
        [pickle.dumps, json.dumps, msgspec.json.encode, copy.copy, copy.deepcopy],
        ids=["pickle", "json", "msgspec", "copy", "deepcopy"],
    )
    def test_it_can_not_be_exported(self, export: object) -> None:
        assert callable(export)
        with pytest.raises(TypeError):
            export(parse(ADULT))

    def test_the_mask_keeps_the_last_four_back(self) -> None:
        assert parse(ADULT).masked == "19900101-••••"

    def test_it_is_no_other_thing_with_the_same_digits(self) -> None:
        assert parse(ADULT) != ADULT
        assert parse(ADULT) != parse(number("19900101", 981))


class TestAge:
    def test_age_turns_on_the_birthday(self) -> None:
        assert parse(number("20081124")).age(TODAY) == 18
        assert parse(number("20081125")).age(TODAY) == 17

    def test_one_born_on_a_leap_day_turns_on_the_first_of_march(self) -> None:
        born = date(2008, 2, 29)
        assert age_on(born, date(2026, 2, 28)) == 17
        assert age_on(born, date(2026, 3, 1)) == 18


@st.composite
def written(draw: st.DrawFn) -> str:
    """Twelve digits that may or may not be a number: days out of range, any check digit."""
    day = f"{draw(st.integers(1890, 2026))}{draw(st.integers(0, 13)):02}{draw(st.integers(0, 92)):02}"
    return f"{day}{draw(st.integers(980, 999))}{draw(st.integers(0, 9))}"


def real(text: str) -> bool:
    try:
        parse(text)
    except UnrealNumber:
        return False
    return True


class TestAgainstAnotherLibrary:
    @given(written())
    def test_the_two_agree_on_what_is_a_number(self, text: str) -> None:
        # The other library knows nothing of today; a birth to come is ours to refuse.
        born_later = text[:8] > f"{TODAY:%Y%m%d}" and int(text[6:8]) < 60
        coordination_later = text[:6] + f"{int(text[6:8]) - 60:02}" > f"{TODAY:%Y%m%d}"
        later = born_later or coordination_later
        assert real(text) == (oracle.valid(text) and not later)

    @given(st.dates(date(1890, 1, 1), TODAY), st.integers(980, 999))
    def test_every_test_number_is_read_with_its_day(self, born: date, serial: int) -> None:
        assert parse(number(born, serial)).born == born

    @given(st.text(max_size=20))
    def test_no_text_does_anything_but_be_read_or_refused(self, text: str) -> None:
        assert real(text) in {True, False}
