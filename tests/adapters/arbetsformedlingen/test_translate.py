"""What comes: each field of the format that matters, and nothing dropped on the way."""

from datetime import date
from decimal import Decimal

import pytest

from adapters.arbetsformedlingen.translate import read
from hub.broker.port import Claim, Span
from tests.adapters.arbetsformedlingen.contracts import folder
from tests.adapters.arbetsformedlingen.made import (
    AT,
    FINE,
    agency,
    decided,
    funds,
    only,
    seeker,
    told,
    values,
)
from tests.fixtures.numbers import ADULT, SECOND

pytestmark = pytest.mark.requirement("HUB-05")
ASKED = f"<ssbt:fraga><ssbt:generellaFrageparametrar><ssbt:personidentitet>{ADULT}</ssbt:personidentitet></ssbt:generellaFrageparametrar></ssbt:fraga>"


class TestProtection:
    @pytest.mark.parametrize(
        ("said", "shown"),
        [("true", "sekretessmarkering"), ("1", "sekretessmarkering"), ("false", "none"), ("kanske", "unknown")],
    )
    def test_the_mark_is_read_and_one_that_can_not_be_read_counts_as_unknown(self, said: str, shown: str) -> None:
        assert told(agency(f"<er:Sekretessmarkering>{said}</er:Sekretessmarkering>{FINE}")).protection == shown

    def test_no_mark_shows_nothing(self) -> None:
        assert told(agency()).protection == "none"

    def test_words_of_the_agency_may_tell_a_place(self) -> None:
        report = "<er:AktivetetsRapportDatum><er:AktivitetsRapportMeddelande>Kursen i Umeå</er:AktivitetsRapportMeddelande></er:AktivetetsRapportDatum>"
        assert only(seeker(report)).holds_location

    @pytest.mark.parametrize("field", ["ArbetssokandeSKAT", "ErsattningTyp"])
    def test_so_does_a_word_that_no_list_has(self, field: str) -> None:
        word = f"<er:{field}>Hos någon i Umeå</er:{field}>"
        assert only(seeker(word) if field.endswith("SKAT") else decided(word)).holds_location


class TestRegistration:
    def test_somebody_who_is_registered(self) -> None:
        fact = only(
            seeker(
                "<er:Arbetssokande>true</er:Arbetssokande>"
                "<er:ArbetssokandeRegistrerad>2016-11-18+01:00</er:ArbetssokandeRegistrerad>"
            )
        )
        assert fact.text == "Inskriven på Arbetsförmedlingen sedan 18 november 2016."
        assert values(fact) == {"registered": True, "registered_since": date(2016, 11, 18)}
        assert fact.period == Span(date(2016, 11, 18))
        assert {each.item for each in fact.values} == {"registration_dates"}
        assert (fact.category, fact.as_of) == ("employment", AT)

    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<er:Arbetssokande>true</er:Arbetssokande>", "Inskriven på Arbetsförmedlingen."),
            ("<er:Arbetssokande>false</er:Arbetssokande>", "Inte inskriven på Arbetsförmedlingen."),
            (
                (
                    "<er:Arbetssokande>false</er:Arbetssokande>"
                    "<er:ArbetssokandeRegistrerad>2021-02-15</er:ArbetssokandeRegistrerad>"
                    "<er:ArbetssokandeAvaktualiserad>2023-10-02</er:ArbetssokandeAvaktualiserad>"
                ),
                "Inte inskriven på Arbetsförmedlingen. Inskrevs 15 februari 2021. Avskriven 2 oktober 2023.",
            ),
            (
                "<er:ArbetssokandeAvaktualiserad>2023-10-02Z</er:ArbetssokandeAvaktualiserad>",
                "Har uppgifter om inskrivning. Avskriven 2 oktober 2023.",
            ),
        ],
    )
    def test_is_said_in_words(self, inside: str, text: str) -> None:
        assert only(seeker(inside)).text == text

    def test_days_the_wrong_way_round_are_kept_and_named(self) -> None:
        said = told(
            seeker(
                "<er:ArbetssokandeRegistrerad>2026-05-01</er:ArbetssokandeRegistrerad>"
                "<er:ArbetssokandeAvaktualiserad>2025-05-01</er:ArbetssokandeAvaktualiserad>"
            )
        )
        assert said.facts[0].period is None
        assert values(said.facts[0])["registered_since"] == date(2026, 5, 1)
        assert [gap.reason for gap in said.gaps] == ["en period slutar innan den börjar"]

    @pytest.mark.parametrize(
        "day", ["igår", "2026-02-30", "12026-01-01", "-2026-01-01", "2026-1-1", "\N{FULLWIDTH DIGIT TWO}026-01-01"]
    )
    def test_a_day_that_is_none_is_kept_as_it_came_and_named(self, day: str) -> None:
        said = told(seeker(f"<er:ArbetssokandeRegistrerad>{day}</er:ArbetssokandeRegistrerad>"))
        assert values(said.facts[0]) == {"registered_since": day}
        assert [gap.reason for gap in said.gaps] == ["ArbetssokandeRegistrerad går inte att läsa och visas som det kom"]

    def test_one_who_is_not_in_the_register(self) -> None:
        said = told(agency())
        assert (said.facts, said.gaps, said.known) == ((), (), False)

    def test_the_name(self) -> None:
        fact = only(agency(f"<er:Fornamn>Tolvan</er:Fornamn><er:Efternamn>Tolvansson</er:Efternamn>{FINE}"))
        assert (fact.category, fact.values[0].item) == ("party", "name_personnummer")
        assert fact.text == "Finns i Arbetsförmedlingens register som Tolvan Tolvansson."


