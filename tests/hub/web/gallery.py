"""Every page with made-up views: what the rendering tests and the browser look at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from hub import portal, workspace
from hub.access.explain import Explanation, Reason
from hub.access.signin.pages import Choice, Post, Posts, Stopped
from hub.access.signin.pages import Way as SignInWay
from hub.kit.errors import FieldError
from hub.portal import views as mine
from hub.portal import who
from hub.web import (
    BLANK,
    EASY_SWEDISH,
    ENGLISH,
    SWEDISH,
    AgencyMark,
    CaseHead,
    Door,
    Fact,
    Form,
    Frame,
    Language,
    Link,
    NavLink,
    Option,
    Renderer,
    Shield,
    State,
    Status,
    consent_form,
    refusals,
)
from hub.web.errors import ErrorView, Way
from hub.web.receipts import ReceiptLine, ReceiptView
from hub.workspace import admin_views, consent_views, log_review_views, log_views, views
from tests.fakes.clock import FixedClock

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NAME = "Gunnar Lindqvist"

SOC = AgencyMark("SOC", "Socialtjänsten", "socialtjänsten")
PSY = AgencyMark("PSY", "Psykiatrin", "psykiatrin")
AF = AgencyMark("AF", "Arbetsförmedlingen", "Arbetsförmedlingen")
FK = AgencyMark("FK", "Försäkringskassan", "Försäkringskassan")
YES, NO = Status(State.OK, "Ja"), Status(State.REFUSED, "Nej")
WAITING = Status(State.WAITING, "Väntar på psykiatrin")
#: A decision number looks like this: 26 characters, and it must fit on a narrow screen.
ENTRY = "b7k2q41w5n3c6x2a7d4e5f6g2h"


@dataclass(frozen=True)
class Picture:
    """One page as somebody meets it."""

    name: str
    template: str
    frame: Frame
    view: object = None
    form: Form = BLANK


@cache
def renderer() -> Renderer:
    return Renderer(FixedClock(NOW), (workspace.TEMPLATES, portal.TEMPLATES))


def draw(picture: Picture) -> str:
    return renderer().page(picture.template, picture.frame, picture.view, form=picture.form)


def staff(here: str = "", *, shield: Shield | None = None) -> Frame:
    links = [
        ("/arbete/min-dag", "Min dag", 4),
        ("/arbete/arenden", "Ärenden", 0),
        ("/arbete/person", "Slå upp person", 0),
    ]
    return Frame(
        door=Door.STAFF,
        home="/arbete/min-dag",
        nav=tuple(NavLink(href, words, words == here, count) for href, words, count in links),
        me="Lena Sandström",
        assignment="Socialtjänsten, försörjningsstöd",
        change=Link("/arbete/uppdrag", "Byt uppdrag"),
        sign_out="/logga-ut?dorr=staff",
        csrf="made-up",
        session="staff",
        shield=shield,
    )


def individual(here: str = "", language: Language = SWEDISH) -> Frame:
    links = [
        ("", "Start"),
        ("/samtycke", "Samtycke"),
        ("/vem-ar-med", "Vem är med"),
        ("/vem-har-tittat", "Vem har tittat"),
    ]
    words = renderer()
    return Frame(
        door=Door.PORTAL,
        home="/mina-sidor",
        language=language,
        nav=tuple(NavLink(f"/mina-sidor{h}", words.gettext(language, w), w == here) for h, w in links),
        me="Kajsa Nilsson",
        sign_out="/logga-ut?dorr=staff",
        csrf="made-up",
        session="individual",
        here="/mina-sidor",
    )


def head(here: str, *, shield: Shield | None = None) -> CaseHead:
    tabs = ("Gemensam bild", "Vad får delas", "Samtycke", "Parter och team", "Logg")
    return CaseHead(
        number="S2187",
        name=NAME,
        born="19860412",
        facts=(Fact("Samtycke", "gäller till 31 maj 2027, fyra myndigheter"),),
        tabs=tuple(NavLink(f"/arbete/arenden/S2187/{n}", words, words == here) for n, words in enumerate(tabs)),
        shield=shield,
        printed_by="Lena Sandström",
        printed_at=NOW,
        reveal_name="/arbete/arenden/S2187/namn" if shield else "",
    )


def cases() -> tuple[views.CaseRow, ...]:
    return (
        views.CaseRow(
            "/arbete/arenden/1", "S2304", "Kajsa Nilsson", "Godta samtycke", "Dig", date(2027, 2, 28), news=1
        ),
        views.CaseRow("/arbete/arenden/2", "S2187", NAME, "Inget just nu", "Ingen", date(2027, 5, 31), news=3),
        views.CaseRow("/arbete/arenden/3", "S2319", "Elias Boman", "Fylla i ett samtycke", "Dig", None),
        views.CaseRow(
            "/arbete/arenden/4", "S2240", "Ali Rahimi", "Förnya samtycket", "Dig", date(2026, 11, 30), ending=True
        ),
        views.CaseRow(
            "/arbete/arenden/5", "S2291", "", "Läsa meddelandet", "Dig", date(2027, 4, 15), news=1, shielded=True
        ),
    )


def my_day() -> views.MyDay:
    return views.MyDay(
        today=TODAY,
        tasks=(
            views.Task("Svara Gunnar om varför du läste hans ärende", "Gunnar Lindqvist frågade den 9 november. Hubben lovar svar inom tio arbetsdagar.", "Skriv svaret", "/arbete/fragor/1", date(2026, 11, 23)),
            views.Task("Godta ett samtycke som Samir Haddad har skrivit ned", "Kajsa Nilsson. Det gäller planen och mötena.", "Läs", "/arbete/underlag/1", date(2026, 11, 27)),
            views.Task("Pröva om ni kan lämna ut pågående insatser", "Arbetsförmedlingen frågar om Ali Rahimi.", "Svara", "/arbete/provningar/1", date(2026, 11, 30)),
        ),
        news=(
            views.News(Link("/arbete/arenden/1", "Kajsa Nilsson"), "har tagit tillbaka sitt samtycke till Försäkringskassan. De ser inget nytt.", NOW - timedelta(hours=14)),
            views.News(Link("/arbete/arenden/5", "Ärende S2291"), "ett meddelande till dig personligen.", NOW - timedelta(hours=17), shielded=True),
        ),
        endings=(
            views.Ending(Link("/arbete/arenden/4", "Ali Rahimi"), date(2026, 11, 30), "Psykiatrin får sedan inte längre veta något om planen."),
            views.Ending(Link("/arbete/arenden/6", "Mona Strand"), date(2026, 12, 18)),
        ),
        cases=cases(),
        since=NOW - timedelta(hours=17),
        late=1,
    )  # fmt: skip


def sharing(shield: Shield | None = None) -> views.Sharing:
    no = "Samtycket omfattar inte det här. Därför har vi inte frågat."
    ask = "/arbete/arenden/2/fraga/psyk"

    def yes(mark: AgencyMark, what: str) -> views.Shared:
        return views.Shared(mark, (Link(f"{ask}/plan", what),), permitted=True, ground="Samtycke 14 september")

    return views.Sharing(
        head=head("Vad får delas", shield=shield),
        lead="Två myndigheter får lämna uppgifter till er. Resten delas inte, och här står varför.",
        to_consent="/arbete/arenden/2/samtycke/nytt",
        excluded=("Praktiken på förskolan 2025",),
        receivers=(
            views.Receiver(
                SOC,
                (
                    yes(PSY, "Arbetsförmåga"),
                    yes(AF, "Arbete"),
                    views.Shared(
                        PSY,
                        (Link(f"{ask}/health", "Hälsa"), Link(f"{ask}/mental_health", "Psykisk hälsa")),
                        permitted=False,
                        ground="OSL 25:1",
                        reason=no,
                    ),
                ),
                own=True,
            ),
            views.Receiver(PSY, (views.Shared(SOC, (Link("", "Planen"),), permitted=True, ground="Samtycke"),)),
            views.Receiver(FK, ()),
        ),
    )


def consent_row(what: str, status: Status, last_day: date | None) -> consent_views.ConsentRow:
    return consent_views.ConsentRow(what, what, date(2026, 9, 14), "muntligt", status, last_day, "/arbete/samtycken/1")


def new_consent() -> consent_views.NewConsent:
    agencies = tuple(Option(m.code.lower(), m.name) for m in (SOC, PSY, AF, FK))
    preview = consent_form.Preview(
        receivers=(
            consent_form.PreviewReceiver(
                PSY,
                (
                    consent_form.PreviewLine("soc/psyk/plan", SOC, "Planen och mötena"),
                    consent_form.PreviewLine("soc/psyk/work_ability", SOC, "Vad jag klarar att arbeta"),
                ),
                ("ersättningar", "hälsa"),
            ),
        ),
        words=("praktiken på förskolan",),
        sentence="Socialtjänsten får berätta för psykiatrin om planen och mötena och vad jag klarar att arbeta. Inte om praktiken på förskolan. Jag kan ta tillbaka mitt ja när jag vill.",
    )
    return consent_views.NewConsent(
        head=head("Samtycke"),
        name="Kajsa",
        action="/arbete/arenden/2/samtycke/nytt",
        owners=agencies,
        receivers=agencies,
        categories=(Option("plan", "Planen och mötena"), Option("work_ability", "Vad jag klarar att arbeta"), Option("health", "Hälsa")),
        sensitive=(Option("mental_health", "Psykisk hälsa"), Option("substance_use", "Alkohol och droger"), Option("children", "Barn och familj")),
        purposes=(Option("sip", "Göra och följa upp en SIP", "Möten, planen och uppföljningen"), Option("recruitment_selection", "Bedöma plats i Gemensamma taget")),
        ends=(Option("3", "Tre månader", "till 24 februari 2027"), Option("6", "Sex månader", "till 24 maj 2027")),
        forms=(Option("digital", "Själv, i sin telefon", "Vi skickar förslaget till portalen. Kajsa svarar när hon vill."),),
        preview=preview,
        text="Jag samtycker till att myndigheterna lämnar uppgifter om mig till varandra.\n\nJag kan ta tillbaka mitt ja när jag vill.",
        text_version=1,
    )  # fmt: skip


def filled() -> Form:
    values = {
        "owners": ("soc",), "receivers": ("psy",), "categories": ("plan", "work_ability"), "ends": ("other",),
        "last_day": ("2026-02-28",), "words": ("Inte om praktiken på förskolan 2025.",), "purpose": ("sip",),
    }  # fmt: skip
    faults = (
        FieldError("last_day", "28 februari 2026 har redan varit. Skriv ett datum efter i dag."),
        FieldError("how", "Välj hur Kajsa lämnar samtycket."),
    )
    return Form(values, faults, saved_at="14.14")


def receipt(head: CaseHead | None = None) -> ReceiptView:
    return ReceiptView(
        number=ENTRY,
        title="Kvitto på ett ja",
        given_at=NOW,
        how="Muntligt, Emma Nilsson var med och hörde",
        who="Kajsa Nilsson",
        lines=(
            ReceiptLine("Socialtjänsten", "Psykiatrin", "Planen och mötena", "Göra och följa upp en SIP", date(2027, 2, 28), YES),
            ReceiptLine("Psykiatrin", "Socialtjänsten", "Arbetsförmåga", "Göra och följa upp en SIP", date(2027, 2, 28), WAITING),
        ),
        excluded=("Praktiken på förskolan 2025.",),
        text="Jag samtycker till att myndigheterna lämnar uppgifter om mig till varandra.",
        language="Svenska",
        text_version="secrecy-sv-1",
        evidence="Kontrollsumma 3f2a9c11",
        back=Link("/arbete/arenden/2/samtycke", "Tillbaka till Samtycke"),
        head=head,
    )  # fmt: skip


def review_row() -> consent_views.ReviewRow:
    return consent_views.ReviewRow("1", "Pågående insatser för Ali Rahimi", "Arbetsförmedlingen, Karin Åström", date(2026, 11, 23), date(2026, 11, 26), Status(State.WAITING, "3 arbetsdagar kvar"), "/arbete/provningar/1", urgent=True)  # fmt: skip


def log_row(status: Status | None = None, number: str = ENTRY) -> log_views.LogRow:
    return log_views.LogRow(
        number, NOW - timedelta(hours=1), PSY, "Samir Haddad", "läste dagordningen.", "Samtycke 17 november.", status
    )


def log_reviews() -> tuple[tuple[str, str, object], ...]:
    """The pages of the log's review: the list, a draw half-way and signed, and one entry."""
    since, until = NOW - timedelta(days=30), NOW
    home = "/arbete/loggranskning/urval"
    late, signed = Status(State.LATE, "Väntar på granskning"), Status(State.OK, "Underskrivet")
    samples = (
        log_review_views.SampleRow(f"{home}/2", since, until, late, date(2026, 11, 20), 27, 3),
        log_review_views.SampleRow(f"{home}/1", since - timedelta(days=30), since, signed, date(2026, 10, 30), 24, 0),
    )
    reasons = ("Dragen med lott", "Läst utanför arbetstid")
    rows = (
        log_review_views.SampledRow(log_row(), reasons, WAITING, f"{home}/2/rad/1"),
        log_review_views.SampledRow(
            log_row(NO, ENTRY[::-1]),
            reasons[1:],
            Status(State.LATE, "Anmäl"),
            f"{home}/2/rad/2",
            "Ingen hos oss har ärendet.",
            "Henrik Sundin",
        ),
    )
    one = log_review_views.OneSample(
        address=f"{home}/2", since=since, until=until, due=date(2026, 12, 8), seed="3f2a9c114be07d5586a1c0ffee5eed77",
        population=412, random=20, reproduced=True, rows=rows, left=1, version=4, drawn_by="Henrik Sundin",
    )  # fmt: skip
    entry = log_review_views.OneEntry(
        act=f"{home}/2/rad/1", back=f"{home}/2", row=log_row(), reasons=reasons, about="", barred=False,
        verdicts=(Option("in_order", "I sin ordning"), Option("ask", "Fråga handläggaren"), Option("report", "Anmäl")),
    )  # fmt: skip
    whole = log_review_views.SampleList(
        mark=SOC, next_draw=date(2026, 12, 24), every_days=30, random=20, diarienummer="",
        rules=("Gäller någon med skyddade uppgifter", "Läst utanför arbetstid"), samples=samples,
    )  # fmt: skip
    return (
        ("lista", "log_samples", whole),
        ("inget", "log_samples", replace(whole, samples=(), diarienummer="SN 2026-41")),
        ("halvvags", "log_sample", one),
        ("underskrivet", "log_sample", replace(one, left=0, signed_by="Henrik Sundin", signed_at=NOW)),
        ("rad", "log_sampled", entry),
        ("rad-narstaende", "log_sampled", replace(entry, barred=True, about="Gunnar Lindqvist")),
    )


