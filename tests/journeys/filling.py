"""What the pilot does not have, and every page of the house needs something of to show."""

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from selectolax.lexbor import LexborHTMLParser

from tests.analysis.importing import csv_bytes
from tests.journeys.running import House
from tests.journeys.telling import TODAY, get, post

ADS = ("municipality_code", "ssyk4", "ads_2024")


async def filled(demo: House) -> None:
    """The pilot with a little of everything."""
    for told in (
        _with_the_rest,
        _with_a_source,
        _with_a_model,
        _with_a_map,
        _with_what_initiatives_tell,
        _with_a_meeting,
        _with_an_approved_interview,
        _with_a_selection,
        _with_projects,
        _with_an_event,
    ):
        await told(demo)


async def _with_the_rest(demo: House) -> None:
    """What the pilot does not have: those that left, an action not done, a council's sexes."""
    async with demo.api(demo.key()) as api:
        actor = await post(api, "/actors", {"name": "Exempelföretag 99", "kind": "company"})
        here = {"level": "operative", "status": "active", "valid_from": "2024-01-01"}
        await post(api, f"/actors/{actor['id']}/place", here | {"actor_id": actor["id"]})
        left = {"withdrawn_on": "2025-01-01", "reason": "Exempel"}
        await post(api, f"/actors/{actor['id']}/withdraw", left)
        (profile,) = (await get(api, "/competence-profiles"))["items"]
        await post(api, f"/competence-profiles/{profile['id']}/next", {})
        title = await post(api, "/posts", {"actor_id": actor["id"], "title": "Platschef"})
        person = await post(api, "/people", {"name": "Exempelperson 99"})
        held = {"valid_from": "2024-01-01", "valid_to": "2025-01-01"}
        await post(api, "/holdings", held | {"post_id": title["id"], "person_id": person["id"]})
        council = (await get(api, "/councils?open=true"))["items"][0]
        late = {"council_id": council["id"], "text": "Ring runt", "due_on": "2025-01-01"}
        await post(api, "/action-items", late)
        sexes = {"council_id": council["id"], "reported_on": "2025-01-01", "women": 4, "men": 5}
        await post(api, "/sex-reports", sexes)
        judged = {"council_id": council["id"], "judged_on": "2025-01-01", "acting_mark": 3}
        await post(api, "/quality-circles", judged)
        (forum,) = (await get(api, "/councils?q=Kompetensforum"))["items"]
        (decided,) = (await get(api, f"/decisions?council_id={forum['id']}"))["items"]
        asks = {"decision_id": decided["id"], "title": "Behoven först", "text": "Börja där"}
        asked = (await get(api, "/councils?open=true&level=operative"))["items"][0]
        asks |= {"horizon": "short", "answer_by": "2025-01-01", "council_ids": [asked["id"]]}
        await post(api, "/directions", asks)
        points = [{"key": "one", "text": "Någon svarar för det"}]
        await post(api, "/checklist-templates", {"name": "Utkast", "items": points})
        standing = {"council_id": council["id"], "title": "Burna frågor"}
        standing |= {"takes_carried_issues": True, "valid_from": "2025-01-01"}
        await post(api, "/standing-items", standing)
        meeting = (await get(api, "/meetings?status=held"))["items"][0]
        plan = {"meeting_id": meeting["id"], "aim": "Enas om nästa steg"}
        plan |= {"parts": [{"length_minutes": 20, "what": "Runda", "how": "Alla en gång"}]}
        plan |= {"voices": [{"side": "employers", "present": 4, "spoke": 0}]}
        await post(api, "/session-plans", plan)
        method = (await get(api, "/methods"))["items"][0]
        await post(api, "/method-uses", {"method_id": method["id"], "used_on": "2025-01-01"})
        running = (await get(api, "/initiatives?status=running"))["items"][0]
        step = {"initiative_id": running["id"], "title": "Ring skolan", "due_on": "2025-01-01"}
        await post(api, "/steps", step)
        schools = (await get(api, "/actors?educates=true&municipality_code=1472"))["items"]
        assert len(schools) > 1, "who have the same mission"
        for one in schools:
            given = {"actor_id": actor["id"], "other_actor_id": one["id"], "kind": "commissions"}
            given |= {"forms": ["validation"], "valid_from": "2025-01-01"}
            await post(api, "/relations", given)


async def _with_a_model(demo: House) -> None:
    """A version of the model that may still be changed."""
    part = {"level": "operative", "function": "Branschråd", "filled_by": "industry_council"}
    parts = [part | {"says": "Samlar en bransch"}]
    async with demo.api(demo.key()) as api:
        await post(api, "/model-definitions", {"valid_from": TODAY.isoformat(), "parts": parts})


