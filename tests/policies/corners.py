"""Hand-written corners: for each question, whole questions of every kind that is permitted, and near ones that aren't."""

from collections.abc import Iterator
from typing import Final, get_args

from hub.access.questions.words import AdministrationAct, CaseAct
from tests.policies.base import BASE, disclose
from tests.policies.plain import (
    AGENCIES,
    DAY,
    LONG,
    NOW,
    Json,
    caller,
    disposal,
    individual,
    line,
    mandate,
    owner,
    person,
    receiver,
)

PROTECTED: Final = person(protection="sekretessmarkering")
GUARDIAN: Final = mandate(kind="guardian")
CHILD: Final = disposal(age=8, mature=False)


def exchange(giver: str, taker: str, category: str, **facts: Json) -> Json:
    """What `giver` has in `category`, to `taker`, on consent."""
    to = receiver(taker, necessary=[category])
    who = caller(agency=taker, kind=AGENCIES[taker][0])
    on = [line(owner=giver, receiver=taker, category=category)]
    return disclose(owner=owner(giver), receiver=to, caller=who, categories=[category], lines=on) | facts


def duty(giver: str, paragraph: str, *items: str, taker: str = "soc", **facts: Json) -> Json:
    """Single items that `giver` owes a socialnämnd, which has said that its open case needs them."""
    to = receiver(taker, necessary=list(items))
    asked = {"categories": [], "items": list(items), "claimed": paragraph, "purpose": "ekonomiskt_bistand"}
    return exchange(giver, taker, "benefits", **asked, receiver=to, lines=[]) | facts


DECIDED: Final[Json] = {
    "ref": "e1",
    "owner": "soc",
    "receiver": "",
    "categories": ["social_situation"],
    "conditions": [],
    "reasoned": True,
    **LONG,
}


def by_hand(giver: str, taker: str, category: str, paragraph: str, *conditions: str) -> Json:
    decision = {
        "ref": "e1",
        "owner": giver,
        "receiver": taker,
        "paragraph": paragraph,
        "categories": [category],
        "conditions": list(conditions),
        "reasoned": True,
        **LONG,
    }
    return exchange(giver, taker, category, lines=[], decisions=[decision], claimed=paragraph)