def evidence_row() -> consent_views.EvidenceRow:
    return consent_views.EvidenceRow("/arbete/underlag/1", "Kajsa Nilsson", "Planen och mötena", "Samir Haddad, psykiatrin", date(2026, 11, 23), "muntligt")  # fmt: skip


def admin(kind: str, heading: str, columns: tuple[str, ...]) -> admin_views.AdminTable:
    tabs = [("medarbetare", "Medarbetare"), ("enheter", "Enheter"), ("uppdrag", "Uppdrag"), ("ersattare", "Ersättare"), ("bevarande", "Bevarande"), ("loggranskning", "Loggranskning"), ("regler", "Regler")]  # fmt: skip
    some = (Option("1", "Lena Sandström"), Option("2", "Tomas Ek"))
    cells = tuple(
        admin_views.Cell(f"{column} 1", "med smått under" if n == 0 else "") for n, column in enumerate(columns)
    )
    return admin_views.AdminTable(
        tabs=tuple(NavLink(f"/arbete/administration/{slug}", words, words == heading) for slug, words in tabs),
        agency="Socialtjänsten",
        kind=kind,
        heading=heading,
        lead="Här står de som gäller nu.",
        columns=columns,
        rows=(admin_views.Row("1", cells, "/arbete/administration/avsluta/1"),),
        empty="Inget än.",
        action="/arbete/administration/x",
        units=some, staff=some, roles=some, assignments=some, rules=some, kinds=some,
        end_words="Avsluta",
    )  # fmt: skip


