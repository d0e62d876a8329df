"""Every page, drawn from made-up views: what all of them promise."""

import re
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from hub.web import ENGLISH, LANGUAGES
from hub.web.rendering import TEMPLATES, number_in, sentence, static_address, translations
from tests.hub.web import every_page, gallery

PICTURES = every_page.pictures()
NAMES = [each.name for each in PICTURES]


@pytest.fixture(params=PICTURES, ids=NAMES)
def picture(request: pytest.FixtureRequest) -> gallery.Picture:
    return request.param


class TestEveryPage:
    def test_has_one_heading_and_a_title_without_a_name(self, picture: gallery.Picture) -> None:
        page = gallery.draw(picture)
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title
        assert len(re.findall(r"<h1[ >]", page)) == 1
        assert not re.search("Lindqvist|Kajsa|Gunnar|[Ss]kydda|Rahimi", title.group(1))

    def test_has_no_style_and_no_script_of_its_own(self, picture: gallery.Picture) -> None:
        page = gallery.draw(picture)
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son[a-z]+=", page)

    def test_has_one_filled_button_at_most(self, picture: gallery.Picture) -> None:
        main = gallery.draw(picture).split("<main", 1)[1].split("</main>", 1)[0]
        filled = [tag for tag in re.findall(r'<(?:a|button) class="ds-button"[^>]*>', main) if _filled(tag)]
        # A page with two forms that have nothing to do with each other has one in each.
        assert len(filled) <= max(1, main.count("<form"))

    def test_every_form_carries_the_secret_of_the_session(self, picture: gallery.Picture) -> None:
        # Pages of signing in get the secret with their view, all others with their frame.
        secret = 'name="csrf"' if picture.template.startswith("signin/") else 'name="csrf" value="made-up"'
        forms = re.findall(r'<form[^>]*method="post".*?</form>', gallery.draw(picture), re.DOTALL)
        assert all(secret in form for form in forms)

    def test_nothing_is_ticked_from_the_start(self, picture: gallery.Picture) -> None:
        empty = replace(picture, form=gallery.BLANK)
        assert not re.search(r"<input[^>]*\schecked", gallery.draw(empty))

    def test_ids_are_used_once(self, picture: gallery.Picture) -> None:
        ids = re.findall(r'\sid="([^"]*)"', gallery.draw(picture))
        assert sorted(set(ids)) == sorted(ids)

    def test_what_describes_a_field_is_on_the_page(self, picture: gallery.Picture) -> None:
        page = gallery.draw(picture)
        ids = set(re.findall(r'\sid="([^"]*)"', page))
        described = {each for value in re.findall(r'aria-describedby="([^"]*)"', page) for each in value.split()}
        assert described <= ids


class TestProtection:
    """A mode, not a label (HUB-04)."""

    @pytest.mark.requirement("HUB-04")
    @pytest.mark.parametrize("name", [each.name for each in PICTURES if each.frame.shield])
    def test_cannot_be_missed_and_holds_no_name(self, name: str) -> None:
        picture = next(each for each in PICTURES if each.name == name)
        page = gallery.draw(picture)
        assert 'class="protected-page"' in page
        assert 'class="protected-bar"' in page
        assert 'id="sahar"' in page
        if name != "namn":
            assert gallery.NAME not in page

    @pytest.mark.requirement("HUB-04")
    def test_the_print_says_so_too(self) -> None:
        page = gallery.draw(next(each for each in PICTURES if each.name == "delas-skyddad"))
        printed = re.search(r'<p class="print-only[^>]*>(.*?)</p>', page, re.DOTALL)
        assert printed
        assert "Skyddad folkbokföring" in printed.group(1)
        assert "Ärende S2187" in printed.group(1)