def _disclose() -> Iterator[Json]:
    yield disclose()
    for giver in ("psyk", "soc", "af", "fk", "ame", "vardcentral", "forbund"):
        for taker in ("soc", "psyk", "af", "fk", "ame", "forbund", "privat", "arbetsgivare"):
            if giver != taker:
                yield exchange(giver, taker, "work_ability")
    for category in (
        "health",
        "mental_health",
        "employer",
        "social_situation",
        "children",
        "debts",
        "party",
        "plan",
        "meeting",
    ):
        yield exchange("psyk", "af", category)
        yield exchange("soc", "psyk", category)
    yield exchange("psyk", "soc", "phone", lines=[line(category="contact")])
    yield exchange("psyk", "soc", "work_ability", categories=["work_ability", "health"])
    yield exchange("soc", "boendestod", "social_situation", same_branch=True, lines=[])
    yield exchange("soc", "soc", "day_notes", same_branch=True, own_unit=True, lines=[])
    yield exchange("soc", "soc", "follow_up_authority", same_branch=True, own_unit=True, lines=[])
    yield exchange("soc", "boendestod", "follow_up_authority", same_branch=True)
    yield exchange("af", "soc", "af_decision", lines=[])
    yield exchange("af", "leverantor", "employment", lines=[], supplier_needs=["employment"], claimed="OSL 28:12 a")
    yield exchange("psyk", "soc", "work_ability", person=PROTECTED, caller=caller(clearances=[LONG]))
    yield exchange(
        "psyk",
        "soc",
        "work_ability",
        person=PROTECTED | {"provisional_until": NOW + DAY},
        caller=caller(named_handler=True),
    )
    yield exchange(
        "psyk",
        "soc",
        "work_ability",
        lines=[line(given_by="m1")],
        mandates=[mandate()],
        disposal=disposal(can_consent=False),
    )
    yield exchange("psyk", "soc", "work_ability", lines=[line(given_by="m1")], mandates=[GUARDIAN], disposal=CHILD)
    yield exchange("psyk", "soc", "work_ability", disposal=disposal(age=16))
    yield exchange("psyk", "soc", "work_ability", lines=[line(reserved=True)])
    yield exchange(
        "psyk",
        "soc",
        "work_ability",
        third_persons=[{"category": "work_ability", "own_consent": False, "marked": True}],
    )
    yield exchange("psyk", "soc", "party", direction="question", caller=caller(agency="psyk", kind="region_psykiatri"))
    yield exchange(
        "af",
        "fk",
        "sus_registration",
        purpose="sus",
        lines=[line(owner="af", receiver="fk", category="sus_registration", purpose="sus", kind="sus")],
    )
    yield exchange(
        "soc",
        "fk",
        "social_situation",
        purpose="consultation",
        identity="anonymous",
        lines=[],
        caller=caller(agency="fk", kind="fk", roles=["radgivare"], team=[]),
    )
    for road, giver in (("ssbtek", "af"), ("lefi", "fk")):
        yield duty(
            giver,
            "SoL 15:10" if giver == "fk" else "SoL 15:11",
            "benefit_amount" if giver == "fk" else "a_kassa",
            road=road,
        )
        yield exchange(
            giver,
            "soc",
            "employment",
            road=road,
            purpose="ekonomiskt_bistand",
            lines=[line(owner=giver, category="employment", purpose="ekonomiskt_bistand")],
        )
    yield duty("fk", "SoL 15:10", "benefit_amount", "payment_dates")
    yield duty("fk", "SoL 15:10", "benefit_kind", taker="soc-b")
    yield duty("af", "SoL 15:11", "a_kassa", "registration_dates")
    yield duty("soc", "SoL 15:8", "is_current", taker="boendestod")
    yield by_hand("af", "fk", "employment", "OSL 10:27")
    yield by_hand("fk", "af", "benefits", "OSL 10:27")
    yield by_hand("psyk", "soc", "health", "OSL 25:12", "lpt_lrv", "necessary_for_care")
    yield by_hand("psyk", "vardcentral", "health", "OSL 25:13", "unable_to_consent_health", "necessary_for_care")
    yield by_hand("soc", "psyk", "social_situation", "OSL 26:9", "pregnancy", "necessary_for_care")
    yield by_hand("soc", "fk", "social_situation", "SFB 110:31")
    yield by_hand("soc", "af", "social_situation", "OSL 10:2")
    yield by_hand("soc", "af", "social_situation", "OSL 10:15 a")


def _see_person() -> Iterator[Json]:
    base = BASE["see_person"]
    yield from (base(by=by) for by in ("number", "reference", "own_list", "list"))
    yield base(caller=caller(team=[]))
    yield base(own_reference=False)
    for by in ("number", "own_list"):
        yield base(person=PROTECTED, caller=caller(clearances=[LONG]), by=by)
        yield base(person=PROTECTED, caller=caller(clearances=[LONG], team=[]), by=by)
    yield base(person=PROTECTED | {"provisional_until": NOW + DAY}, caller=caller(named_handler=True))
    yield base(caller=individual())
    yield base(caller=individual(own=False, mandate="m1"), mandates=[GUARDIAN], disposal=CHILD)
    yield base(caller=individual(own=False, mandate="m1"), mandates=[mandate()])
    yield base(caller=caller(door="client", roles=["system"]))


def _open_case() -> Iterator[Json]:
    base = BASE["open_case"]
    yield base()
    yield base(person=PROTECTED, caller=caller(clearances=[LONG]))
    yield base(caller=caller(door="client", roles=["system"]))
    yield base(caller=caller(roles=["samordnare"]))


