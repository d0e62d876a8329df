"""Questions answered by hand, with made-up ones: asked, answered, struck, taken back, and the forms of both sides."""

from dataclasses import replace
from datetime import date

from hub.kit.errors import FieldError
from hub.web import Link, Option, Shield, State, Status
from hub.web.forms import Form
from hub.workspace.inquiry_views import (
    AnswerInquiry,
    AskInquiry,
    Inquiries,
    InquiryRow,
    NotAsked,
    Part,
    QuestionsToUs,
    ReceiveInquiry,
    ToUs,
    Uttered,
)
from tests.hub.web import gallery

_WORDS = "Vilka insatser har Gunnar haft hos er, och hur gick det?"
_PRACTICE = Uttered("Arbete", "Praktik på lager, tre veckor 2025.", date(2025, 3, 3), date(2025, 3, 21))
_BY_HAND = Status(State.BY_HAND, "Svarat för hand")
_PAPER = "/arbete/arenden/2/provning?hos=af&om=health"


def asked(shield: Shield | None = None) -> Inquiries:
    plain = InquiryRow(
        mark=gallery.AF,
        what="Arbete, arbetsförmåga",
        question=_WORDS,
        asked=date(2026, 11, 20),
        due=date(2026, 11, 27),
        status=Status(State.WAITING, "3 arbetsdagar kvar"),
        withdraw="/arbete/arenden/2/fragor/1/ta-tillbaka",
        version="1",
        urgent=True,
    )
    told = replace(plain, status=_BY_HAND, told=(_PRACTICE,), nothing="Arbetsförmåga", withdraw="", urgent=False)
    told = replace(told, by_hand="Karin Åström, arbetsförmedlare", answered=date(2026, 11, 23))
    hidden = replace(told, told=(Uttered("Arbete", "Arbete", None, None, ("Plats struken", "Enhet struken")),))
    no = replace(told, status=Status(State.REFUSED, "Avstår från att svara"), told=(), nothing="", declined="Vi behöver tala med Gunnar först.")  # fmt: skip
    owners = (Link("/arbete/arenden/2/fragor/ny?hos=af", "Arbetsförmedlingen"),)
    rows = (hidden,) if shield else (plain, told, no)
    return Inquiries(head=gallery.head("Frågor", shield=shield), rows=rows, owners=owners)


def ask(*, any_at_all: bool = True) -> AskInquiry:
    ground = "Samtycke 14 september, till och med 31 maj 2027"
    return AskInquiry(
        head=gallery.head("Frågor"),
        owner=gallery.AF,
        categories=(Option("employment", "Arbete", ground), Option("benefits", "Ersättningar", ground)) if any_at_all else (),
        refused=(NotAsked("Hälsa", "Samtycket omfattar inte det här.", _PAPER),),
        due=date(2026, 12, 1),
        urgent_due=date(2026, 11, 26),
        back=Link("/arbete/arenden/2/fragor", "Tillbaka till Frågor"),
        action="/arbete/arenden/2/fragor/ny?hos=af",
    )  # fmt: skip


def answer(shield: Shield | None = None) -> AnswerInquiry:
    return AnswerInquiry(
        head=gallery.head("Frågor", shield=shield),
        what="Arbete, arbetsförmåga",
        asker="Socialtjänsten, Lena Sandström",
        question=_WORDS,
        purpose="Samordnad individuell plan",
        asked=date(2026, 11, 20),
        due=date(2026, 11, 27),
        status=Status(State.WAITING, "3 arbetsdagar kvar"),
        parts=(Part("employment", "Arbete", "Samtycke 14 september, till och med 31 maj 2027", 2),),
        closed=("Arbetsförmåga",),
        action="/arbete/fragor-till-oss/1",
        version="1",
        urgent=True,
    )


def to_us() -> QuestionsToUs:
    due, late = date(2026, 11, 27), Status(State.LATE, "1 arbetsdag sen")
    mine = ToUs("/arbete/fragor-till-oss/1", "Svara", "I ett av dina ärenden.", due, late, urgent=True)
    wait = Status(State.WAITING, "3 arbetsdagar kvar")
    nobodys = ToUs("/arbete/fragor-till-oss/2/ta-emot", "Välj vem som svarar", "Ingen hos er är med i ärendet.", due, wait)  # fmt: skip
    return QuestionsToUs(mine=(mine,), nobodys=(nobodys,), receives=True)


def receive() -> ReceiveInquiry:
    return ReceiveInquiry(
        person="Gunnar Lindqvist",
        due=date(2026, 11, 27),
        status=Status(State.WAITING, "3 arbetsdagar kvar"),
        colleagues=(Option("1", "Karin Åström, Arbetsförmedlare"), Option("2", "Jag själv (Mats Engström, Sektionschef)")),
        action="/arbete/fragor-till-oss/2/ta-emot",
        urgent=True,
    )  # fmt: skip


def pictures() -> list[gallery.Picture]:
    """Return the pages."""
    folk = Shield.SKYDDAD_FOLKBOKFORING
    case, shut = gallery.staff("Ärenden"), gallery.staff("Ärenden", shield=folk)
    mine = gallery.staff("Min dag")
    unchosen = Form({}, (FieldError("receiver", "Välj vem som ska svara."),))
    sent = replace(answer(), status=_BY_HAND, said=(_PRACTICE,), by_hand="Karin Åström", answered=gallery.NOW)
    back = replace(answer(), status=Status(State.REFUSED, "Återtagen"), parts=(), withdrawn=True)
    wrong = Form(
        {"text-employment-0": ("Praktik på lager.",), "since-employment-0": ("2025-13-01",)},
        (FieldError("since-employment-0", "Den dagen finns inte. Kontrollera år, månad och dag."),),
    )
    return [
        gallery.Picture("fragor", "workspace/inquiries.html", case, asked()),
        gallery.Picture("fragor-tom", "workspace/inquiries.html", case, replace(asked(), rows=(), owners=())),
        gallery.Picture("fragor-skyddad", "workspace/inquiries.html", shut, asked(folk)),
        gallery.Picture("fraga-for-hand", "workspace/ask_inquiry.html", case, ask()),
        gallery.Picture("fraga-inget", "workspace/ask_inquiry.html", case, ask(any_at_all=False)),
        gallery.Picture("svara-for-hand", "workspace/answer_inquiry.html", case, answer(), wrong),
        gallery.Picture("svara-skyddad", "workspace/answer_inquiry.html", shut, answer(folk)),
        gallery.Picture("svara-sant", "workspace/answer_inquiry.html", case, sent),
        gallery.Picture("svara-atertagen", "workspace/answer_inquiry.html", case, back),
        gallery.Picture("fragor-till-oss", "workspace/questions_to_us.html", mine, to_us()),
        gallery.Picture("fragor-till-oss-tom", "workspace/questions_to_us.html", mine, QuestionsToUs((), (), receives=True)),
        gallery.Picture("ta-emot", "workspace/receive_inquiry.html", mine, receive(), unchosen),
        gallery.Picture("ta-emot-skyddad", "workspace/receive_inquiry.html", shut, replace(receive(), colleagues=(), person="En person i ett samverkansärende")),
    ]  # fmt: skip
