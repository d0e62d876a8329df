"""Forms: refused with what to do, and nothing lost."""

from datetime import date
from typing import ClassVar

import pytest
from starlette.datastructures import FormData

from hub.kit.errors import FieldError, Invalid
from hub.web import Form, FormModel, FutureDate, InvalidForm, LongText, ShortText, form_of, with_errors_of

TODAY = date(2026, 11, 24)


class Sample(FormModel):
    name: ShortText
    day: FutureDate | None = None
    about: tuple[str, ...] = ()
    words: LongText = ""
    missing: ClassVar = {"name": "Skriv namnet."}


def faults(**values: str) -> dict[str, str]:
    with pytest.raises(InvalidForm) as wrong:
        Sample.read(Form({name: (value,) for name, value in values.items()}), today=TODAY)
    return {fault.field: fault.message for fault in wrong.value.form.faults}


class TestRefusing:
    def test_what_is_missing_says_what_to_do(self) -> None:
        assert faults() == {"name": "Skriv namnet."}
        assert faults(name="   ") == {"name": "Skriv namnet."}

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("2026-02-28", "28 februari 2026 har redan varit. Skriv ett datum efter i dag."),
            ("2026-11-24", "Det är i dag. Skriv ett datum efter i dag."),
            ("2027-02-30", "Den dagen finns inte. Kontrollera år, månad och dag."),
            ("28/2 2027", "Skriv datumet så här: 2027-02-28."),
            ("i morgon", "Skriv datumet så här: 2027-02-28."),
        ],
    )
    def test_dates(self, written: str, said: str) -> None:
        assert faults(name="Kajsa", day=written) == {"day": said}

    def test_text_that_is_too_long_says_by_how_much(self) -> None:
        assert faults(name="a" * 201) == {"name": "Texten är 201 tecken. Högst 200 får plats. Korta den."}

    def test_characters_that_cannot_be_shown(self) -> None:
        assert "inte går att visa" in faults(name="Kaj\x07sa")["name"]

    def test_another_encoding(self) -> None:
        with pytest.raises(Invalid) as wrong:
            form_of(FormData([("name", "Kaj\ufffdsa")]))
        assert "gick inte att läsa" in wrong.value.fields[0].message

    def test_all_faults_at_once_in_the_order_of_the_page(self) -> None:
        assert list(faults(day="nej", words="a" * 2001)) == ["name", "day", "words"]

    def test_what_was_written_is_in_the_error(self) -> None:
        form = Form({"name": ("Kajsa",), "day": ("nej",)})
        with pytest.raises(InvalidForm) as wrong:
            Sample.read(form, today=TODAY)
        assert wrong.value.form.value("day") == "nej"
        assert wrong.value.form.value("name") == "Kajsa"


class TestReading:
    def test_sets_dates_and_texts(self) -> None:
        form = Form({"name": (" Kajsa ",), "day": ("20270228",), "about": ("plan", "health")})
        said = Sample.read(form, today=TODAY)
        assert (said.name, said.day, said.about) == ("Kajsa", date(2027, 2, 28), ("plan", "health"))

    def test_letters_are_composed_and_own_fields_left_out(self) -> None:
        form = form_of(FormData([("name", "A\u030asa"), ("csrf", "x"), ("once", "y"), ("version", "1")]))
        assert form.values == {"name": ("Åsa",)}

    def test_a_services_refusal_is_told_at_the_pages_field(self) -> None:
        error = Invalid(fields=(FieldError("givenName", "Skriv förnamnet."),))
        again = with_errors_of(error, Form({"given_name": ("",)}), {"givenName": "given_name"})
        assert again.fault("given_name") == "Skriv förnamnet."
