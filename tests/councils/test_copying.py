"""Copies: a council's workings without its names, for another industry or one organisation."""

import pytest

from services.councils.copying import naming, rules
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import a_seat, blamed, council_in, day, meeting_in


def test_a_name_is_found_with_its_endings_and_not_within_words() -> None:
    names = ["Tibro kommun", "IDC", "rektor*", "Ek"]
    text = "Tibro\nkommuns rektorer möts; IDCs lokal, inte i prorektors ek."
    assert naming.names_in(text, names) == ["IDCs", "Tibro kommuns", "rektorer"]
    assert naming.without(text, names) == "[namn] möts; [namn] lokal, inte i prorektors ek."
    assert naming.names_in("Ingen", names) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fråga Anna om björkskog i ett berg.", "[namn] om björkskog i ett berg."),
        ("Vi frågar Björk. Björkskog finns.", "Vi frågar [namn]. Björkskog finns."),
        ("Anna leder, t.ex. Lindh på bergets topp", "[namn] leder, t.ex. [namn] på bergets topp"),
        ("Ordförande: Berg", "Ordförande: [namn]"),
        ("Lind", "[namn]"),
        ("Karin Björk-Lind och Per von Berg möts", "[namn] och [namn] möts"),
        ("Möten på YH leds av ANNA och eva@exempel.se", "Möten på YH leds av [namn] och [namn]"),
        ("Ring 0500-12 34 56 eller +46 70 123 45 67.", "Ring [namn] eller [namn]."),
        ("Född 850101-1234, se www.exempel.se/anna", "Född [namn], se [namn]"),
        ("Åren 2020-2025: 1 000 000 kr den 2026-11-28, 0,5 %",) * 2,
        ("Vi frågar A. Ek i fas 2. Möten hålls.", "Vi frågar A. [namn] i fas 2. Möten hålls."),
        ("LARS EK ringer. Vi frågar Lars EK på IDC", "[namn] ringer. Vi frågar [namn] på IDC"),
        ("Skriv till sara(at)exempel.se", "Skriv till [namn]"),
        ("Eller eva.ek [at] exempel (punkt) se.", "Eller [namn]."),
        ("Björk, berg och lind används i Sverige.\nSamla branschen. Möten hålls.",) * 2,
        (
            "Lindqvist tar emot. Näringsgren räknas: Karlssons lista. Bergskog finns.\nSjögren",
            "[namn] tar emot. Näringsgren räknas: [namn] lista. Bergskog finns.\n[namn]",
        ),
        ("I Skaraborg möts vi:\n- Utbildning\n- Praktik på IDC",) * 2,
    ],
)
def test_what_looks_like_somebody_is_taken_and_words_are_left_whole(text: str, left: str) -> None:
    names = rules.suspects({"purpose": text})
    assert naming.without(text, names) == left


def test_an_actor_is_known_in_other_letters_and_within_parentheses() -> None:
    actors = [
        {"name": "Exempelcentrum (EXC)", "other_names": "Träbolaget, (Möbla)"},
        {"name": "EXEMPLA", "other_names": None},
    ]
    words = {"EXC", "Exempla", "TRÄBOLAGET", "Möbla", "Exc", "Exempelcentrum"}
    told = {"EXC", "Exempla", "TRÄBOLAGET", "Möbla"}
    assert rules.same_names(actors, words) == told


def test_an_actor_is_known_without_its_capital_where_a_text_writes_it_so() -> None:
    text = "Volvo bjuder in: hos volvo, i volvos lokal och på exc. Volvobilar och excel finns."
    names = rules.in_small_letters({"Volvo", "EXC", "Skaraborg", "Tibro kommun", "Ek"}, [text])
    assert names - {"Volvo", "EXC", "Skaraborg", "Tibro kommun", "Ek"} == {"volvo", "exc"}
    left = "[namn] bjuder in: hos [namn], i [namn] lokal och på [namn]. Volvobilar och excel finns."
    assert naming.without(text, names) == left
    assert rules.in_small_letters({"Vux"}, ["Vuxna i vuxenutbildning"]) == {"Vux"}
    text = "Hos ung och vux möts unga, ungdomar, vuxna och vuxenutbildning."
    names = rules.in_small_letters({"Ung", "Vux"}, [text])
    left = "Hos [namn] och [namn] möts unga, ungdomar, vuxna och vuxenutbildning."
    assert naming.without(text, names) == left


def test_a_company_and_a_municipality_are_known_by_the_word_that_begins_their_names() -> None:
    names = rules.in_short({"Exempla Möbler AB", "Tibro kommun", "Svenska Trä AB", "Nya Gruppen"})
    names = rules.in_small_letters(names, ["Hos exempla ses vi."])
    text = "Exempla leder. Hos exempla ses vi. Tibro är med. Svenska möbler, nya grepp."
    left = "[namn] leder. Hos [namn] ses vi. [namn] är med. Svenska möbler, nya grepp."
    assert naming.without(text, names) == left
    names = rules.in_short({"Vara kommun", "Den Goda Maten AB", "Nya Möbler AB"})
    text = "Den som är ny ska vara med: nya grepp i Vara."
    names = rules.in_small_letters(names, [text])
    assert naming.without(text, names) == "Den som är ny ska vara med: nya grepp i [namn]."


