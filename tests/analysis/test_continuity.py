"""Continuity over what the other services say: turnover by year, and what rests on one leader."""

import csv
import io
from dataclasses import replace
from typing import Any
from uuid import UUID

from openpyxl import load_workbook

from services.kit import export
from tests.analysis.conftest import Three
from tests.callers import ASSOCIATION, MEMBER, READER, municipality

Fact = dict[str, Any]
UP_TO = "as_of=2026-07-01"
EXCEPTION = {"readiness_exception": "Exempel: ensam i branschen"}


class Story:
    """Actors with a post each, who held it when, and a council where they sit."""

    def __init__(self, three: Three) -> None:
        self.three = three

    async def actor(self, name: str, **more: Any) -> Fact:
        return await self.three.actors.made("/actors", {"name": name, "kind": "company"} | more)

    async def post(self, actor: Fact, **more: Any) -> Fact:
        body = {"actor_id": actor["id"], "title": "Utvecklare"} | more
        return await self.three.actors.made("/posts", body)

    async def person(self, number: int) -> Fact:
        return await self.three.actors.made("/people", {"name": f"Exempelperson {number}"})

    async def held(
        self, post: Fact, person: Fact, begins: str, ends: str | None = None, **more: Any
    ) -> Fact:
        body = {"post_id": post["id"], "person_id": person["id"]} | more
        days = {"valid_from": begins, "valid_to": ends}
        return await self.three.actors.made("/holdings", body | days)

    async def council(self, *leaders: Fact, name: str = "Exempelrådet", **more: Any) -> Fact:
        body = {"name": name, "kind": "industry_council", "level": "operative",
                "leader_actor_ids": [one["id"] for one in leaders], "phase": "active"}  # fmt: skip
        return await self.three.councils.made("/councils", body | more)

    async def seat(
        self, council: Fact, actor: Fact, begins: str, ends: str | None = None, **more: Any
    ) -> Fact:
        body = {"council_id": council["id"], "actor_id": actor["id"], "role": "member"}
        days = {"valid_from": begins, "valid_to": ends}
        return await self.three.councils.made("/seats", body | days | EXCEPTION | more)

    async def meeting(self, council: Fact, day: str, *seats: Fact, told: bool = True) -> Fact:
        body = {"council_id": council["id"], "title": f"Möte {day}", "status": "held",
                "starts_at": f"{day}T09:00:00+02:00"}  # fmt: skip
        made = await self.three.councils.made("/meetings", body)
        for seat in seats:
            came = {"meeting_id": made["id"], "seat_id": seat["id"]}
            came |= {"attended": True} if told else {}
            await self.three.councils.made("/attendances", came)
        return made

    async def contact(self, ours: Fact, our_post: Fact | None, other: Fact, day: str) -> None:
        body = {"held_on": day, "channel": "phone", "said": "Exempel", "actor_id": other["id"],
                "our_actor_id": ours["id"], "our_post_id": our_post and our_post["id"]}  # fmt: skip
        await self.three.actors.made("/contacts", body)


def rows(found: Fact) -> dict[tuple[str, int], tuple[int, int, str | None]]:
    """What began, what ended, and the rate, by name and year."""
    return {
        (one["name"], one["year"]): (one["began"], one["ended"], one["rate"])
        for one in found["items"]
    }


async def changing_hands(three: Three) -> dict[str, Any]:
    """A post that went A → B → A, one that came by a merge, and a council where both sit."""
    story = Story(three)
    one = await story.actor("Exempelföretag 1", municipality_code="1472")
    other = await story.actor("Exempelföretag 2")
    bare = await story.actor("Exempelföretag 3")
    old = await story.actor("Exempelföretag 4")
    first, second, third = [await story.person(number) for number in (1, 2, 3)]
    key = await story.post(one, is_key=True)
    await story.held(key, first, "2024-01-01", "2025-03-01")
    await story.held(key, second, "2025-03-01", "2025-09-01")
    await story.held(key, first, "2025-09-01", "2027-01-01")
    await story.held(key, third, "2025-01-01", cover="substitute")
    # Its second post came with an actor that was merged into it; a wrong end is corrected away.
    merged = await story.post(old)
    wrong = await story.held(merged, second, "2025-01-01", "2025-05-01")
    told = {"post_id": merged["id"], "person_id": second["id"], "valid_from": "2025-01-01"}
    await three.actors.put(f"/holdings/{wrong['id']}", told, version=wrong["version"])
    await three.actors.post(f"/actors/{old['id']}/merge", {"into_id": one["id"]})
    council = await story.council(one, starts_on="2025-01-01")
    await story.seat(council, one, "2025-01-01", post_id=key["id"])
    await story.seat(council, other, "2025-01-01", "2025-07-01")
    await story.seat(council, bare, "2025-01-01", "2025-02-01", role="substitute")
    people = {one["id"] for one in (first, second, third)}
    return {"old": old, "bare": bare, "key": key, "council": council, "people": people}


