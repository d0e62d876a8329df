"""The style sheet holds what the pages use, and the pages use nothing that it lacks."""

import re

from hub.web import STATIC
from tests.hub.web import every_page, gallery

#: Classes that Designsystemet gives, or that a state of the page gives.
THEIRS = re.compile(r"ds-[a-z-]+")


def used() -> set[str]:
    pages = "".join(gallery.draw(each) for each in every_page.pictures())
    return {name for value in re.findall(r'class="([^"]*)"', pages) for name in value.split()}


def styled() -> set[str]:
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "app.css").read_text(), flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", "{}", sheet)
    return {name for name in re.findall(r"\.([a-z][a-z-]*)", selectors) if not re.search(r"^(woff|css)", name)}


def test_no_style_is_left_behind() -> None:
    assert {name for name in styled() - used() if not THEIRS.fullmatch(name)} == set()


def test_every_class_has_a_style() -> None:
    assert {name for name in used() - styled() if not THEIRS.fullmatch(name)} == set()


def test_nothing_of_others_is_copied_into_ours() -> None:
    sheet = (STATIC / "app.css").read_text()
    assert "@import" not in sheet
    assert "http" not in sheet