class TestWork:
    @pytest.mark.parametrize(
        ("extent", "text"), [("100", "Söker arbete på heltid."), ("50", "Söker arbete på 50 procent.")]
    )
    def test_how_much_work_is_sought(self, extent: str, text: str) -> None:
        registered = "<er:Arbetssokande>true</er:Arbetssokande>"
        _, fact = told(seeker(f"{registered}<er:ArbetssokandeOmfattning>{extent}</er:ArbetssokandeOmfattning>")).facts
        assert (fact.text, fact.claim) == (text, Claim("work_ability.extent", extent))

    @pytest.mark.parametrize("extent", ["101", "-1", "2147483647", "99999999999999", "NaN", "hela"])
    def test_an_extent_that_can_not_be_is_kept_claims_nothing_and_is_named(self, extent: str) -> None:
        said = told(seeker(f"<er:ArbetssokandeOmfattning>{extent}</er:ArbetssokandeOmfattning>"))
        assert str(values(said.facts[0])["seeks_extent"]) == extent
        assert said.facts[0].claim is None
        assert len(said.gaps) == 1

    @pytest.mark.parametrize(
        ("said", "text", "status"),
        [
            ("11", "Arbetslös", "unemployed"),
            ("Anställd", "Anställd", "employed"),
            ("ombytessökande", "Ombytessökande", "employed"),
            ("81", "Arbetsmarknadsutbildning", "studying"),
        ],
    )
    def test_a_category_by_number_or_by_text(self, said: str, text: str, status: str) -> None:
        fact = only(seeker(f"<er:ArbetssokandeSKAT>{said}</er:ArbetssokandeSKAT>"))
        assert fact.what.known
        assert (fact.text, fact.values[0].item) == (f"Sökandekategori: {text}.", "sokandekategori")
        assert fact.claim == Claim("employment.status", status)

    def test_an_unknown_category_is_kept_and_flagged(self) -> None:
        fact = only(seeker("<er:ArbetssokandeSKAT>96</er:ArbetssokandeSKAT>"))
        assert (fact.what.value, fact.what.known, fact.claim) == ("96", False, None)
        assert fact.text == "Sökandekategori: 96 (känns inte igen av hubben)."

    @pytest.mark.parametrize("said", ["42", "43"])
    def test_a_category_that_tells_of_a_disability_is_sensitive(self, said: str) -> None:
        assert only(seeker(f"<er:ArbetssokandeSKAT>{said}</er:ArbetssokandeSKAT>")).sensitive

    def test_the_last_activity_report(self) -> None:
        fact = only(
            seeker(
                "<er:AktivetetsRapportDatum><er:AktivitetsRapportMeddelande>I tid.</er:AktivitetsRapportMeddelande>"
                "<er:SenasteAktivitetsRapportDatum>2026-11-03</er:SenasteAktivitetsRapportDatum></er:AktivetetsRapportDatum>"
            )
        )
        assert fact.text == "Senaste aktivitetsrapporten kom 3 november 2026. Om aktivitetsrapporten: I tid."
        assert fact.values[0].item == "last_activity_report_date"

    def test_decisions_one_by_one(self) -> None:
        one = (
            "<er:ErsattningTyp>Aktivitetsstöd</er:ErsattningTyp><er:Omfattning>75</er:Omfattning>"
            "<er:BeslutFrom>2026-03-01</er:BeslutFrom><er:BeslutTom>2026-08-31</er:BeslutTom>"
        )
        other = "<er:ErsattningTyp>Något nytt</er:ErsattningTyp>"
        first, second = told(decided(one, other)).facts
        assert first.text == "Beslut om aktivitetsstöd, 75 procent, 1 mars 2026 – 31 augusti 2026."
        assert first.period == Span(date(2026, 3, 1), date(2026, 8, 31))
        assert {each.item for each in first.values} == {"programme_and_period"}
        assert (second.text, second.what.known) == ("Beslut om något nytt (känns inte igen av hubben).", False)

    def test_the_a_kassa(self) -> None:
        fact = only(agency(f"<er:Akassetillhorighet>Prov-kassan</er:Akassetillhorighet>{FINE}"))
        assert (fact.text, fact.values[0].item, fact.category) == ("A-kassa: Prov-kassan.", "a_kassa", "benefits")

    def test_a_status_that_is_not_all_well_is_kept_in_the_agencys_words(self) -> None:
        status = FINE.replace("0", "7")
        words = "<er:StatusSokandeinformationKodText>Svaret är inte helt</er:StatusSokandeinformationKodText>"
        fact = only(agency(status + words))
        assert (fact.what.value, fact.what.known) == ("7", False)
        assert "Svaret är inte helt" in fact.text


