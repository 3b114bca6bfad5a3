"""The sides of a council: the registry says of what kind those are who sit in it."""

from services.actors.contract.actor import ActorKind
from services.councils.app import connect
from services.councils.balance.rules import SIDES
from services.kit.switchboard import remote_line
from tests.analysis.conftest import Three
from tests.councils.builders import a_seat, council_in, day
from tests.wire.test_apart import NOWHERE


async def test_seats_count_on_the_side_of_their_actors_kind(three: Three) -> None:
    council = await council_in(three.councils)
    kinds = ["company"] * 45 + ["municipality", "region", "university", "trade_union"]
    ids = []
    for number, kind in enumerate(kinds):
        actor = {"name": f"Exempelaktör {number}", "kind": kind}
        ids.append((await three.actors.made("/actors", actor))["id"])
        await three.councils.made("/seats", a_seat(council, actor_id=ids[-1]))
    other = await council_in(three.councils)
    await three.councils.made("/seats", a_seat(other, actor_id=ids[0]))
    ended = {"valid_from": day(-200), "valid_to": day(-100)}
    await three.councils.made("/seats", a_seat(other, actor_id=ids[2]) | ended)
    merged = await three.actors.post(f"/actors/{ids[1]}/merge", {"into_id": ids[0]})
    assert merged.status_code == 200
    await three.councils.made("/seats", a_seat(council))
    url = f"/councils/{council['id']}/balance"
    sides = (await three.councils.get(url)).json()["sides"]
    counts = {"employers": 45, "public": 2, "education": 1, "other": 1, "unknown": 1}
    assert {one["side"]: one["seats"] for one in sides} == counts
    before = (await three.councils.get(f"{url}?as_of={day(-1000)}")).json()
    assert (before["seats"], before["sides"]) == (0, [])
    await three.councils.app.state.wire.close()
    connect(three.councils.app, actors=remote_line([NOWHERE]))
    away = (await three.councils.get(url)).json()
    assert (away["seats"], away["sides"]) == (50, None)


def test_every_kind_of_actor_is_on_a_side() -> None:
    assert set(SIDES) == set(ActorKind)
