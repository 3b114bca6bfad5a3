"""Vacuums on pages: why an industry has no council, and what the last one learned."""

from tests.councils.builders import council_in, day
from tests.gateway.whole import Whole


async def test_an_industry_without_a_council_says_why_and_is_founded_anew(whole: Whole) -> None:
    ids = []
    for name, on in (("Exempelrådet 1", -600), ("Exempelrådet 2", -300)):
        one = await council_in(whole.councils, name=name, starts_on=day(-900))
        told = {"closed_on": day(on), "reason": "lost_convenor", "lessons": "Exempel: två bär"}
        await whole.councils.made(f"/councils/{one['id']}/close", told)
        ids.append(one["id"])
    browser = await whole.browser("process_leader")
    page = await browser.get("/branschrad")
    for said in ("Exempelrådet 2", "sammankallande försvann", "det senaste av 2 råd"):
        assert said in page.text("main .note"), said
    begun = f"/branschrad/nytt?predecessor_id={ids[1]}"
    assert begun in {one.attributes["href"] for one in page.all("main a")}
    form = await browser.get(begun)
    assert "Exempel: två bär" in form.text("main .note")
    assert form.fields()["industry"] == ["Möbel"]
    wrong = await browser.submit(begun, at="/branschrad/nytt", name="")
    assert wrong.status == 422
    assert "Exempel: två bär" in wrong.text("main .note")
    said = {"name": "Exempelrådet 3", "predecessor_id": ids[1], "phase": "proposed"}
    new = await council_in(whole.councils, **said)
    told = (await browser.get("/branschrad")).text("main .note")
    assert "Föreslaget, men inte igång: Exempelrådet 3" in told
    move = {"phase": "forming", "on": day(0), "reason": "Exempel: samlas"}
    await whole.councils.made(f"/councils/{new['id']}/move", move)
    assert "har inget råd" not in (await browser.get("/branschrad")).text("main")
    for one, other in ((ids[1], new["id"]), (new["id"], ids[1])):
        links = (await browser.get(f"/branschrad/{one}")).all("main a")
        assert f"/branschrad/{other}" in {link.attributes["href"] for link in links}
    await whole.councils.made("/councils", whole_of(new))
    lasting = (await browser.get(f"/branschrad/{new['id']}")).text("main")
    assert "Har bildats på nytt i Exempelrådet 4" in lasting


def whole_of(council: dict[str, object]) -> dict[str, object]:
    """Another council founded from one that lasts."""
    names = "kind", "level", "industry", "leader_actor_ids"
    more = {"name": "Exempelrådet 4", "predecessor_id": council["id"]}
    return {name: council[name] for name in names} | more