async def _with_a_source(demo: House) -> None:
    """A register that has told nothing yet, and one that has said two things."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "annonser.csv"
        for ads in (5, 8):
            path.write_bytes(csv_bytes(ADS, [("1472", "7522", ads), ("1473", "7522", 3)]))
            demo.operate("snapshot", "import", str(path))
    async with demo.api(demo.key()) as api:
        told = {"key": "exempelregister", "name": "Exempelregister", "kind": "csv"}
        whose = {"publisher": "Exempelmyndighet", "area_level": "county"}
        await post(api, "/sources", told | whose)


async def _with_a_map(demo: House) -> None:
    """A dialogue map of two editions, needs that are alike, and what a school says."""
    async with demo.api(demo.key()) as api:
        asked = [{"key": key, "area": "matching", "text": f"Fråga {key}?"} for key in "xy"]
        own = await post(api, "/dialogue-maps", {"name": "Exempelkarta", "questions": asked})
        for deed in ("publish", "edition"):
            await post(api, f"/dialogue-maps/{own['id']}/{deed}", {})
        lacking = {"areas": ["matching"], "horizon": "long", "occupation_code": "7522"}
        lacking |= {"gap_between": ["working_life", "education"]}
        for one in "xy":
            await post(api, "/needs", lacking | {"statement": f"Exempelbehov {one}"})
        (held,) = (await get(api, "/interviews"))["items"]
        told = {name: held[name] for name in ("dialogue_map_id", "actor_id", "consent_scope")}
        told |= {"held_on": "2025-01-01", "consent": True, "consent_on": "2025-01-01"}
        await post(api, "/interviews", told | {"side": "education"})


async def _with_what_initiatives_tell(demo: House) -> None:
    """Money and people of one, and a training whose procurement has not begun."""
    async with demo.api(demo.key()) as api:
        running = (await get(api, "/initiatives?status=running"))["items"][0]
        of = {"initiative_id": running["id"]}
        line = {"label": "Lärare", "kind": "education", "plan": "1000", "actual": "1200.50"}
        await post(api, "/budget-lines", of | line | {"cause": "En dag till"})
        counted = {"counted_on": "2025-01-01", "seats": 20, "filled": 16, "source": "Listan"}
        await post(api, "/headcounts", of | counted)
        training = {"title": "Exempelutbildning", "kind": "commissioned_training"}
        training |= {"horizon": "short", "lead_actor_id": running["lead_actor_id"]}
        await post(api, "/initiatives", training)


async def _with_an_approved_interview(demo: House) -> None:
    """What its respondent has agreed to, so that it may be corrected."""
    async with demo.api(demo.key()) as api:
        talk = (await get(api, "/interviews"))["items"][0]
        told = {name: talk[name] for name in ("dialogue_map_id", "actor_id", "held_on")}
        told |= {"consent": True, "consent_on": talk["held_on"], "consent_scope": "Exempel"}
        made = await post(api, "/interviews", told)
        said = {"answers": [{"question_key": "introduction", "gap": "Exempel ”citat”"}]}
        saved = await api.put(f"/api/v1/interviews/{made['id']}/answers", json=said)
        assert saved.is_success, saved.text
        for verb in ("send", "approve"):
            await post(api, f"/interviews/{made['id']}/{verb}", {})


async def _with_a_meeting(demo: House) -> None:
    """One to come, so that people may be called, a series, and a look at a decision."""
    async with demo.api(demo.key()) as api:
        (asked,) = (await get(api, "/councils?q=M%C3%B6belbranschr%C3%A5det&open=true"))["items"]
        days = {"asked_on": TODAY.isoformat(), "closes_on": TODAY.isoformat()}
        await post(api, "/pulses", days | {"council_id": asked["id"]})
        council = (await get(api, "/councils?open=true"))["items"][0]
        told = {"council_id": council["id"], "title": "Möte att kalla till"}
        begins = {"starts_at": f"{TODAY.year + 1}-12-01T09:00:00Z"}
        meeting = await post(api, "/meetings", told | begins)
        guest = (await get(api, "/actors?limit=1"))["items"][0]
        asked = {"meeting_id": meeting["id"], "actor_id": guest["id"]}
        await post(api, "/attendances", asked)
        await post(api, "/agenda-items", {"meeting_id": meeting["id"], "title": "Exempelpunkt"})
        decided = (await get(api, "/decisions?superseded=false"))["items"][0]
        found = {"decision_id": decided["id"], "reviewed_on": TODAY.isoformat()}
        await post(api, "/decision-reviews", found | {"finding": "Exempel"})
        series = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
        begins = {"begins_on": f"{TODAY.year + 1}-01-05", "count": 3}
        await post(api, "/meeting-series", series | begins)


async def _with_a_selection(demo: House) -> None:
    """One of a closed council of which nothing is said, and one of an open council's workshop."""
    async with demo.api(demo.key()) as api:
        (chooser,) = (await get(api, "/councils?kind=steering_group"))["items"]
        chosen = {"title": "Tomt urval", "question": "Vilken bransch?"}
        chosen["candidates"] = [{"key": key, "name": f"Exempelbransch {key}"} for key in "xy"]
        chosen["criteria"] = [{"key": "k", "name": "Vilja"}]
        await post(api, "/selections", chosen | {"council_id": chooser["id"]})
        (forum,) = (await get(api, "/councils?q=Kompetensforum"))["items"]
        chosen |= {"title": "Workshop", "council_id": forum["id"]}
        open_ = await post(api, "/selections", chosen)
        said = {"selection_id": open_["id"], "candidate": "x", "quarter": "strength"}
        await post(api, "/swot-entries", said | {"group_name": "Styrgruppen", "text": "Vana"})