async def test_turnover_of_an_actor_and_of_the_council_where_it_sits(three: Three) -> None:
    at = await changing_hands(three)
    found = (await three.analysis.get(f"/continuity?{UP_TO}&count=true&sort=name")).json()
    # Two posts all through 2025, so a mean of 2: A left and B left one of them.
    assert rows(found) == {
        ("Exempelföretag 1", 2026): (0, 0, "0.0000"),
        ("Exempelföretag 1", 2025): (3, 2, "1.0000"),
        ("Exempelföretag 1", 2024): (1, 0, "0.0000"),
        ("Exempelrådet", 2026): (0, 0, "0.0000"),
        # 365 days by the post's holders and 181 by company 2: 3 ends × 365 ÷ 546. The same person
        # begins twice there, and company 2 once more.
        ("Exempelrådet", 2025): (4, 3, "2.0055"),
    }
    assert found["count"] == 5
    of_key = next(one for one in found["items"] if (one["year"], one["noun"]) == (2025, "actor"))
    assert (of_key["key_ended"], of_key["key_held_mean"], of_key["key_rate"]) == (
        2, "1.00", "2.0000",
    )  # fmt: skip
    assert (of_key["held_mean"], of_key["complete"]) == ("2.00", True)
    assert [(one["noun"], one["year"], one["ended"]) for one in found["years"]] == [
        ("actor", 2024, 0), ("actor", 2025, 2), ("actor", 2026, 0),
        ("council", 2025, 3), ("council", 2026, 0),
    ]  # fmt: skip

    async def asked(query: str, caller: Any = None) -> Fact:
        by = three.analysis.by(caller) if caller else three.analysis
        found: Fact = (await by.get(f"/continuity?{UP_TO}&{query}")).json()
        return found

    by_old = await asked(f"actor_id={at['old']['id']}&year=2025")
    assert rows(by_old) == {("Exempelföretag 1", 2025): (3, 2, "1.0000")}
    assert (await asked(f"actor_id={at['bare']['id']}"))["items"] == [], "no posts, no rate"
    here = await asked("municipality_code=1472&year=2026&noun=council")
    assert list(rows(here)) == [("Exempelrådet", 2026)]
    assert (await asked("municipality_code=1495"))["items"] == []
    page = await asked("sort=-rate&limit=1")
    assert [one["rate"] for one in page["items"]] == ["2.0055"]
    assert page["next"]
    # No person stands there, and a member knows of its own councils only.
    everything = (await three.analysis.get("/continuity")).text
    assert not at["people"] & set(everything.split('"'))
    assert "Exempelperson" not in everything
    assert {one["noun"] for one in (await asked("", MEMBER))["items"]} == {"actor"}
    assert {one["noun"] for one in (await asked("", MEMBER))["years"]} == {"actor"}
    seated = replace(MEMBER, post_ids=(UUID(at["key"]["id"]),))
    assert len((await asked("", seated))["items"]) == 5
    assert len((await asked("", READER))["items"]) == 5
    # The file is all that was asked for.
    accept = {"accept": "text/csv"}
    file = await three.analysis.get(f"/continuity?{UP_TO}&sort=-rate&limit=1", headers=accept)
    assert 'filename="continuity.csv"' in file.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [line["rate"] for line in lines] == ["2.0055", "1.0", "0.0", "0.0", "0.0"]
    accept = {"accept": export.EXCEL}
    book = load_workbook(
        io.BytesIO((await three.analysis.get("/continuity", headers=accept)).content)
    )
    names, *lines_in_excel = book.active.values
    kinds = {type(line[names.index("rate")]) for line in lines_in_excel}
    assert kinds <= {int, float}, "numbers to count with"
    to_come = await three.analysis.get("/continuity?as_of=2199-01-01")
    assert (to_come.status_code, to_come.json()["errors"][0]["code"]) == (400, "in_the_future")
    # Closing ends the seats, and nobody's time there.
    closing = {"closed_on": "2026-06-30", "reason": "goal_met"}
    await three.councils.made(f"/councils/{at['council']['id']}/close", closing)
    assert rows(await asked("noun=council&year=2026")) == {("Exempelrådet", 2026): (0, 0, "0.0000")}