def protection(shield: Shield | None) -> views.Protection:
    return views.Protection(
        ref="p1",
        heading="personen i S2291",
        shield=shield,
        provisional=shield is not None,
        levels=(Option("none", "Inget skydd"), Option("sekretessmarkering", "Sekretessmarkering"), Option("skyddad_folkbokforing", "Skyddad folkbokföring")),
        lowered=(Option("none", "Inget skydd"),) if shield else (),
        clearances=(views.Clearance("1", "Lena Sandström", "socialsekreterare", "Handlägger ärendet.", date(2027, 1, 31), own=True),),
        reasons=(views.ProtectionReason("Skyddet bekräftades", "Åsa Norén", NOW, "Skatteverket har svarat att markeringen gäller."),),
        candidates=(Option("2", "Tomas Ek"),),
        may_clear=True,
    )  # fmt: skip


def towards() -> tuple[mine.Towards, ...]:
    exact = (("Planen och mötena", "från socialtjänsten"), ("Vad du klarar att arbeta", "från socialtjänsten"))
    return (
        mine.Towards(PSY, "psyk", Status(State.OK, "Ja, till 28 februari"), ("planen och mötena", "vad du klarar att arbeta"), ("ekonomi", "barn och familj"), exact),
        mine.Towards(AF, "af", Status(State.OK, "Ja, till 28 februari"), ("planen och mötena",), ("hälsa",), renew="1"),
        mine.Towards(FK, "fk", Status(State.REFUSED, "Nej, sedan i går"), (), ()),
    )  # fmt: skip


