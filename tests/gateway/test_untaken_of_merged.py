"""What an actor left that is merged with another: listed as its living one stands."""

from tests.councils.builders import day
from tests.gateway.test_takeover_pages import said
from tests.gateway.whole import Whole


async def test_what_a_merged_actor_left_counts_as_its_living_one_stands(whole: Whole) -> None:
    browser = await whole.browser("process_leader")

    async def merged(number: int, *, active: bool) -> str:
        """A withdrawn actor, merged into another; both offer something."""
        old, new = await whole.actor(number), await whole.actor(number + 1)
        for actor, stands in ((old, True), (new, active)):
            url = f"/actors/{actor['id']}"
            body = {"actor_id": actor["id"], "level": "operative", "status": "active"}
            if stands:
                await whole.actors.made(f"{url}/place", body | {"valid_from": "2020-01-01"})
            offered = {"provider_actor_id": actor["id"], "form": "other"}
            name = f"Kurs {actor['name'].rpartition(' ')[2]}"
            await whole.actors.made("/programmes", offered | {"name": name})
        why = {"reason": "Nytt uppdrag", "withdrawn_on": day(0)}
        left = await whole.actors.post(f"/actors/{old['id']}/withdraw", why)
        assert left.status_code == 200, left.text
        done = await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
        assert done.status_code == 200, done.text
        return str(new["id"])

    ids = [await merged(1, active=True), await merged(3, active=False)]
    page = said(await browser.get("/overtaganden"))
    shown = [said(await browser.get(f"/aktorer/{one}/lamnat")) for one in ids]
    listed = [[n for n in range(1, 5) if f"Kurs {n}" in text] for text in (page, *shown)]
    assert listed == [[3, 4], [], [3, 4]], "the list says what the actors' own pages say"