def test_a_posts_title_is_known_in_any_letters_and_with_its_endings() -> None:
    text = "Utvecklaren möter utvecklarna, och Utvecklares vänner."
    assert naming.without(text, {"utvecklar*"}) == "[namn] möter [namn], och [namn] vänner."


async def test_the_workings_come_along_and_nobody_of_it(councils: Signed) -> None:
    council = await council_in(councils, name="Exempelrådet", purpose="Exempelrådet samlar oss")
    await meeting_in(councils, council)
    for role in ("chair", "member", "member"):
        await councils.made("/seats", a_seat(council, role=role))
    charter = {"council_id": council["id"], "valid_from": day(-9), "purpose": "Samla branschen"}
    await councils.made("/charters", charter | {"tasks": "Följa behoven"})
    standing = {"council_id": council["id"], "title": "Burna frågor", "valid_from": day(-9)}
    item = await councils.made("/standing-items", standing | {"takes_carried_issues": True})
    url = f"/councils/{council['id']}/copy"
    told = (await councils.get(url)).json()
    assert {one["field"]: one["names"] for one in told["texts"]} == {
        "purpose": ["Exempelrådet"], "charter.purpose": [], "charter.tasks": [],
        f"standing_item.{item['id']}": [],
    }  # fmt: skip
    seats = [{"role": "chair", "seats": 1}, {"role": "member", "seats": 2}]
    assert told["planned_seats"] == seats
    assert (told["left"]["meetings"], told["left"]["seats"]) == (1, 3)
    said = {"name": "Träbyggrådet", "kind": "industry_council", "industry": "Trä"}
    said |= {"leader_actor_ids": [somebody()]}
    assert blamed(await councils.post(url, said)) == (422, "texts", "names_somebody")
    purpose = {"field": "purpose", "text": "Också Exempelrådets"}
    named = await councils.post(url, said | {"texts": [purpose]})
    assert blamed(named) == (422, "texts.0.text", "names_somebody")
    unknown = await councils.post(url, said | {"texts": [purpose | {"field": "luck"}]})
    assert blamed(unknown)[1:] == ("texts.0.field", "unknown_text")
    title = {"field": f"standing_item.{item['id']}", "text": "Burna\nfrågor"}
    lines = await councils.post(url, said | {"texts": [purpose | {"confirmed": True}, title]})
    assert blamed(lines) == (422, "texts.1.text", "line_break")
    texts = [{"field": "purpose", "text": "Samla"}, {"field": "charter.tasks", "text": None}]
    made = await councils.made(url, said | {"texts": texts})
    assert (made["phase"], made["purpose"], made["industry"]) == ("proposed", "Samla", "Trä")
    assert (made["seat_count"], made["predecessor_id"]) == (0, None)
    (charter,) = (await councils.get(f"/councils/{made['id']}/charters")).json()["items"]
    assert (charter["purpose"], charter["tasks"]) == ("Samla branschen", None)
    assert charter["planned_seats"] == seats
    (copied,) = (await councils.get(f"/councils/{made['id']}/standing-items")).json()["items"]
    assert (copied["title"], copied["takes_carried_issues"]) == ("Burna frågor", True)
    assert not (await councils.get(f"/councils/{made['id']}/meetings")).json()["items"]
    whole = {"field": "purpose", "text": purpose["text"], "confirmed": True}
    kept = await councils.made(url, said | {"texts": [whole], "name": "Exempelrådet 2"})
    assert kept["purpose"] == purpose["text"], "confirmed"


async def test_a_copy_is_for_an_industry_or_one_organisation(councils: Signed) -> None:
    council, actor = await council_in(councils), somebody()
    url, said = f"/councils/{council['id']}/copy", {"name": "Rådet 2", "kind": "working_group"}
    for more, wrong in (
        ({}, ("industry", "one_of_two")),
        ({"industry": "Trä"}, ("leader_actor_ids", "missing")),
        ({"industry": "Trä", "actor_id": actor}, ("industry", "one_of_two")),
        ({"actor_id": actor, "kind": "temporary_council"}, ("ends_on", "missing")),
    ):
        assert blamed(await councils.post(url, said | more)) == (422, *wrong), more
    made = await councils.made(url, said | {"actor_id": actor})
    assert (made["industry"], made["convened_by_actor_id"]) == (None, actor)
    assert made["leader_actor_ids"] == [actor]
    assert not (await councils.get(f"/councils/{made['id']}/charters")).json()["items"]
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).get(url)).status_code == 403
        assert (await councils.by(caller).post(url, said)).status_code == 403
    assert (await councils.get(f"/councils/{somebody()}/copy")).status_code == 404
    assert (await councils.post(f"/councils/{somebody()}/copy", said)).status_code in (404, 422)
