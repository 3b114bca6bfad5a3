"""Names on pages of what was known at a moment: what others were called then."""

from services.kit import clock
from tests.actors.test_joining import a_joining
from tests.actors.test_takeover import taken_by
from tests.councils.builders import a_council, council_in, day
from tests.councils.work import a_need
from tests.gateway.whole import Whole

NEW = "nytt namn"


async def test_pages_of_a_moment_call_councils_posts_and_actors_what_they_were_called_then(
    whole: Whole,
) -> None:
    made = whole.actors.made
    actor, other = await whole.actor(1), await whole.actor(2)
    post = await whole.post(other, "Samordnare")
    council = await council_in(whole.councils)
    need = await whole.councils.made("/needs", a_need())
    joining = await made("/joinings", a_joining(actor, post, need_id=need["id"]))
    period = {"valid_from": day(-100), "decided_on": day(-100)}
    given = {"issuer_actor_id": actor["id"], "holder_council_id": council["id"], "scope": "Leda"}
    mandate = await made("/mandates", given | period)
    issue = {"issue": "Fler platser", "carried_on": day(-5), "to_council_id": council["id"]}
    issue |= {"ambassador_post_id": post["id"]}
    await made("/carried-issues", issue)
    offered = {"provider_actor_id": actor["id"], "name": "Svets", "form": "other"}
    programme = await made("/programmes", offered)
    left = {"level": "operative", "status": "active", "valid_from": "2018-01-01"}
    await whole.actors.post(f"/actors/{actor['id']}/place", {"actor_id": actor["id"]} | left)
    gone = {"withdrawn_on": day(-1), "reason": "Exempel"}
    answer = await whole.actors.post(f"/actors/{actor['id']}/withdraw", gone)
    assert answer.status_code == 200
    took = {"noun": "programme", "thing_id": programme["id"], "what": "Svets"}
    await made("/takeovers", taken_by(post, left_actor_id=actor["id"], **took))
    known = clock.now().isoformat().replace("+00:00", "Z")
    for path, body in (
        (f"/actors/{actor['id']}", {"name": f"Exempelkommun {NEW}", "kind": "municipality"}),
        (f"/posts/{post['id']}", {"actor_id": other["id"], "title": f"Samordnare {NEW}"}),
    ):
        version = (await whole.actors.get(path)).json()["version"]
        assert (await whole.actors.put(path, body, version=version)).status_code == 200
    renamed = a_council(name=f"Exempelrådet {NEW}")
    path = f"/councils/{council['id']}"
    assert (await whole.councils.put(path, renamed, version=1)).status_code == 200
    browser = await whole.browser("process_leader")
    for page in (
        "/pakopplingar", f"/pakopplingar/{joining['id']}", f"/aktorer/{actor['id']}/lamnat",
        f"/befattningar/{post['id']}/overlamning", "/mandat", f"/mandat/{mandate['id']}",
        f"/aktorer/{actor['id']}", f"/aktorer/{actor['id']}/historik",
    ):  # fmt: skip
        where = "tbody" if page in {"/pakopplingar", "/mandat"} else "main"
        assert NEW in (await browser.get(page)).text(where), page
        assert NEW not in (await browser.get(f"{page}?known_at={known}")).text(where), page