class TestTheFunds:
    def test_a_payment(self) -> None:
        paid = (
            "<in:Utbetalningar><in:Utbetalningsdatum>2026-11-23</in:Utbetalningsdatum><in:NettoEfterSkatt>8664.00"
            "</in:NettoEfterSkatt><in:NettoEfterAvdrag>8164.50</in:NettoEfterAvdrag><in:Ersattningsdagar>9.5"
            "</in:Ersattningsdagar><in:AvserFrom>2026-10-26</in:AvserFrom><in:AvserTom>2026-11-22</in:AvserTom>"
            "</in:Utbetalningar>"
        )
        who, fact = told(funds(paid), asked=("SO",)).facts
        assert (who.text, who.values[0].item) == ("A-kassa som har svarat: Prov-kassan.", "a_kassa")
        assert fact.text == (
            "Utbetalning 23 november 2026: 8\N{NO-BREAK SPACE}164,50 kronor efter avdrag."
            " Gäller 26 oktober 2026 – 22 november 2026."
        )
        assert values(fact)["paid_days"] == Decimal("9.5")
        assert (fact.unit, fact.category) == ("Prov-kassan", "benefits")

    def test_stopped_and_applied(self) -> None:
        more = (
            "<in:Avstangningar><in:AvstangdFrom>2026-01-12</in:AvstangdFrom><in:AvstangdTom>2026-02-08</in:AvstangdTom>"
            "</in:Avstangningar><in:AnsoktOmErsattning><in:BeslutOmRattTillErsattning xsi:nil='true'/>"
            "<in:AnsokanOmUtbetalningInlamnad>false</in:AnsokanOmUtbetalningInlamnad></in:AnsoktOmErsattning>"
        )
        _, stopped, applied = told(funds(more), asked=("SO",)).facts
        assert stopped.text == "Avstängd från ersättning, 12 januari 2026 – 8 februari 2026."
        assert values(applied) == {"payment_applied": False}
        assert applied.text.endswith("Ansökan om utbetalning är inte inlämnad.")

    @pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e9", "1 000", "9" * 40, "1\N{FULLWIDTH DIGIT ZERO}"])
    def test_an_amount_that_is_none_is_kept_as_it_came_and_named(self, amount: str) -> None:
        paid = f"<in:Utbetalningar><in:NettoEfterAvdrag>{amount}</in:NettoEfterAvdrag></in:Utbetalningar>"
        said = told(funds(paid), asked=("SO",))
        assert values(said.facts[1])["net_after_deductions"] == amount
        assert len(said.gaps) == 1

    def test_a_status_that_no_list_has_is_kept_and_flagged(self) -> None:
        parts = funds("").replace("all clear", "Väntar")
        (fact,) = told(parts, asked=("SO",)).facts
        assert not fact.what.known
        assert fact.text.endswith("Status: Väntar (känns inte igen av hubben).")