def _record_consent() -> Iterator[Json]:
    base = BASE["record_consent"]
    sus = {
        "owner": "af",
        "owner_kind": "af",
        "receiver": "sus",
        "receiver_kind": "",
        "category": "sus_registration",
        "purpose": "sus",
    }
    yield from (base(form=form) for form in ("paper", "oral", "assisted", "digital"))
    yield base(caller=individual(), form="digital")
    yield base(kinds=["plan"])
    yield base(kinds=["sus"], lines=[base()["lines"][0] | sus], insats="i1")
    yield base(person=PROTECTED, caller=caller(clearances=[LONG]))
    yield base(disposal=CHILD, mandates=[GUARDIAN], given_by="m1")
    yield base(disposal=disposal(age=16), mandates=[GUARDIAN], given_by="m1", with_minor=True)
    yield base(disposal=disposal(age=16))
    yield base(disposal=disposal(can_consent=False), mandates=[mandate()], given_by="m1")
    yield base(caller=individual(own=False, mandate="m1"), mandates=[mandate()], given_by="m1", form="digital")


def _accept_consent() -> Iterator[Json]:
    base = BASE["accept_consent"]
    yield base()
    yield base(person=PROTECTED, caller=caller(roles=["sekretessansvarig"], clearances=[LONG]))


def _show_to_individual() -> Iterator[Json]:
    base = BASE["show_to_individual"]
    yield base()
    yield base(person=PROTECTED, categories=["address", "plan"])
    yield base(caller=individual(own=False, mandate="m1"), mandates=[GUARDIAN], disposal=CHILD)
    yield base(caller=individual(own=False, mandate="m1"), mandates=[mandate()], disposal=disposal(can_consent=False))
    yield base(
        categories=["social_situation", "family"],
        third_persons=[{"category": "family", "own_consent": False, "marked": True}],
    )
    yield base(categories=["social_situation", "informant_identity", "day_notes"], owner_withholds=["day_notes"])
    for category in ("social_situation", "shelter", "debts", "health"):
        decided = {"id": "w1", "owner": "soc", "category": category, **LONG}
        yield base(categories=["social_situation", "economy", "mental_health", "plan"], withheld=[decided])


def _read_log() -> Iterator[Json]:
    base = BASE["read_log"]
    reviewer = caller(roles=["loggranskare"], team=[])
    yield base()
    yield base(export_to="self")
    yield base(caller=individual(own=False, mandate="m1"), mandates=[GUARDIAN], disposal=CHILD)
    yield base(caller=individual(own=False, mandate="m1"), mandates=[mandate()])
    yield base(caller=reviewer, agency="soc")
    yield base(caller=reviewer, agency="soc", entries_of="agency")
    yield base(caller=reviewer | {"clearances": [LONG]}, agency="soc", person=PROTECTED)


def _clear_protected() -> Iterator[Json]:
    base = BASE["clear_protected"]
    yield base()
    yield base(none_cleared=True, caller=caller(roles=["chef"]))
    yield base(grantee_roles=["samordnare"])


def _act_in_case() -> Iterator[Json]:
    base = BASE["act_in_case"]
    for act in get_args(CaseAct):
        yield base(act=act)
        yield base(act=act, person=PROTECTED, caller=caller(clearances=[LONG], roles=["chef"]))
        yield base(act=act, caller=caller(roles=["samordnare"]), item_state="draft", item_author="caller")
        yield base(act=act, caller=caller(roles=["sekretessansvarig"], team=[]))
        yield base(act=act, caller=individual(), item_author="individual")
    for paragraph in ("OSL 25:6", "OSL 25:7", "OSL 26:5", "OSL 26:1", "OSL 10:27"):
        for kind, regime in (("socialtjanst", "OSL 26:1"), ("region_psykiatri", "OSL 25:1"), ("ame", "unset")):
            yield base(
                act="withhold_from_individual",
                manual=[{**DECIDED, "paragraph": paragraph}],
                manual_owner_kind=kind,
                manual_owner_regime=regime,
            )


def _administer() -> Iterator[Json]:
    base = BASE["administer"]
    for act in get_args(AdministrationAct):
        yield base(act=act, roles=["handlaggare"] if act.startswith("grant") else [])


CORNERS: Final[dict[str, list[Json]]] = {
    "accept_consent": list(_accept_consent()),
    "act_in_case": list(_act_in_case()),
    "administer": list(_administer()),
    "clear_protected": list(_clear_protected()),
    "disclose": list(_disclose()),
    "open_case": list(_open_case()),
    "read_log": list(_read_log()),
    "record_consent": list(_record_consent()),
    "see_person": list(_see_person()),
    "show_to_individual": list(_show_to_individual()),
}
