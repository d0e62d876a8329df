"""Pages from templates: everything escaped, nothing undefined, every word through gettext."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hub.kit.clock import Clock
from hub.kit.ids import new_id
from hub.web.dates import DateWords
from hub.web.forms import BLANK, MONTHS, Form
from hub.web.frame import Frame
from hub.web.language import LANGUAGES, Language

HERE: Final = Path(__file__).resolve().parent
TEMPLATES: Final = HERE / "templates"
LOCALES: Final = HERE / "locales"
STATIC: Final = HERE / "static"


@dataclass(slots=True)
class Renderer:
    """Turns a template and a view model into a page, in the language of the frame."""

    clock: Clock
    folders: Sequence[Path]
    _environments: dict[str, Environment] = field(default_factory=dict[str, Environment])

    def page(self, template: str, frame: Frame, view: object = None, *, form: Form = BLANK) -> str:
        """Return the whole page. `view` is the template's view model, `form` what was written and what is wrong."""
        return self._render(template, frame, {"view": view, "form": form})

    def part(self, template: str, frame: Frame, view: object, *, form: Form = BLANK) -> str:
        """Return a part of a page, for htmx to put in place."""
        return self._render(template, frame, {"view": view, "form": form})

    def words(self, language: Language) -> DateWords:
        """Return the words for dates, as said now."""
        return DateWords(self.clock.now(), language)

    def gettext(self, language: Language, message: str) -> str:
        """Return `message` in `language`."""
        return said(translations(language), message)

    def _render(self, template: str, frame: Frame, more: Mapping[str, object]) -> str:
        found = self._environment(frame.language).get_template(template)
        # One key for each form that is drawn: a form that is sent twice acts once.
        return found.render(frame=frame, dates=self.words(frame.language), once=new_id(), **more)

    def _environment(self, language: Language) -> Environment:
        if language.code not in self._environments:
            self._environments[language.code] = _environment(self.folders, language)
        return self._environments[language.code]


def _environment(folders: Sequence[Path], language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, *folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    catalogue = translations(language)
    install: Any = getattr(environment, "install_gettext_translations")  # noqa: B009  added by the extension
    install(catalogue, newstyle=True)
    environment.globals |= {"static": static_address, "languages": LANGUAGES}  # pyright: ignore[reportAttributeAccessIssue]
    conjoined = partial(sentence, conjunction=catalogue.gettext("och"))
    environment.filters.update(sentence=conjoined, number=number_in(language), say=partial(said, catalogue))
    return environment


@cache
def translations(language: Language) -> NullTranslations:
    """Return the catalogue of `language`, read from its source. Swedish is what the templates are written in."""
    source = LOCALES / f"{language.code}.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as opened:
        catalogue = read_po(opened)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


#: What stands as "#" in the catalogue: numbers and days that a message was put together with, in their order.
_VALUE: Final = re.compile(rf"\d+|\b(?:{'|'.join(MONTHS)})\b")


def said(catalogue: NullTranslations, message: str) -> str:
    """Return `message` in another language, also one that was put together with numbers or days before it came here."""
    found = catalogue.gettext(message) if message else ""
    if found != message or not _VALUE.search(message):
        return found
    pattern, values = _VALUE.sub("#", message), iter(_VALUE.findall(message))
    words = catalogue.gettext(pattern)
    return message if words == pattern else re.sub("#", lambda _: catalogue.gettext(next(values)), words)


_DIGESTS: Final[dict[str, str]] = {}


def static_address(name: str) -> str:
    """Return the address of a static file, with a digest so that a new release is fetched anew."""
    if name not in _DIGESTS:
        content = (STATIC / name).read_bytes() if (STATIC / name).exists() else b""
        _DIGESTS[name] = hashlib.sha256(content).hexdigest()[:12]
    return f"/static/{name}?v={_DIGESTS[name]}"


_NUMBERS: Final = {
    "sv": ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}


def number_in(language: Language) -> Callable[[int], str]:
    """Return what says "fyra" for 4: small numbers are words in a sentence."""
    words = _NUMBERS[language.tag]
    return lambda count: words[count] if count < len(words) else str(count)


def sentence(words: Sequence[str], conjunction: str = "och") -> str:
    """Return "a, b och c"."""
    items = list(words)
    if len(items) < 2:  # noqa: PLR2004  a pair is the first that needs a conjunction
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"