class TestNothingIsDropped:
    @pytest.mark.parametrize(
        "parts",
        [
            agency(f"{FINE}<er:NyttFalt>x</er:NyttFalt>"),
            seeker("<er:NyttFalt/>"),
            decided("<er:ErsattningTyp>Aktivitetsstöd</er:ErsattningTyp><x:NyttFalt xmlns:x='urn:x'/>"),
        ],
    )
    def test_a_field_that_the_hub_does_not_know_is_named(self, parts: str) -> None:
        assert [gap.reason for gap in told(parts).gaps] == [
            "svaret har en uppgift som hubben inte känner till: NyttFalt"
        ]

    def test_a_field_whose_very_name_speaks_of_somebody_is_named_without_it(self) -> None:
        (gap,) = told(agency(f"{FINE}<er:_{SECOND}/>")).gaps
        assert SECOND not in gap.reason

    def test_a_field_that_stands_twice_is_shown_with_both_and_named(self) -> None:
        twice = "<er:ArbetssokandeSKAT>11</er:ArbetssokandeSKAT><er:ArbetssokandeSKAT>21</er:ArbetssokandeSKAT>"
        said = told(seeker(twice))
        assert said.facts[0].what.value == "11 / 21"
        assert [gap.reason for gap in said.gaps] == ["ArbetssokandeSKAT står flera gånger i svaret"]

    def test_a_part_that_stands_twice_is_named_and_read_once(self) -> None:
        info = "<er:ArbetssokandeInfo><er:ArbetssokandeSKAT>{}</er:ArbetssokandeSKAT></er:ArbetssokandeInfo>"
        said = told(agency(info.format("11") + info.format("21") + FINE))
        assert [fact.what.value for fact in said.facts] == ["11"]
        assert [gap.reason for gap in said.gaps] == ["ArbetssokandeInfo står flera gånger i svaret"]

    def test_elements_where_a_text_should_be_are_named(self) -> None:
        said = told(agency(f"<er:Akassetillhorighet>Prov<er:b>kassan</er:b></er:Akassetillhorighet>{FINE}"))
        assert [gap.reason for gap in said.gaps] == ["Akassetillhorighet har ett innehåll som inte går att läsa"]
        assert said.facts[0].values[0].value == "Provkassan"

    def test_decisions_that_are_not_there_are_no_decisions(self) -> None:
        said = told(agency(f"<er:BeslutInfo/>{FINE}"))
        assert (said.facts, said.gaps) == ((), ())

    def test_an_a_kassa_without_its_list_is_named(self) -> None:
        data = f"<ssbt:data><in:IdentificationNumber>{ADULT}</in:IdentificationNumber></ssbt:data>"
        said = told(f"<ssbt:SO>{data}</ssbt:SO>", asked=("SO",))
        assert [gap.reason for gap in said.gaps] == ["svaret saknar uppgifter om ersättning"]

    def test_a_payment_without_an_amount_says_so(self) -> None:
        _, fact = told(funds("<in:Utbetalningar/>"), asked=("SO",)).facts
        assert fact.text == "Utbetalning: inget belopp står i svaret."

    def test_a_text_that_never_ends_is_cut_and_named(self) -> None:
        said = told(agency(f"<er:Akassetillhorighet>{'a' * 5000}</er:Akassetillhorighet>{FINE}"))
        assert len(str(said.facts[0].values[0].value)) < 1100
        assert [gap.reason for gap in said.gaps] == ["Akassetillhorighet är för långt för att visas helt"]


@pytest.mark.contracts
class TestTheContractsOwnExamples:
    def test_the_a_kassors(self) -> None:
        said = read((folder() / "examples/test05_getFinancialAid_so.xml").read_bytes(), AT)
        assert [fact.what.text for fact in said.facts] == ["A-kassan har svarat", "Utbetalning från a-kassan"]
        assert values(said.facts[1])["net_after_tax"] == Decimal("1250.50")
        assert said.gaps == ()

    def test_skatteverkets_is_named_as_not_asked_for(self) -> None:
        said = read((folder() / "examples/test04_getFinancialAid_skv.xml").read_bytes(), AT)
        assert said.facts == ()
        assert [gap.what for gap in said.gaps] == ["Skatteverket"]
