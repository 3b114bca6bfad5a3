"""Many actors, people, posts, programmes and intakes in one call."""

from typing import Any
from uuid import uuid4

import pytest

from tests.callers import ASSOCIATION, MEMBER, Signed, municipality

NUMBERS = ("202100-2114", "212000-0142", "556036-0793")


async def bulk(service: Signed, path: str, rows: Any, **more: Any) -> Any:
    """Rows as a JSON array, or as CSV where they are text."""
    kind = {"content-type": "text/csv"} if isinstance(rows, str) else {}
    sent = {"content": rows, "headers": kind} if isinstance(rows, str) else {"json": rows}
    return await service.send("POST", path, **sent, **more)


def told(answer: Any) -> list[tuple[str, str]]:
    """Each wrong field with its code, in their order."""
    assert answer.status_code == 422, answer.text
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


async def test_actors_with_their_numbers_checked_row_by_row(actors: Signed) -> None:
    await actors.made("/actors", {"name": "Finns", "kind": "company", "org_number": NUMBERS[0]})
    table = "name,kind,org_number,sni_codes\n" + "".join(
        f"Exempelföretag {n},company,{number},01|02\n"
        for n, number in enumerate([NUMBERS[0], "2120000142", NUMBERS[1], "810101-1234", ""])
    )
    assert told(await bulk(actors, "/actors/bulk", table)) == [
        ("rows.0.org_number", "taken"),
        ("rows.2.org_number", "taken"),
        ("rows.3.org_number", "not_an_org_number"),
    ]
    right = "".join(line for n, line in enumerate(table.splitlines(True)) if n not in {1, 3, 4})
    made = await bulk(actors, "/actors/bulk", right)
    assert made.status_code == 201, made.text
    one = (await actors.get(f"/actors/{made.json()['ids'][0]}")).json()
    assert (one["org_number"], one["sni_codes"]) == (NUMBERS[1], ["01", "02"])


async def test_a_chain_of_nouns(actors: Signed) -> None:
    made = await bulk(
        actors, "/actors/bulk", [{"name": "Exempelskolan", "kind": "education_provider"}]
    )
    actor = made.json()["ids"][0]
    people = (
        await bulk(actors, "/people/bulk", "name,email\nExempelperson 1,e1@exempel.se\n")
    ).json()["ids"]
    posts = (await bulk(actors, "/posts/bulk", [{"actor_id": actor, "title": "Rektor"}])).json()[
        "ids"
    ]
    held = {"post_id": posts[0], "person_id": people[0], "valid_from": "2026-01-01"}
    again = held | {"valid_from": "2026-06-01"}
    assert told(await bulk(actors, "/holdings/bulk", [held, again])) == [
        ("rows.1.valid_from", "overlap")
    ]
    assert (await bulk(actors, "/holdings/bulk", [held])).status_code == 201
    assert told(await bulk(actors, "/holdings/bulk", [again])) == [("rows.0.valid_from", "overlap")]
    cover = again | {"cover": "substitute"}
    assert told(await bulk(actors, "/holdings/bulk", [cover])) == [("rows.0.person_id", "same")]
    early = {"cover": "substitute", "valid_from": "2025-01-01", "valid_to": "2025-02-01"}
    late = held | {"valid_from": "2025-01-31", "valid_to": "2025-03-01"}
    both = await bulk(actors, "/holdings/bulk", [held | early, late])
    assert told(both) == [("rows.1.person_id", "same")]
    late["valid_from"] = "2025-02-01"
    assert (await bulk(actors, "/holdings/bulk", [held | early, late])).status_code == 201
    programme = {"provider_actor_id": actor, "name": "Undersköterska", "form": "higher_vocational"}
    lost = programme | {"provider_actor_id": str(uuid4())}
    assert told(await bulk(actors, "/programmes/bulk", [programme, lost])) == [
        ("rows.1.provider_actor_id", "unknown_reference")
    ]
    programmes = (await bulk(actors, "/programmes/bulk", [programme])).json()["ids"]
    table = f"programme_id,starts_on,seats\n{programmes[0]},2026-08-17,\n{programmes[0]},x,-1\n"
    assert told(await bulk(actors, "/intakes/bulk", table)) == [
        ("rows.1.starts_on", "date_parsing"),
        ("rows.1.seats", "greater_than_equal"),
    ]
    right = await bulk(actors, "/intakes/bulk", table.rsplit("\n", 2)[0])
    intake = (await actors.get(f"/intakes/{right.json()['ids'][0]}")).json()
    assert intake["seats"] is None, "an unknown number stays unknown"


async def test_who_may(actors: Signed) -> None:
    person = [{"name": "Exempelperson 1"}]
    assert (await bulk(actors.by(MEMBER), "/actors/bulk", person)).status_code == 403
    assert (await bulk(actors.by(municipality("1472")), "/people/bulk", person)).status_code == 403
    assert (await bulk(actors.by(ASSOCIATION), "/people/bulk", person)).status_code == 201


@pytest.mark.parametrize("path", ["/people/bulk", "/holdings/bulk", "/actors/bulk"])
async def test_many_at_once_is_no_id(actors: Signed, path: str) -> None:
    """Whatever else is sent there is told that rows are posted."""
    answer = await actors.send("OPTIONS", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
