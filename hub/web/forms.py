"""Forms: what was written, checked whole against a model; what is wrong is said in Swedish, and nothing is lost."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from starlette.datastructures import FormData, UploadFile

from hub.kit.errors import FieldError, HubError, Invalid

#: Names that belong to the form and not to what was written in it.
_OWN: Final = frozenset({"csrf", "once", "version"})
_LIMIT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in a form: the values as they were written, and what is wrong with them, first fault first."""

    values: Mapping[str, tuple[str, ...]]
    faults: tuple[FieldError, ...] = ()
    saved_at: str = ""

    def value(self, name: str) -> str:
        """Return the one value of `name`, empty when there is none."""
        return next(iter(self.values.get(name, ())), "")

    def chosen(self, name: str, value: str) -> bool:
        """Tell whether `value` is among what was chosen for `name`."""
        return value in self.values.get(name, ())

    def fault(self, name: str) -> str:
        """Return what to do about `name`, empty when nothing is wrong."""
        return next((fault.message for fault in self.faults if fault.field == name), "")

    def with_faults(self, faults: Sequence[FieldError]) -> Self:
        """Return the same values with these faults."""
        return replace(self, faults=tuple(faults))


BLANK: Final = Form({})


class InvalidForm(Invalid):
    """What was written can't be used as it is. Carries the form, so that the page can be shown again with all of it."""

    def __init__(self, form: Form) -> None:
        super().__init__(fields=form.faults)
        self.form = form


class FormModel(BaseModel):
    """A form's fields. `missing` says, for each field that must be there, what to do; `order` is the page's own order."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    missing: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def read(cls, form: Form, *, today: date) -> Self:
        """Return the form's fields, checked. Raises InvalidForm with every fault, in the order of the page."""
        try:
            return cls.model_validate(cls._input(form), context={"today": today})
        except ValidationError as wrong:
            faults = [cls._fault(detail) for detail in wrong.errors()]
            order = list(cls.model_fields)
            faults.sort(key=lambda fault: order.index(fault.field) if fault.field in order else len(order))
            raise InvalidForm(form.with_faults(_first_of_each(faults))) from None

    @classmethod
    def _input(cls, form: Form) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            written = [value for value in form.values.get(name, ()) if value.strip()]
            if written:
                many = "tuple" in str(info.annotation)
                found[name] = written if many else written[0]
        return found

    @classmethod
    def _fault(cls, detail: ErrorDetails) -> FieldError:
        field = str(detail["loc"][0]) if detail["loc"] else ""
        if detail["type"].startswith("hub_"):
            return FieldError(field, detail["msg"])
        if detail["type"] == "missing":
            return FieldError(field, cls.missing.get(field, "Det här behöver fyllas i."))
        return FieldError(field, cls.missing.get(field, "Välj ett av alternativen."))


def form_of(data: FormData) -> Form:
    """Return what was sent. Raises Invalid for text in another encoding than UTF-8; files are left out."""
    values: dict[str, list[str]] = {}
    for name, value in data.multi_items():
        if name in _OWN or isinstance(value, UploadFile):
            continue
        values.setdefault(name, []).append(_readable(name, value))
    return Form({name: tuple(each) for name, each in values.items()})


def with_errors_of(error: HubError, form: Form, names: Mapping[str, str] | None = None) -> Form:
    """Return `form` with the fields that a service refused; `names` maps the service's names to the page's."""
    return form.with_faults([FieldError((names or {}).get(f.field, f.field), f.message) for f in error.fields])


def _first_of_each(faults: Sequence[FieldError]) -> list[FieldError]:
    return list({fault.field: fault for fault in reversed(faults)}.values())[::-1]


def _readable(name: str, value: str) -> str:
    if "\ufffd" in value or "\x00" in value:
        message = "Några tecken gick inte att läsa. Skriv om texten och skicka igen."
        raise InvalidForm(Form({}, (FieldError(name, message),)))
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))[:_LIMIT]


# ----------------------------------------------------------------------------------------------- kinds of fields


def text(longest: int) -> Any:
    """Return a validator of free text: no control characters, at most `longest` characters."""

    def check(value: str) -> str:
        value = value.strip()
        if len(value) > longest:
            raise PydanticCustomError(
                "hub_long",
                "Texten är {length} tecken. Högst {longest} får plats. Korta den.",
                {"length": len(value), "longest": longest},
            )
        if any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in value):
            raise PydanticCustomError("hub_control", "Texten har tecken som inte går att visa. Skriv om den.")
        return value

    return AfterValidator(check)


ShortText = Annotated[str, text(200)]
LongText = Annotated[str, text(2000)]

_DATE: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def read_date(written: str, field: str) -> tuple[date | None, tuple[FieldError, ...]]:
    """Return the date that was written, or what to do about it."""
    if not written.strip():
        return None, (FieldError(field, "Skriv till och med vilken dag, så här: 2027-02-28."),)
    try:
        return _date(written), ()
    except PydanticCustomError as wrong:
        return None, (FieldError(field, wrong.message()),)


def _date(value: object) -> date:
    found = _DATE.fullmatch(str(value).strip())
    if not found:
        raise PydanticCustomError("hub_date", "Skriv datumet så här: 2027-02-28.")
    year, month, day = (int(each) for each in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise PydanticCustomError("hub_no_such_day", "Den dagen finns inte. Kontrollera år, månad och dag.") from None


def _later(value: date, info: ValidationInfo) -> date:
    context: dict[str, date] = info.context or {}
    today = context["today"]
    if value == today:
        raise PydanticCustomError("hub_today", "Det är i dag. Skriv ett datum efter i dag.")
    if value < today:
        raise PydanticCustomError(
            "hub_past",
            "{words} har redan varit. Skriv ett datum efter i dag.",
            {"words": f"{value.day} {MONTHS[value.month - 1]} {value.year}"},
        )
    return value


SwedishDate = Annotated[date, BeforeValidator(_date)]
FutureDate = Annotated[date, BeforeValidator(_date), AfterValidator(_later)]