class TestErrors:
    def test_the_title_counts_and_the_summary_links(self) -> None:
        page = gallery.draw(next(each for each in PICTURES if each.name == "samtycke-utkast"))
        assert "<title>2 fel – Nytt samtycke" in page
        assert "Två saker behöver rättas" in page
        assert '<a href="#last_day" class="ds-link">28 februari 2026 har redan varit.' in page
        assert 'value="2026-02-28" autocomplete="off" size="12" inputmode="numeric" aria-invalid="true"' in page
        assert 'aria-describedby="last_day-hjalp last_day-fel"' in page

    def test_what_was_written_is_kept(self) -> None:
        page = gallery.draw(next(each for each in PICTURES if each.name == "samtycke-utkast"))
        assert "Inte om praktiken på förskolan 2025.</textarea>" in page
        assert page.count(" checked") == 6

    def test_what_is_written_is_never_markup(self) -> None:
        form = gallery.Form({"words": ('<script src="x"></script>',)})
        picture = next(each for each in PICTURES if each.name == "samtycke-nytt")
        assert "<script src=" + '"x"' not in gallery.draw(replace(picture, form=form))

    def test_a_missing_word_stops_the_page(self) -> None:
        picture = next(each for each in PICTURES if each.name == "delas")
        with pytest.raises(UndefinedError):
            gallery.draw(replace(picture, view=object()))


class TestEqual:
    """No is as easy as yes (HUB-03)."""

    @pytest.mark.requirement("HUB-03")
    @pytest.mark.parametrize("name", ["samtycke-nytt", "ge", "plan-och-statistik"])
    def test_yes_and_no_are_alike(self, name: str) -> None:
        page = gallery.draw(next(each for each in PICTURES if each.name == name))
        no = re.search(r'<button([^>]*)value="nej">', page)
        yes = re.search(r'<button([^>]*)value="ja">', page)
        assert no
        assert yes
        assert no.group(1) == yes.group(1)


class TestWords:
    def test_every_language_has_all_the_pages_of_the_individual(self) -> None:
        names = {each.name for each in PICTURES if each.name.endswith("-en")}
        assert len(names) == len({each.name for each in PICTURES if each.name.endswith("-sv-x-easy")}) > 10
        assert [each.code for each in LANGUAGES] == ["sv", "sv-x-easy", "en"]

    def test_the_individuals_pages_are_whole_in_english(self) -> None:
        catalogue = translations(ENGLISH)
        folder = TEMPLATES.parent.parent / "portal" / "templates" / "portal"
        texts = [
            text
            for template in folder.glob("*.html")
            if template.name != "consents_easy.html"
            for text in re.findall(r'_\("([^"]+)"', template.read_text())
        ]
        assert texts
        same_in_both = {"Start"}
        assert [text for text in texts if catalogue.gettext(text) == text and text not in same_in_both] == []

    def test_no_heading_is_called_information(self) -> None:
        headings = [each for p in PICTURES for each in re.findall(r"<h[1-4][^>]*>(.*?)</h", gallery.draw(p), re.DOTALL)]
        assert not [each for each in headings if each.strip().lower() == "information"]

    def test_tone(self) -> None:
        text = " ".join(gallery.draw(each) for each in PICTURES)
        assert not re.search(r"[Oo]tillåten|[Åå]tkomst nekad|Timeout", text)
        assert "!" not in re.sub(r"<!DOCTYPE[^>]*>", "", text)


def test_small_numbers_are_words() -> None:
    assert number_in(LANGUAGES[0])(4) == "fyra"
    assert number_in(ENGLISH)(2) == "two"
    assert number_in(ENGLISH)(40) == "40"


def test_a_list_reads_as_a_sentence() -> None:
    assert sentence(["planen"]) == "planen"
    assert sentence(["planen", "mötena", "hälsa"]) == "planen, mötena och hälsa"


def test_a_static_file_has_its_digest_in_its_address() -> None:
    assert re.fullmatch(r"/static/app\.css\?v=[0-9a-f]{12}", static_address("app.css"))


def _filled(tag: str) -> bool:
    return "data-variant" not in tag or 'data-variant="primary"' in tag
