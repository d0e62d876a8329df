"""What they would see, with made-up words: all of it, what is missing, and when its minute is over."""

from hub.portal.preview_words import FromOwner, SeenByOne, SeenFact, WouldSee
from hub.web import EASY_SWEDISH, ENGLISH
from tests.hub.web import gallery

_BACK = "/mina-sidor/samtycke/nytt"


def seen() -> WouldSee:
    plan = SeenFact("Nästa möte är den nionde december.", "Öppenvården", "Från 1 mar", (("Med", "Samir Haddad"),))
    hidden = SeenFact("Möte varje vecka.", "", "Från 1 mar", struck=("Plats struken", "Enhet struken"))
    silent = FromOwner(gallery.FK, (), ("Försäkringskassan kan inte visa det här i förväg.",))
    psychiatry = FromOwner(gallery.PSY, (plan, hidden), ("Något fattas från psykiatrin: Vårdplaner.",))
    return WouldSee(
        back=_BACK,
        receivers=(
            SeenByOne("soc", gallery.SOC, "", (psychiatry, silent)),
            SeenByOne("af", gallery.AF, "Arbetsförmedlingen skulle inte få veta något från någon annan.", ()),
        ),
        again=f"{_BACK}/forhandsvisning/1",
        until=gallery.NOW,
        own_words=True,
    )


def pictures() -> list[gallery.Picture]:
    """Return the pages."""
    page, over = "portal/would_see.html", WouldSee(back=_BACK)
    return [
        gallery.Picture("skulle-se", page, gallery.individual("Samtycke"), seen()),
        gallery.Picture("skulle-se-latt", page, gallery.individual("Samtycke", EASY_SWEDISH), seen()),
        gallery.Picture("skulle-se-engelska", page, gallery.individual("Samtycke", ENGLISH), seen()),
        gallery.Picture("skulle-se-borta", page, gallery.individual("Samtycke"), over),
    ]
