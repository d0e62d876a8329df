"""What the two web doors share: pages from templates, forms that lose nothing, the words for dates, errors as pages."""

from hub.web.dates import DateWords
from hub.web.forms import (
    BLANK,
    Form,
    FormModel,
    FutureDate,
    InvalidForm,
    LongText,
    ShortText,
    SwedishDate,
    form_of,
    text,
    with_errors_of,
)
from hub.web.frame import CaseHead, Door, Fact, Frame, NavLink, Shield
from hub.web.language import EASY_SWEDISH, ENGLISH, LANGUAGES, SWEDISH, Language, language
from hub.web.parts import AgencyMark, Due, Link, Option, State, Status, agency_mark
from hub.web.public import router
from hub.web.publishing import publish
from hub.web.rendering import STATIC, TEMPLATES, Renderer, sentence

__all__ = [
    "BLANK",
    "EASY_SWEDISH",
    "ENGLISH",
    "LANGUAGES",
    "STATIC",
    "SWEDISH",
    "TEMPLATES",
    "AgencyMark",
    "CaseHead",
    "DateWords",
    "Door",
    "Due",
    "Fact",
    "Form",
    "FormModel",
    "Frame",
    "FutureDate",
    "InvalidForm",
    "Language",
    "Link",
    "LongText",
    "NavLink",
    "Option",
    "Renderer",
    "Shield",
    "ShortText",
    "State",
    "Status",
    "SwedishDate",
    "agency_mark",
    "form_of",
    "language",
    "publish",
    "router",
    "sentence",
    "text",
    "with_errors_of",
]