def can_see() -> who.WhoCanSee:
    yes = who.From("psykiatrin", date(2027, 2, 28), "Du har sagt ja.")
    people = (
        ("Lena Sandström", "socialsekreterare, Försörjningsstöd vuxen"),
        ("Tomas Ek", "socialsekreterare, ersättare"),
    )
    decided = who.From("Arbetsförmedlingen", None, "Offentlig uppgift (OSL 28:11).")
    return who.WhoCanSee(
        kinds=(
            who.KindOfFact("plan", "Planen", (who.SeenBy(SOC, (yes,), people), who.SeenBy(FK, (yes,), people[:1]))),
            who.KindOfFact("af_decision", "Beslut från Arbetsförmedlingen", (who.SeenBy(SOC, (decided,), people),)),
        ),
        unread=(("Arbetsmarknadsenheten", "planen och mötena"),),
        protected=False,
    )


def withdrawal() -> mine.Withdrawal:
    return mine.Withdrawal(
        heading="Du tog tillbaka ditt ja till Försäkringskassan",
        at=NOW - timedelta(hours=14),
        seconds="0,4 sekunder",
        receivers=(
            mine.ReceiverStatus("Samverkanshubben", Status(State.OK, "Stängt 19.41.07")),
            mine.ReceiverStatus("Försäkringskassans system", Status(State.WAITING, "Har inte bekräftat än")),
        ),
        receipt="/mina-sidor/samtycke/tillbakataget/1",
        last_before="Det sista som någon fick läsa innan dess var kl. 19.12.44.",
        waiting="Vi frågar Försäkringskassan igen varje timme.",
    )


