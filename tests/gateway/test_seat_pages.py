"""Seats on pages: the reason is asked for at its field, and what was typed stands there still."""

from services.councils.app import connect
from services.kit.switchboard import remote_line
from tests.councils.builders import a_seat, council_in, day
from tests.gateway.whole import Whole
from tests.wire.test_apart import NOWHERE

SEE_OTHER = 303
SEATS, REASON = "[aria-labelledby=seats-heading]", "Exempel: ensam i branschen"


async def test_a_seat_in_an_active_council_asks_for_the_reason_at_its_field(whole: Whole) -> None:
    actor, council = await whole.actor(), await council_in(whole.councils)
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    add = f"{path}/platser"
    typed = {"actor_id": actor["id"], "role": "chair", "valid_from": day(-3)}
    refused = await browser.submit(path, at=add, **typed)
    assert (refused.status, "inte bedömda" in refused.error("readiness_exception")) == (422, True)
    kept = refused.fields(add)
    assert {name: kept[name] for name in typed} == {name: [one] for name, one in typed.items()}
    assert refused.all(f"{SEATS} details[open]")
    assert (await browser.send(add, **kept | {"readiness_exception": REASON})).status == SEE_OTHER
    assert REASON in (await browser.get(path)).text(SEATS)
    reader = await whole.browser("reader")
    assert REASON not in (await reader.get(path)).text()


async def test_a_registry_that_is_away_loses_nothing_that_was_typed(whole: Whole) -> None:
    actor, council = await whole.actor(), await council_in(whole.councils)
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    add = f"{path}/platser"
    connect(whole.app.state.embedded["councils"], actors=remote_line([NOWHERE]))
    refused = await browser.submit(path, at=add, actor_id=actor["id"], role="chair")
    assert refused.status == 422
    assert "just nu" in refused.error("readiness_exception")
    kept = refused.fields(add)
    assert (kept["actor_id"], kept["role"]) == ([actor["id"]], ["chair"])
    assert (await browser.send(add, **kept | {"readiness_exception": REASON})).status == SEE_OTHER


async def test_a_form_is_kept_while_nobody_can_say_whom_it_names(whole: Whole) -> None:
    post = await whole.post(await whole.actor())
    browser = await whole.browser("process_leader")
    connect(whole.app.state.embedded["councils"], actors=remote_line([NOWHERE]))
    new = "/behov/nytt"
    typed = {"statement": "Fler svetsare", "owner_post_id": post["id"]}
    kept = (await browser.get(new)).fields() | {"areas": ["education"], "horizon": ["short"]}
    refused = await browser.send(new, **kept | typed)
    assert refused.status == 422
    assert "Ansvarig" in refused.error("owner_post_id")
    assert "just nu" in refused.error("owner_post_id")
    assert refused.fields(new)["statement"] == ["Fler svetsare"]


async def test_the_fast_track_says_beforehand_why_nobody_is_assessed(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    form = (await browser.get("/branschrad/tillfalligt")).fields()
    assert form["readiness_exception"] == ["Akut brist: rådet sammankallas innan alla är bedömda."]


async def test_the_balance_of_a_council_is_shown_and_told(whole: Whole) -> None:
    council = await council_in(whole.councils)
    await whole.councils.made("/seats", a_seat(council, actor_id=(await whole.actor())["id"]))
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    shown = (await browser.get(path)).text("[aria-labelledby=balance-heading]")
    assert "Inte uppgivet" in shown
    assert "Offentlig sida 1" in shown
    tell = f"{path}/konsfordelning"
    refused = await browser.submit(tell, women="noll", men="5")
    assert refused.status == 422
    assert refused.error("women")
    assert refused.fields(tell)["men"] == ["5"]
    typed = refused.fields(tell) | {"women": ["9"], "reported_on": ["2025-03-01"]}
    assert (await browser.send(tell, **typed)).status == SEE_OTHER
    shown = (await browser.get(path)).text("[aria-labelledby=balance-heading]")
    assert "9 kvinnor, 5 män (självuppgivet 1 mar 2025)" in shown
    listed = (await whole.councils.get(f"/sex-reports?council_id={council['id']}")).json()
    report = listed["items"][0]
    mend = f"{tell}/{report['id']}"
    links = [link.attributes["href"] for link in (await browser.get(tell)).all("main a")]
    assert mend in links
    assert (await browser.submit(mend, women="0", men="0")).error("women")
    assert (await browser.submit(mend, women="8")).status == SEE_OTHER
    shown = (await browser.get(path)).text("[aria-labelledby=balance-heading]")
    assert "8 kvinnor, 5 män (självuppgivet 1 mar 2025)" in shown
    reader = await whole.browser("reader")
    shown = (await reader.get(path)).text("[aria-labelledby=balance-heading]")
    assert "Uppge" not in shown
    assert "Ändra" not in shown
    assert [(await reader.get(address)).status for address in (tell, mend)] == [403, 403]
    assert (await browser.submit(f"{mend}/ta-bort")).status == SEE_OTHER
    assert "Inte uppgivet" in (await browser.get(path)).text("[aria-labelledby=balance-heading]")
    assert (await browser.get(mend)).status == 404
