"""The shared picture with made-up answers: before anybody is asked, with all that can be on it, and for one protected."""

from hub.web import AgencyMark, Link, Shield, State, Status
from hub.workspace.picture_views import (
    Answered,
    AreaView,
    Differing,
    NotShared,
    PictureView,
    Said,
    Silent,
    telling,
)
from tests.hub.web import gallery

_ASK = "/arbete/arenden/2/fraga/psyk/mental_health"
_ADDRESS = "/arbete/arenden/2/bild"


def said(mark: AgencyMark, text: str, *, unit: str, since: str, ground: str, **more: object) -> Said:
    plain: dict[str, object] = {"struck": (), "values": (), "flagged": "", "by_hand": "", "digest": "a1", **more}
    return Said(mark=mark, unit=unit, text=text, since=since, ground=ground, **plain)  # pyright: ignore[reportArgumentType]


def before() -> PictureView:
    kept = said(
        gallery.PSY,
        "Kan börja med högst halvtid, i lugn miljö.",
        unit="Öppenvård",
        since="Från 19 nov 2026",
        ground="Nålad i går",
        pin="p1",
    )
    return PictureView(head=gallery.head("Gemensam bild"), address=_ADDRESS, over=True, pinned=(kept,))


def whole() -> PictureView:
    areas = (_work(), _health(), _living(), AreaView("family", "Familj", (), (), (), ()))
    return PictureView(
        head=gallery.head("Gemensam bild"),
        address=_ADDRESS,
        gathering=f"{_ADDRESS}/g1",
        areas=areas,
        answered=_answered(),
        differing=1,
        new=3,
        refused=2,
        first_differing="work",
        first_new="work",
        first_refused="health",
    )


def protected() -> PictureView:
    struck = said(
        gallery.AF,
        "Inskriven som arbetssökande.",
        unit="",
        since="Från 9 nov 2026",
        ground="Samtycke 15 okt",
        struck=("Plats struken", "Enhet struken"),
    )
    area = AreaView("work", "Arbete, studier och försörjning", (), telling((struck,)), (), ())
    return PictureView(
        head=gallery.head("Gemensam bild", shield=Shield("skyddad_folkbokforing")),
        address=_ADDRESS,
        gathering=f"{_ADDRESS}/g1",
        follow=f"{_ADDRESS}/g1/handelser",
        areas=(area,),
        answered=(Answered(gallery.AF, Status(State.OK, "Svar 08.04")),),
    )


def _answered() -> tuple[Answered, ...]:
    return (
        Answered(gallery.PSY, Status(State.OK, "Svar 07.52")),
        Answered(gallery.SOC, Status(State.OK, "Svar 08.04")),
        Answered(
            gallery.AF,
            Status(State.BY_HAND, "Svar för hand, i går"),
            "Deras system får bara frågas om ekonomiskt bistånd.",
            by_hand="/arbete/arenden/2/fragor/ny?hos=af",
        ),
        Answered(gallery.FK, Status(State.WAITING, "Har inte svarat"), retry=True),
    )


def _work() -> AreaView:
    full = said(
        gallery.AF,
        "Söker heltid. Inga begränsningar är noterade.",
        unit="Björkå",
        since="Från 3 mars 2026",
        ground="Samtycke 14 sep",
    )
    half = said(
        gallery.PSY,
        "Kan börja med högst halvtid, i lugn miljö. Prövas om i mars.",
        unit="Öppenvård",
        since="Från 19 nov 2026",
        ground="Samtycke 14 sep",
        new=True,
    )
    return AreaView(
        "work",
        "Arbete, studier och försörjning",
        (Differing("De säger olika om hur mycket Gunnar kan arbeta", (full, half)),),
        telling(
            (
                said(
                    gallery.SOC,
                    "Ekonomiskt bistånd sedan februari 2025. Nästa prövning i december.",
                    unit="Försörjningsstöd",
                    since="Från 2 nov 2026",
                    ground="Er egen uppgift",
                    values=(("Belopp", "4 950"), ("Omfattning", "hel månad")),
                ),
                said(
                    gallery.AF,
                    "Två avslutade program: förberedande utbildning (avbruten 2024) och praktik på lager.",
                    unit="Björkå",
                    since="Från 3 mars 2026",
                    ground="Samtycke 14 sep",
                    by_hand="Svarat för hand av Karin Åström, 23 november",
                    new=True,
                ),
            )
        ),
        (
            Silent(
                gallery.FK,
                Status(State.WAITING, "Har inte svarat"),
                "om ersättningar",
                "Försäkringskassan svarade inte i tid. Frågan gick 08.04.",
                retry=True,
            ),
        ),
        (),
    )


def _health() -> AreaView:
    contact = said(
        gallery.PSY,
        "Pågående kontakt på mottagningen, var tredje vecka. Nästa besök 8 december.",
        unit="Öppenvård",
        since="Från 19 nov 2026",
        ground="Samtycke 14 sep",
        flagged="Okänd kod hos myndigheten: 7731",
        new=True,
    )
    no = "Samtycket omfattar arbetsförmåga, inte det här. Vi har inte frågat."
    return AreaView(
        "health",
        "Hälsa",
        (),
        telling((contact,)),
        (),
        (
            NotShared((gallery.PSY,), ("psykisk hälsa",), no, (Link(_ASK, "Psykiatrin"),)),
            NotShared(
                (gallery.AF, gallery.FK),
                ("hälsa",),
                "Samtycket omfattar inte det här. Vi har inte frågat.",
                (Link(_ASK, "Arbetsförmedlingen"), Link(_ASK, "Försäkringskassan")),
            ),
        ),
    )


def _living() -> AreaView:
    home = said(
        gallery.SOC,
        "Bor i egen lägenhet. Inget boendestöd sökt.",
        unit="Vuxen",
        since="Från 2 nov 2026",
        ground="Er egen uppgift",
    )
    return AreaView("living", "Vardag och boende", (), telling((home,)), (), ())


def pictures() -> list[gallery.Picture]:
    """Return the pages of the shared picture."""
    template, frame = "workspace/picture.html", gallery.staff("Ärenden")
    hidden = gallery.staff("Ärenden", shield=Shield("skyddad_folkbokforing"))
    return [
        gallery.Picture("gemensam-bild-fore", template, frame, before()),
        gallery.Picture("gemensam-bild", template, frame, whole()),
        gallery.Picture("gemensam-bild-skyddad", template, hidden, protected()),
    ]
