"""Councils on pages: which policy sources they rest on, and who is in one that starts now."""

import pytest

from gateway.pages import actor_choices
from tests.councils.builders import council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_council_tells_its_policy_sources_and_is_found_by_them(whole: Whole) -> None:
    """A row is added, filled, corrected and emptied without JavaScript; nothing typed is lost."""
    leader = await whole.actor()
    council = await council_in(whole.councils, leader_actor_ids=[leader["id"]])
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    row = "policy_sources.{}.{}".format
    typed = {
        row(0, "title"): "Exempelutredningen",
        row(0, "url"): "utredning",
        row(0, "published_on"): day(1),
        row(0, "says"): "Råd pekas ut som arena",
        row(1, "says"): "Utan titel",
    }
    wrong = await browser.submit(f"{path}/andra", **typed)
    assert wrong.status == 422
    for field in (row(0, "url"), row(1, "title")):
        assert wrong.error(field), wrong.errors
    assert {name: wrong.fields()[name] for name in typed} == {n: [v] for n, v in typed.items()}
    right = {row(0, "url"): "https://example.com/u", row(1, "title"): "Exempelstrategin"}
    late = await browser.send(f"{path}/andra", **wrong.fields() | right)
    assert late.error(row(0, "published_on"))
    saved = await browser.send(
        f"{path}/andra", **late.fields() | {row(0, "published_on"): "2020-06-01"}
    )
    assert saved.status == SEE_OTHER
    shown = await browser.get(path)
    told = shown.text("[aria-labelledby=policy-heading]")
    for part in ("Exempelutredningen", "1 jun 2020", "Råd pekas ut som arena", "Exempelstrategin"):
        assert part in told
    links = [
        one.attributes["href"] or "" for one in shown.all("[aria-labelledby=policy-heading] a")
    ]
    assert links[0] == "https://example.com/u"
    await council_in(whole.councils, name="Annat råd")
    found = await browser.get(links[1])
    assert [one.text(strip=True) for one in found.all("tbody th a")] == [council["name"]]
    emptied = await browser.submit(f"{path}/andra", **{row(0, n): "" for n in ("title", "url",
                                   "published_on", "says")})  # fmt: skip
    assert emptied.status == SEE_OTHER
    assert "Exempelutredningen" not in (await browser.get(path)).text()


async def test_the_fast_track_lists_each_actor_once(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a box for each that it may be; where they are many, who is sought is invited."""
    leader, guest = await whole.actor(1), await whole.actor(2)
    browser, path = await whole.browser("process_leader"), "/branschrad/tillfalligt"
    page = await browser.get(path)
    rows = [one.text(strip=True) for one in page.all("main tbody th")]
    assert rows == [leader["name"], guest["name"]]
    both = {"leader_actor_ids": leader["id"], "invited_actor_ids": guest["id"]}
    for name in both:
        values = [one.attributes["value"] for one in page.all(f'[type=checkbox][name="{name}"]')]
        assert values == [leader["id"], guest["id"]]
    none = await browser.submit(path, name="Exempelrådet")
    assert none.error("leader_actor_ids")
    kept = await browser.submit(path, **both)
    assert {name: kept.fields()[name] for name in both} == {n: ["", v] for n, v in both.items()}
    monkeypatch.setattr(actor_choices, "MOST", 1)
    sent = kept.fields() | {"sok-invited_actor_ids": "exempelkommun 1"}
    found = await browser.send(path, **sent)
    assert {*found.fields()["invited_actor_ids"]} == {"", leader["id"], guest["id"]}
    assert found.error("invited_actor_ids").startswith("En stämmer")
    names = [one.text(strip=True) for one in found.all("main tbody th")]
    assert sorted(names) == [leader["name"], guest["name"]], "what is chosen stays"