async def test_the_index_of_a_council_and_what_stops_without_its_leader(three: Three) -> None:
    story = Story(three)
    home = await story.actor("Exempelförbundet")
    leader = await story.post(home, function="process_leader")
    a, b, c, outside = [await story.actor(f"Exempelföretag {number}") for number in range(1, 5)]
    council = await story.council(home, process_leader_post_id=leader["id"])
    lonely = await story.council(home, name="Exempelrådet utan ledare")
    since = "2025-01-01"
    seats = [
        await story.seat(council, home, since, role="process_leader"),
        *[await story.seat(council, one, since) for one in (a, b, c)],
    ]
    # L met A, B and C at one meeting; A and B had a contact of their own.
    await story.meeting(council, "2026-03-01", *seats)
    await story.contact(a, None, b, "2026-04-01")

    async def read(query: str = "", caller: Any = None) -> dict[str, Fact]:
        by = three.analysis.by(caller) if caller else three.analysis
        found = (await by.get(f"/continuity/councils?{UP_TO}&{query}")).json()
        return {one["name"]: one for one in found["items"]}

    one = (await read("ties=true"))["Exempelrådet"]
    # Six ties: AB holds without L, so AB, LA and LB do not rest on L; AC, BC and LC do.
    assert (one["tie_count"], one["resting_count"], one["index"]) == (6, 3, "0.5000")
    # Ways between others: AB is straight, AC and BC go through L.
    assert (one["betweenness"], one["undecided"]) == ("0.6667", None)
    assert (one["from_on"], one["to_on"]) == ("2025-07-02", "2026-07-01")
    assert (one["meeting_count"], one["leader_meeting_count"]) == (1, 1)
    assert [party["name"] for party in one["cut_off_parties"]] == ["Exempelföretag 3"]
    assert {
        (tie["one"]["name"], tie["other"]["name"], tie["rests_on_leader"]) for tie in one["ties"]
    } == {
        ("Utvecklare", "Exempelföretag 1", False), ("Utvecklare", "Exempelföretag 2", False),
        ("Utvecklare", "Exempelföretag 3", True), ("Exempelföretag 1", "Exempelföretag 2", False),
        ("Exempelföretag 1", "Exempelföretag 3", True),
        ("Exempelföretag 2", "Exempelföretag 3", True),
    }  # fmt: skip
    between = next(tie for tie in one["ties"] if tie["contacts"])
    assert (between["meetings"], between["last_on"]) == (1, "2026-04-01")
    nobody = (await read())["Exempelrådet utan ledare"]
    assert (nobody["index"], nobody["undecided"]) == (None, "no_leader")
    # An initiative of B and C that is L's own to drive, and one without a day: neither holds alone.
    shared = {"title": "Kurs", "kind": "education_start", "horizon": "short", "need_ids": [],
              "council_id": council["id"], "lead_actor_id": b["id"],
              "partners": [{"actor_id": c["id"], "part": "Lokal"}]}  # fmt: skip
    ours = await three.councils.made("/initiatives", shared | {"owner_post_id": leader["id"]})
    theirs = await three.councils.made("/initiatives", shared)
    for initiative in (ours, theirs):
        await three.councils.made(
            f"/initiatives/{initiative['id']}/decide", {"decided_on": "2026-05-01"}
        )
    one = (await read("ties=true"))["Exempelrådet"]
    assert (one["index"], one["resting_count"]) == ("0.1667", 1)  # only AC, of six
    pair = next(tie for tie in one["ties"] if tie["initiatives"] == 2)
    assert {pair["one"]["name"], pair["other"]["name"]} == {"Exempelföretag 2", "Exempelföretag 3"}
    # As it was before them; and a year before anybody met, nothing can be decided.
    then = (await three.analysis.get("/continuity/councils?as_of=2026-04-30")).json()["items"]
    assert [one["index"] for one in then] == ["0.5000", None]
    early = (await three.analysis.get("/continuity/councils?as_of=2025-06-01")).json()["items"]
    assert {one["undecided"] for one in early} == {"too_few_ties", "no_leader"}
    # Contacts with others are no ties of the council; a meeting where nobody has said is unknown.
    await story.contact(home, leader, outside, "2026-05-01")
    await story.meeting(council, "2026-06-01", *seats, told=False)
    await story.meeting(lonely, "2026-06-01")
    one = (await read())["Exempelrådet"]
    assert (one["tie_count"], one["meeting_count"], one["unknown_meeting_count"]) == (6, 1, 1)
    # The figure is for whoever sees the council; the ties for whoever reads contacts.
    for caller in (READER, municipality("1472")):
        seen = (await read("ties=true", caller))["Exempelrådet"]
        assert (seen["index"], seen["ties"], seen["cut_off_parties"]) == ("0.1667", None, None)
    assert (await read("ties=true", ASSOCIATION))["Exempelrådet"]["ties"]
    assert await read("", MEMBER) == {}
    assert list(await read(f"council_id={lonely['id']}")) == ["Exempelrådet utan ledare"]
