"""Councils on pages: which policy sources they rest on."""

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