def my_consents(asking: str = "") -> mine.MyConsents:
    return mine.MyConsents(
        towards=towards(),
        excluded=(
            ("Praktiken på förskolan 2025.", "/mina-sidor/samtycke/undantag/1", "Väntar på att Psykiatrin läser det."),
        ),
        last_day=date(2027, 2, 28),
        withdrawal=withdrawal(),
        asking=asking,
    )


def give(lines: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> mine.Give:
    base = new_consent()
    return mine.Give(
        heading="Vad vill du säga ja till?",
        lead="Inget är ifyllt från början. Du kan säga ja till en del, och nej till resten.",
        action="/mina-sidor/samtycke/nytt",
        owners=base.owners, receivers=base.receivers, categories=base.categories, sensitive=base.sensitive,
        purposes=base.purposes, ends=base.ends, lines=lines, text=base.text, text_version=1,
    )  # fmt: skip


def decided() -> Explanation:
    change = "Du kan säga ja till det, om du vill."
    return Explanation(
        asked="Får psykiatrin berätta om hälsa för Arbetsförmedlingen, för samordnad individuell plan?",
        by="Handläggare hos Arbetsförmedlingen",
        outcome="Nej.",
        grounds=(),
        reasons=(Reason("Du har inte sagt ja till det här.", "OSL 8:1, 10:1", change, "hälsa"),),
        obligations=(),
        revision="r",
        laws=("OSL 8:1, 10:1",),
    )


def looked(opened: str = "") -> mine.WhoHasLooked:
    entry = mine.Entry(ENTRY, NOW - timedelta(minutes=30), PSY, "Samir Haddad, vårdsamordnare, läste vad som får delas i ditt ärende.", "Han arbetar med din plan. Du har sagt ja till det, 17 november.", answers="Samirs chef, Eva Lund", due=date(2026, 12, 8))  # fmt: skip
    stopped = replace(entry, id="x" * 26, mark=AF, what="Karin Åström, arbetsförmedlare, bad om uppgifter om din hälsa.", why="du har inte sagt ja till det. Hon såg ingenting.", stopped=True, at=NOW - timedelta(hours=19), decision=decided())  # fmt: skip
    return mine.WhoHasLooked(
        days=((TODAY, (entry,)), (TODAY - timedelta(days=1), (stopped,))),
        questions=(mine.Question("Varför läste boendestödet min plan 12 november?", Status(State.WAITING, "Svar senast 26 november"), "Johan Berg på boendestödet ska svara."),),
        filters=(Option("", "Alla myndigheter"), Option("stopped", "Bara det som stoppades")),
        opened=opened,
        older="/mina-sidor/vem-har-tittat?fore=1",
    )  # fmt: skip


def start() -> mine.Start:
    return mine.Start(
        name="Kajsa",
        lead="Du bestämmer vem som får veta vad om dig.",
        asks=(mine.Ask("Lena undrar om du vill säga ja", "Lena på socialtjänsten har skrivit ett förslag tillsammans med dig. Svara när du vill.", Link("/mina-sidor/samtycke/nytt", "Läs förslaget")),),
        steps=(mine.Step("Ni har öppnat ett ärende", "17 november", done=True), mine.Step("Ditt samtycke", "Du väljer vem som får veta.", now=True), mine.Step("Möte och plan")),
        agencies=((SOC, YES), (PSY, Status(State.OK, "En del")), (FK, NO)),
        last_day=date(2027, 2, 28),
        looked=mine.Looked("Samir Haddad", "psykiatrin", "läste vad som får delas", NOW - timedelta(minutes=30)),
        looked_this_week=4,
        contact="Lena Sandström på socialtjänsten hjälper dig.",
    )  # fmt: skip


def staff_pictures() -> list[Picture]:
    case, me = staff("Ärenden"), staff()
    hidden = staff("Ärenden", shield=Shield.SKYDDAD_FOLKBOKFORING)
    folk = Shield.SKYDDAD_FOLKBOKFORING
    refusal = refusals.RefusalPage(
        heading="Du får inte se uppgifter om psykisk hälsa",
        number="S2187",
        because="Samtycket omfattar arbetsförmåga, inte det här. Därför har vi inte frågat psykiatrin.",
        ways=(
            refusals.WayOn("Behöver du veta det?", "Ofta räcker det som redan får delas.", Link("/arbete/arenden/2", "Läs vad som får delas")),
            refusals.WayOn("Fråga den det gäller.", "Ett samtycke kan omfatta mer, eller mindre.", Link("/arbete/arenden/2/samtycke/nytt", "Fyll i ett samtycke tillsammans")),
        ),
        asked="Psykisk hälsa, från psykiatrin",
        ground="Sekretess i vården (OSL 25 kap. 1 §). Inget samtycke som gäller.",
        at=NOW,
        entry=ENTRY,
        back=Link("/arbete/arenden/2", "Tillbaka till ärendet"),
        review=f"/arbete/beslut/{ENTRY}/provning",
        individual="Den enskilde ser samma beslut, med samma nummer, i sin lista.",
    )  # fmt: skip
    wrong = Form(
        {"number": ("19860412-0000",)},
        (FieldError("number", "Sista siffran stämmer inte med de andra. Kontrollera varje siffra."),),
    )
    columns = ("Namn", "Titel")
    return [
        Picture("min-dag", "workspace/my_day.html", staff("Min dag"), my_day()),
        Picture("min-dag-tom", "workspace/my_day.html", staff("Min dag"), views.MyDay(TODAY, (), (), (), ())),
        Picture("arenden", "workspace/my_cases.html", case, views.MyCases(cases()[:4], cases()[4:], views.Pager("/arbete/arenden?sida=2"))),
        Picture("sla-upp", "workspace/find_person.html", staff("Slå upp person"), None, wrong),
        Picture("lagg-till", "workspace/register_person.html", staff("Slå upp person")),
        Picture("person", "workspace/person.html", case, views.PersonPage(ref="p1", name=NAME, born="19860412", shield=None, cases=cases()[1:2], representatives=(views.Representative("Berit Holm", "god man", "ekonomi", date(2027, 6, 30)),), fresh=True)),
        Picture("person-skyddad", "workspace/person.html", hidden, views.PersonPage(ref="p1", name="", born="", shield=folk, cases=cases()[4:])),
        Picture("oppna-arende", "workspace/open_case.html", case, views.OpenCase(ref="p1", heading=NAME, purposes=(Option("sip", "Samordnad individuell plan"),))),
        Picture("delas", "workspace/sharing.html", case, sharing()),
        Picture("delas-skyddad", "workspace/sharing.html", hidden, sharing(folk)),
        Picture("parter", "workspace/parties.html", case, views.Parties(head=head("Parter och team"), address="/arbete/arenden/2", parties=(views.Party(SOC, (views.Member("1", "Lena Sandström", "socialsekreterare"), views.Member("2", "Tomas Ek", "", note="ersätter till 4 december")), leading=True, own=True), views.Party(PSY, (), hidden="Namnen visas när den enskilde har sagt ja till det.")), colleagues=(Option("3", "Johan Berg"),), others=(Option("psyk/1", "Psykiatrin: Samir Haddad"),), necessary=(Option("plan", "Planen"),))),
        Picture("samtycken", "workspace/consents.html", case, consent_views.Consents(head=head("Samtycke"), name="Gunnar", plan=(), secrecy=(consent_row("Psykiatrin till socialtjänsten", YES, date(2027, 5, 31)), consent_row("Socialtjänsten till psykiatrin", WAITING, date(2027, 5, 31))), sus=(), excluded=("Praktiken på förskolan 2025",), new_secrecy="/a", kept="/a", sent=True)),
        Picture("samtycke-nytt", "workspace/new_consent.html", case, replace(new_consent(), preview=consent_form.Preview(receivers=()))),
        Picture("samtycke-utkast", "workspace/new_consent.html", case, new_consent(), filled()),
        Picture("kvitto", "workspace/receipt.html", case, receipt(head("Samtycke"))),
        Picture("nekad", "refusal.html", case, refusal),
        Picture("be-prova", "workspace/ask_review.html", case, consent_views.AskReview(head=head("Vad får delas"), owner=PSY, what="Psykisk hälsa, från psykiatrin", due=date(2026, 11, 27), urgent_due=TODAY, back=Link("/arbete/beslut/1", "Tillbaka till beslutet"), action="/x")),
        Picture("provningar", "workspace/reviews.html", me, consent_views.Reviews(to_us=(review_row(),), from_us=())),
        Picture("prova", "workspace/answer_review.html", me, consent_views.AnswerReview(row=review_row(), person="Ali Rahimi, S2240", words="Vi planerar praktik och behöver veta om något pågår.", categories=(Option("plan", "Planen"),), grounds=(Option("OSL 10:27", "OSL 10 kap. 27 §"),), conditions=(Option("under_18", "Personen är under 18 år"),), action="/x", version="1")),
        Picture("underlag-lista", "workspace/evidence_list.html", me, consent_views.EvidenceList(rows=(evidence_row(),))),
        Picture("underlag", "workspace/evidence.html", me, consent_views.Evidence(row=evidence_row(), own_words=("praktiken på förskolan",), categories=(Option("employment", "Arbete"), Option("inget", "Inget som vi har uppgifter om")), lines=receipt().lines, excluded=(), witness="Emma Nilsson", scan=Link("/arbete/underlag/1/papper", "Öppna bilden"), digest="3f2a9c11d0" * 6, action="/x", faults=(Option("doubtful", "Det är oklart"),), version="3")),
        Picture("logg", "workspace/case_log.html", case, log_views.CaseLog(head=head("Logg"), days=((TODAY, (log_row(), log_row(Status(State.STOPPED, "Stoppades"), "y" * 26))),), pager=views.Pager("/x"))),
        *(Picture(f"urval-{name}", f"workspace/{template}.html", me, view) for name, template, view in log_reviews()),
        Picture("loggranskning", "workspace/log_review.html", me, log_views.LogReview(mark=SOC, rows=(log_row(),), questions=my_day().tasks[:1], filters=(Option("", "Alla rader"),), pager=views.Pager())),
        Picture("fraga-svar", "workspace/answer_question.html", me, log_views.AnswerQuestion(id="1", who=NAME, asked="Varför läste ni om mig i söndags?", asked_at=NOW - timedelta(days=8), due=date(2026, 11, 30), row=log_row(), act="/x")),
        Picture("skydd", "workspace/protection.html", case, protection(None)),
        Picture("skydd-skyddad", "workspace/protection.html", hidden, protection(folk)),
        *(Picture(f"admin-{kind}", "workspace/admin.html", me, admin(kind, heading, columns)) for kind, heading in (("staff", "Medarbetare"), ("units", "Enheter"), ("assignments", "Uppdrag"), ("substitutes", "Ersättare"), ("retention", "Bevarande"), ("log_review", "Loggranskning"), ("rules", "Regler"))),
        Picture("admin-avsluta", "workspace/admin_end.html", me, admin_views.EndSomething(tabs=(), heading="Avsluta uppdraget för Tomas Ek?", then="Då ser han inga ärenden från och med nu.", today=TODAY, action="/x", back="/y")),
        Picture("far-lamnas", "workspace/asked.html", case, views.Asked(head=head("Vad får delas"), owner=PSY, category="Planen", ground="Samtycke 14 september", entry=ENTRY, at=NOW, back="/x")),
        Picture("meddelanden", "workspace/notices.html", me, views.Notices((views.Notice("1", "En person har fått skyddade uppgifter", "Från och med nu ser ingen personen.", ("Utse vem hos er som ska få läsa.",), NOW, "p1"),))),
        Picture("namn", "workspace/name.html", hidden, views.Name(head("", shield=folk), NAME)),
        Picture("samtycke-fornya", "workspace/new_consent.html", case, new_consent(), Form({"renews": ("1",), "owners": ("soc",), "receivers": ("psy",), "categories": ("plan",), "purpose": ("sip",)})),
        Picture("sus", "workspace/simple_consent.html", case, consent_views.SimpleConsent(head=head("Samtycke"), name="Kajsa", kind="sus", heading="Samtycke till SUS", text="Text.", text_version=1, action="/x", answerable=True)),
        Picture("hittas-inte", "not_found.html", staff("Slå upp person")),
        Picture("fel", "error.html", me, ErrorView("Någon annan har ändrat sedan du öppnade", "Läs in det nya, jämför med ditt och spara igen. Det du har skrivit finns kvar.", (Way("Läs in sidan igen och försök på nytt."),), ENTRY)),
    ]  # fmt: skip


def portal_pictures(language: Language = SWEDISH) -> list[Picture]:
    frame: Callable[[str], Frame] = lambda here="": individual(here, language)  # noqa: E731
    consents = "portal/consents_easy.html" if language is EASY_SWEDISH else "portal/consents.html"
    mark = f"-{language.code}" if language is not SWEDISH else ""
    plan = mine.SimpleConsent(
        kind="plan", heading="Planen", text="Jag vill ha en plan.", text_version=1, status=NO, action="/x", open=False
    )
    pictures = [
        Picture("start", "portal/start.html", frame("Start"), start()),
        Picture("mitt-samtycke", consents, frame("Samtycke"), my_consents()),
        Picture("ta-tillbaka", consents, frame("Samtycke"), my_consents("psyk")),
        Picture("ge", "portal/give.html", frame("Samtycke"), give((("psykiatrin", ("Planen och mötena, från socialtjänsten",)),))),
        Picture("ge-igen", "portal/give.html", frame("Samtycke"), give(), Form({"renews": ("1",), "owners": ("soc",), "removed": ("x",)})),
        Picture("inget-arende", "portal/nobody.html", frame("Start")),
        Picture("andra", "portal/narrow.html", frame("Samtycke"), mine.Narrow(mark=PSY, action="/x", parts=(Option("plan", "Planen och mötena"),))),
        Picture("plan-och-statistik", "portal/other_consents.html", frame("Samtycke"), mine.OtherConsents(consents=(plan, replace(plan, kind="sus", heading="Statistik", status=NO, on_paper=True), replace(plan, kind="tre", status=YES, open=True)))),
        Picture("undantag", "portal/lift.html", frame("Samtycke"), mine.Lift(what="praktiken på förskolan 2025", action="/x")),
        Picture("tidigare", "portal/history.html", frame("Samtycke"), mine.History(rows=(mine.Old("Psykiatrin", NOW, YES, "/x"),))),
        Picture("mitt-kvitto", "portal/receipt.html", frame("Samtycke"), receipt()),
        Picture("tillbakataget", "portal/withdrawn.html", frame("Samtycke"), withdrawal()),
        Picture("vem-ar-med", "portal/who_is_with_me.html", frame("Vem är med"), mine.WhoIsWithMe(cases=(mine.MyCase("S2304", date(2026, 11, 3), (mine.WithMe(SOC, (("Lena Sandström", "socialsekreterare"),), leading=True), mine.WithMe(PSY, ()))),))),
        Picture("vem-har-tittat", "portal/who_has_looked.html", frame("Vem har tittat"), looked(ENTRY)),
        Picture("vem-kan-se", "portal/who_can_see.html", frame("Samtycke"), can_see()),
        Picture("vem-kan-se-ingen", "portal/who_can_see.html", frame("Samtycke"), who.WhoCanSee(kinds=(), unread=(), protected=True)),
        Picture("ombud", "portal/representatives.html", frame(""), mine.Representatives(for_me=(mine.MyRepresentative("1", "Berit Holm", "ombud med fullmakt", "ekonomi", date(2027, 6, 30), revocable=True),), by_me=(mine.MyRepresentative("2", "Någon", "god man", "ekonomi", None),), acting="2")),
        Picture("fler-sprak", "portal/more_languages.html", frame("")),
    ]  # fmt: skip
    return [replace(each, name=each.name + mark) for each in pictures]


def plain_pictures() -> list[Picture]:
    plain = Frame(door=Door.PLAIN)
    names = ("front", "help", "secrecy", "accessibility")
    ways = (
        SignInWay("/logga-in/staff", "Jag arbetar på en myndighet"),
        SignInWay("/logga-in/individual", "Det handlar om mig"),
    )
    posts = (
        Post("a1", "socialsekreterare", "Socialtjänsten, försörjningsstöd", None, now=True),
        Post("a2", "socialsekreterare", "Socialtjänsten, vuxen", NOW + timedelta(days=10), now=False),
    )
    return [
        *(Picture(name, f"{name}.html", plain) for name in names),
        Picture("logga-in", "signin/door.html", plain, Choice(ways)),
        Picture("inloggningstjanst", "signin/issuer.html", plain, Choice(ways)),
        Picture("utloggad", "signin/stopped.html", plain, Stopped("Du är utloggad", "Stäng webbläsaren.", ways[:1])),
        Picture("uppdrag", "signin/assignment.html", replace(staff(), nav=()), Posts(posts, "/arbete", "made-up")),
    ]


def pictures() -> list[Picture]:
    return [
        *staff_pictures(),
        *portal_pictures(),
        *portal_pictures(EASY_SWEDISH),
        *portal_pictures(ENGLISH),
        *plain_pictures(),
    ]