async def _with_projects(demo: House) -> None:
    """One that is planned only, and one under way with all that is open in it."""
    async with demo.api(demo.key()) as api:
        owner = (await get(api, "/actors?limit=1"))["items"][0]
        told = {"purpose": "Exempel", "owner_actor_id": owner["id"]}
        await post(api, "/projects", told | {"name": "Exempelprojekt som planeras"})
        going = await post(api, "/projects", told | {"name": "Exempelprojekt i gång"})
        await post(api, f"/projects/{going['id']}/start", {"started_on": "2025-01-01"})
        its, late = {"project_id": going["id"]}, {"due_on": "2025-02-01"}
        said = {"aim": "Bygga en enkel modell", "decided_on": "2025-01-01"}
        await post(api, "/project-assignments", its | said)
        said = {"aim": "Bygga en hållbar modell", "change_reason": "Ett omtag"}
        await post(api, "/project-assignments", its | said)
        await post(api, "/project-activities", its | late | {"title": "Intervjua"})
        await post(api, "/project-activities", its | {"title": "Vem svarar?", "kind": "evaluation"})
        cost = {"label": "Resor", "plan": "100.50", "actual": "0"}
        await post(api, "/project-budget-lines", its | cost)
        turned = {"what": "Omtag", "cause": "Exempel", "to_on": "2025-03-01", "restart": True}
        await post(api, "/project-deviations", its | late | turned)
        await post(
            api, "/project-lessons", its | {"kind": "lesson", "text": "Exempel: det tar tid"}
        )
        await post(api, "/project-continuations", its | {"what": "Modellen"})


async def _with_an_event(demo: House) -> None:
    """One that is open, with a session, somebody who comes, and a question that is shown."""
    async with demo.api(demo.key()) as api:
        told = {"title": "Exempelkonferens", "starts_at": f"{TODAY.year + 1}-12-01T09:00:00Z"}
        event = await post(api, "/events", told | {"place": "Exempelgatan 1", "places": 40})
        await post(api, "/events", {"title": "Exempelkonferens som planeras"})
        its = {"event_id": event["id"], "title": "Exempelpass", "speakers": ["Exempelperson 99"]}
        session = await post(api, "/event-sessions", its)
        await post(api, f"/events/{event['id']}/open", {})
        who = {"name": "Exempelperson 99", "email": "e99@exempel.se", "consent": True}
        await post(api, f"/events/{event['id']}/sign-ups", who)
    async with httpx.AsyncClient(base_url=demo.address, trust_env=False, timeout=30) as floor:
        path = f"/konferens/{event['address']}/pass/{session['id']}"
        tree = LexborHTMLParser((await floor.get(path)).text)
        form = "main form:has(textarea) input[type=hidden]"
        fields = [one.attributes for one in tree.css(form)]
        hidden = {str(one["name"]): one.get("value") or "" for one in fields}
        asked = await floor.post(path, data=hidden | {"text": "Exempelfråga?"})
        assert asked.status_code == 303
    async with demo.api(demo.key()) as api:
        (question,) = (await get(api, f"/event-sessions/{session['id']}/questions"))["items"]
        await post(api, f"/event-questions/{question['id']}/moderate", {"state": "shown"})
