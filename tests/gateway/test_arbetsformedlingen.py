"""Arbetsförmedlingen withdraws and comes back, on the days that the project's report tells of.

Everything of every service that names the actor or a post of its is read independently of the
pages: each is listed as left, or stands in KEPT with why it is nobody's task. A noun or a field
that comes later fails here until one or the other is done.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from services.actors.app import COLLECTIONS as ACTORS
from services.actors.contract.relation import RelationDraft
from services.actors.contract.takeover import LeftNoun
from services.analysis.app import COLLECTIONS as ANALYSIS
from services.councils.app import COLLECTIONS as COUNCILS
from services.kit import clock
from tests.actors.test_joining import a_joining
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.analysis.test_challenge import a_challenge
from tests.analysis.test_scanning import a_signal, a_trend
from tests.callers import somebody
from tests.councils.builders import a_decision, a_seat, at, council_in, day, meeting_in
from tests.councils.test_project import project_in
from tests.councils.work import a_need, an_initiative, new_interview
from tests.gateway.signing_in import Browser, user
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.test_takeover_pages import SEE_OTHER, form_for, said
from tests.gateway.whole import Fact, Whole

WATCHED = ("Ny fabrik", "Fler fabriker", "Vem gör vad?")
LED, WITHDREW, RETURNED = "2018-01-01", "2019-01-30", "2020-10-01"
Key = tuple[str, str]
# What names the actor or its posts and is nobody's to take over.
KEPT = {
    "actor.id": "the actor itself",
    "standing.actor_id": "its own history",
    "post.actor_id": "its posts stay, with their holders",
    "post.id": "and so does each of them",
    "holding.post_id": "who holds them",
    "contact.actor_id": "who talked then",
    "contact.our_actor_id": "who talked then",
    "contact.our_post_id": "who talked then",
    "readiness.actor_id": "how it was assessed",
    "readiness.assessed_by_post_id": "who assessed it",
    "gain.actor_id": "what it gains itself",
    "carried_issue.to_actor_id": "where it was carried",
    "priority.actor_id": "what was decided about it",
    "priority.decided_by_post_id": "who decided",
    "takeover.left_actor_id": "who left what somebody has taken over",
    "takeover.left_post_id": "who left what somebody has taken over",
}


class World:
    """The house as it was before: the actor with all that it carried, and another that stays."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.actor: Fact = {}
        self.post: Fact = {}
        self.over: set[str] = set()  # what had ended by itself

    async def tell(self) -> None:
        """What the actor led, sat in, owned, had promised and been given; and what had ended."""
        made = self.whole.actors.made
        authority = {"name": "Arbetsförmedlingen", "kind": "authority"}
        self.actor = await made("/actors", authority)
        at = {"actor_id": self.actor["id"]}
        place = at | {"valid_from": LED, "level": "operative", "status": "active"}
        await self.whole.actors.post(f"/actors/{self.actor['id']}/place", place)
        self.post = await self.whole.post(self.actor, "Sektionschef", **LEADER)
        await self.whole.holding(self.post, await self.whole.person(1), LED)
        await self._registry(at, await self.whole.actor(2))
        await self._work(at)

    async def _registry(self, at: Fact, other: Fact) -> None:
        made, mine = self.whole.actors.made, {"owner_post_id": self.post["id"]}
        sides = at | {"other_actor_id": other["id"], "valid_from": LED}
        for kind, state in (("collaborates_with", "trusting"), ("commissions", "rebuild")):
            await made("/relations", sides | {"kind": kind, "state": state})
        given = {"issuer_actor_id": other["id"], "valid_from": LED, "scope": "Leda branschråd"}
        theirs = await self.whole.post(other, "Kommunchef")
        for mandate in (
            given | {"holder_actor_id": self.actor["id"]},
            given | {"holder_post_id": self.post["id"]},
            given | {"issuer_actor_id": self.actor["id"], "holder_actor_id": other["id"]},
            given | {"holder_post_id": theirs["id"], "ambassador_post_ids": [self.post["id"]]},
        ):
            await made("/mandates", mandate)
        ended = given | {"holder_actor_id": self.actor["id"], "valid_to": "2018-12-31"}
        self.over.add((await made("/mandates", ended))["id"])
        pledge = {"what": "Exempel: lokal", "due_on": day(9)}
        await made("/pledges", at | pledge)
        await made("/joinings", a_joining(other, self.post))
        await made("/leader-assignments", an_assignment(self.post))
        led = an_assignment(self.post, industry="Taxi", valid_from=LED, valid_to="2018-12-31")
        self.over.add((await made("/leader-assignments", led))["id"])
        await made("/pledges", {"actor_id": other["id"]} | pledge | mine)
        came = await made("/pledges", at | pledge | {"delivered_on": "2018-12-01"})
        self.over.add(came["id"])
        talk = {"held_on": "2018-11-01", "channel": "phone", "actor_id": other["id"], "said": "Ja",
                "our_actor_id": self.actor["id"], "our_post_id": self.post["id"]}  # fmt: skip
        await made("/contacts", talk | {"next_step": "Ring igen"} | mine)
        done = await made("/contacts", talk | {"next_step": "X", "done_on": "2018-12-01"} | mine)
        self.over.add(done["id"])
        programme = {"provider_actor_id": self.actor["id"], "name": "Träteknik"}
        await made("/programmes", programme | {"form": "labour_market"})
        issue = {"ambassador_post_id": self.post["id"], "issue": "Exempel: platser",
                 "to_body": "Kommunchefsgruppen", "carried_on": "2018-11-01"}  # fmt: skip
        await made("/carried-issues", issue)
        answered = issue | {"reply": "Ja", "replied_on": "2018-12-01"}
        self.over.add((await made("/carried-issues", answered))["id"])
        await made("/gains", at | {"statement": "Exempel: rätt kompetens", "stated_on": LED})
        await made("/role-trials", at | {"role": "Sammankallande"})
        need = {
            "noun": "need",
            "thing_id": somebody(),
            "what": "Exempel",
            "taken_on": "2018-12-01",
        }
        await made("/takeovers", need | mine)

    async def _work(self, it: Fact) -> None:
        made, owner = self.whole.councils.made, {"owner_post_id": self.post["id"]}
        other = str((await self.whole.actor(3))["id"])
        led = await council_in(self.whole.councils, leader_actor_ids=[self.actor["id"]])
        called = await council_in(
            self.whole.councils, name="Kallat råd", starts_on="2018-01-01",
            leader_actor_ids=[other], convened_by_actor_id=self.actor["id"],
        )  # fmt: skip
        await council_in(
            self.whole.councils, name="Processlett råd", leader_actor_ids=[other],
            process_leader_post_id=self.post["id"],
        )  # fmt: skip
        shut = await council_in(self.whole.councils, leader_actor_ids=[self.actor["id"]])
        closing = {"closed_on": day(0), "reason": "lost_convenor"}
        await made(f"/councils/{shut['id']}/close", closing)
        self.over.add(shut["id"])
        await made("/seats", a_seat(led, **it, post_id=self.post["id"], role="chair"))
        await made("/seats", a_seat(called, **it, valid_from="2018-07-01", role="member"))
        gone = a_seat(called, **it, valid_from="2018-02-01", valid_to="2018-06-01")
        self.over.add((await made("/seats", gone))["id"])
        meeting = await meeting_in(self.whole.councils, led)
        for when in ({"review_on": day(9)}, {"review_on": day(-3), "due_on": day(-2)}, {}):
            await made("/decisions", a_decision(meeting, **when, **owner))
        replaced = await made("/decisions", a_decision(meeting, **owner))
        self.over.add(replaced["id"])
        await made("/decisions", a_decision(meeting, supersedes_id=replaced["id"]))
        await new_interview(self.whole.councils, interviewer_post_id=self.post["id"])
        coming = await meeting_in(self.whole.councils, led, starts_at=at(9), status="planned")
        for one in (coming, meeting):
            plan = {"meeting_id": one["id"], "facilitator_post_id": self.post["id"], "aim": "X"}
            made_plan = await made("/session-plans", plan)
        self.over.add(made_plan["id"])
        item = {"council_id": led["id"], "text": "Ring skolan"} | owner
        await made("/action-items", item)
        self.over.add((await made("/action-items", item | {"done_on": day(0)}))["id"])
        await made("/needs", a_need(**owner))
        mine = {"lead_actor_id": self.actor["id"]} | owner
        initiative = await made("/initiatives", an_initiative(title="Marknadsföring", **mine))
        partner = {"partners": [{"actor_id": self.actor["id"], "part": "Rekryterar"}]}
        await made("/initiatives", an_initiative(title="Tillsammans", **partner))
        await made("/steps", {"initiative_id": initiative["id"], "title": "Boka lokal"} | owner)
        project = await project_in(self.whole.councils, leader_post_id=self.post["id"])
        its = {"project_id": project["id"], "title": "Skriv planen", "kind": "activity"}
        await made("/project-activities", its | owner)
        lost = {"project_id": project["id"], "what": "Omtag", "cause": "Byten", "effect": "Ett år"}
        lost |= {"from_on": day(-90), "action": "Börja om"}
        await made("/project-deviations", lost | owner)
        goes_on = {"project_id": project["id"], "what": "Modellen"}
        await made("/project-continuations", goes_on | {"carrier_post_id": self.post["id"]})
        await self._watched(owner)

    async def _watched(self, owner: Fact) -> None:
        analysis = analysis_of(self.whole)
        for path, one in (("signals", a_signal(**owner)), ("trends", a_trend(**owner))):
            await analysis.made(f"/{path}", one | {"expires_on": day(-1)})
            over = await analysis.made(f"/{path}", one)
            told = {"ended_on": day(0), "ended_reason": "Det blev inget"}
            assert (await analysis.post(f"/{path}/{over['id']}/end", told)).status_code == 200
            self.over.add(over["id"])
        await analysis.made("/challenges", a_challenge(**owner))
        met = await analysis.made("/challenges", a_challenge(**owner, met_on=day(0)))
        self.over.add(met["id"])

    async def relations(self) -> list[Fact]:
        """The actor's relations now."""
        answer = await self.whole.actors.get(f"/actors/{self.actor['id']}/relations")
        found: list[Fact] = answer.json()["items"]
        return found

    async def named(self) -> dict[Key, set[str]]:
        """Everything that names the actor or its post, and by which fields."""
        wanted = {self.actor["id"], self.post["id"]}
        found: dict[Key, set[str]] = {}
        for service, collections in (
            (self.whole.actors, ACTORS), (self.whole.councils, COUNCILS),
            (analysis_of(self.whole), ANALYSIS),
        ):  # fmt: skip
            for things in collections:
                answer = await service.get(f"{things.path}?limit=200")
                assert answer.status_code == 200, things.path
                assert answer.json()["next"] is None
                for one in answer.json()["items"]:
                    fields = {path for path, value in values_in(one) if value in wanted}
                    if fields:
                        found[things.noun, one["id"]] = {f"{things.noun}.{at}" for at in fields}
        return found

    async def owned(self) -> set[Key]:
        """What of it is somebody's to take over."""
        named = await self.named()
        return {
            key for key, fields in named.items() if fields - set(KEPT) and key[1] not in self.over
        }


def values_in(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in some JSON, with the names that lead to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from values_in(one, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for one in value:
            yield from values_in(one, path)
    else:
        yield path, value


def offered(page: Any) -> set[Key]:
    """The things that a page lets somebody be given."""
    found = set()
    for link in page.all("main a"):
        address = urlsplit(link.attributes["href"] or "")
        if address.path == "/overtaganden/nytt":
            query = parse_qs(address.query)
            found.add((query["noun"][0], query["thing_id"][0]))
    return found


async def taker(whole: Whole) -> tuple[Fact, Browser]:
    """The association's process leader, who takes over."""
    post = await whole.post(await whole.actor(7), "Processledare")
    person = await whole.person(8)
    await whole.holding(post, person, LED)
    mail = "processledare@exempel.se"
    await user(whole.app, "process_leader", email=mail, person_id=person["id"])
    browser = Browser(whole.app)
    assert (await browser.sign_in(mail)).status == SEE_OTHER
    return post, browser


async def out(world: World, browser: Browser, left: set[Key]) -> Any:
    """It withdraws: shown before it is done, and then as tasks."""
    path = f"/aktorer/{world.actor['id']}"
    look = await browser.submit(f"{path}/lamna", withdrawn_on=WITHDREW, reason="Ändrat uppdrag")
    assert look.h1 == "Det här lämnas utan ägare"
    assert (await browser.send(f"{path}/lamna", **look.fields())).status == SEE_OTHER
    page = await browser.get(f"{path}/lamnat")
    assert offered(page) == left, "nothing ownerless unlisted, and nothing else listed"
    assert f"0 av {len(left)} omhändertagna" in said(page)
    assert {one["state"] for one in await world.relations()} == {"rebuild"}
    return page


async def taken(world: World, browser: Browser, page: Any, left: set[Key]) -> set[Key]:
    """What has an owner of its own moves; the rest is somebody's until it is done."""
    path = f"/aktorer/{world.actor['id']}/lamnat"
    for what in ("Möbelbranschen", "Ring skolan", "Boka lokal", "Ring igen", "Träteknik", *WATCHED):
        done = await browser.send("/overtaganden/nytt", **form_for(page, what))
        assert done.answer.headers["location"] == path, what
        page = await browser.get(path)
    moved = left - await world.owned()
    watched = {"signal", "trend", "challenge"}
    assert {noun for noun, _ in moved} == watched | {"action_item", "contact", "need", "step"}
    assert f"7 av {len(left)} omhändertagna" in said(page)
    assert "1 har någon som tar hand om det" in said(page)
    programme = {key for key in left if key[0] == "programme"}
    assert offered(page) == left - moved - programme
    assert "Träteknik" in (await browser.get("/")).text("[aria-labelledby=waiting-heading]")
    return moved


async def back(world: World, browser: Browser, left: set[Key], moved: set[Key]) -> None:
    """What nobody took is its own again, what others took is theirs, and relations are mended."""
    path = f"/aktorer/{world.actor['id']}"
    assert (await browser.submit(f"{path}/atervand", returned_on=RETURNED)).status == SEE_OTHER
    page = await browser.get(f"{path}/lamnat")
    assert "är med igen sedan" in said(page)
    settled = page.text("[aria-labelledby=settled-heading]")
    assert settled.count("Processledare") == len(moved)
    assert offered(page) == {key for key in left if key[0] == "relation"}
    assert left - await world.owned() == moved, "whole again, but for what others have taken"
    for one in await world.relations():
        mended = {name: one[name] for name in RelationDraft.model_fields} | {"state": "working"}
        tag, url = {"if-match": f'"v{one["version"]}"'}, f"/relations/{one['id']}"
        sent = await world.whole.actors.send("PUT", url, json=mended, headers=tag)
        assert sent.status_code == 200
    assert offered(await browser.get(f"{path}/lamnat")) == set()


async def looked_back(world: World, browser: Browser, before: str) -> None:
    """As it was on a day, and as it was known."""
    url, path = f"/actors/{world.actor['id']}", f"/aktorer/{world.actor['id']}"
    for on, status, word in (
        ("2017-12-31", None, "Arbetsförmedlingen"), ("2018-06-01", "active", "Aktiv"),
        (WITHDREW, "withdrawn", "Utträdd"), ("2020-09-30", "withdrawn", "Utträdd"),
        (RETURNED, "active", "Aktiv"),
    ):  # fmt: skip
        found = (await world.whole.actors.get(f"{url}?as_of={on}")).json()
        assert found["status"] == status, on
        assert word in (await browser.get(f"{path}?as_of={on}")).text("main"), on
        post = (await world.whole.actors.get(f"/posts/{world.post['id']}?as_of={on}")).json()
        assert post["vacant"] == (on < LED), "posts and their holders stayed all the time"
    known = await world.whole.actors.get(f"{url}?as_of=2019-06-01&known_at={before}")
    assert known.json()["status"] == "active", "nobody had written the withdrawal down"
    assert "Ändrat uppdrag" in (await browser.get(f"{path}/historik")).text("main")


async def test_the_withdrawal_and_return_leave_nothing_ownerless_unlisted(whole: Whole) -> None:
    world = World(whole)
    await world.tell()
    own, browser = await taker(whole)
    left = await world.owned()
    assert {noun for noun, _ in left} == set(LeftNoun) - {"post"}, "a post is left by its holder"
    before = clock.now().isoformat().replace("+00:00", "Z")
    page = await out(world, browser, left)
    moved = await taken(world, browser, page, left)
    await back(world, browser, left, moved)
    await looked_back(world, browser, before)
    found = (await whole.actors.get("/takeovers?open=false&count=true")).json()
    assert found["count"] == len(moved)
    assert {one["owner_post_id"] for one in found["items"]} == {own["id"]}
