"""The house's nouns told by API calls that must succeed: what both journeys begin from."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from services.kit import clock

Fact = dict[str, Any]
TODAY = clock.today()
DAY, SOON = TODAY.isoformat(), (TODAY + timedelta(days=180)).isoformat()


async def post(api: httpx.AsyncClient, address: str, body: Fact | None = None) -> Fact:
    """A POST that must succeed."""
    headers = {"Idempotency-Key": uuid4().hex}
    answer = await api.post(f"/api/v1{address}", json=body or {}, headers=headers)
    assert answer.is_success, f"{address}: {answer.status_code} {answer.text}"
    found: Fact = answer.json()
    return found


async def put(api: httpx.AsyncClient, address: str, body: Fact, version: int) -> Fact:
    """A PUT that must succeed."""
    headers = {"If-Match": f'"v{version}"'}
    answer = await api.put(f"/api/v1{address}", json=body, headers=headers)
    assert answer.is_success, f"{address}: {answer.status_code} {answer.text}"
    found: Fact = answer.json()
    return found


async def get(api: httpx.AsyncClient, address: str) -> Any:
    """A GET that must succeed."""
    answer = await api.get(f"/api/v1{address}")
    assert answer.is_success, f"{address}: {answer.status_code} {answer.text}"
    return answer.json()


async def people(api: httpx.AsyncClient) -> Fact:
    """A company, a municipality that educates, an authority, and a post that somebody holds."""
    company = await post(
        api, "/actors", {"name": "Exempelföretag 9", "kind": "company", "example": True}
    )
    tibro = await post(
        api, "/actors",
        {"name": "Tibro kommun", "kind": "municipality", "municipality_code": "1472",
         "managed_by": "1472"},
    )  # fmt: skip
    owner = await post(api, "/posts", {"actor_id": tibro["id"], "title": "Utvecklare"})
    person = await post(api, "/people", {"name": "Exempelperson 9", "example": True})
    holding = {"post_id": owner["id"], "person_id": person["id"], "valid_from": "2024-01-01"}
    await post(api, "/holdings", holding)
    programme = await post(
        api, "/programmes",
        {"provider_actor_id": tibro["id"], "name": "Träteknisk utbildning", "form": "commissioned",
         "occupation_codes": ["7522"], "municipality_code": "1472", "managed_by": "1472"},
    )  # fmt: skip
    intake = await post(
        api, "/intakes",
        {"programme_id": programme["id"], "starts_on": DAY, "ends_on": SOON,
         "seats": 20},
    )  # fmt: skip
    return {"company": company, "tibro": tibro, "owner": owner, "intake": intake}


async def council_with_meeting(
    api: httpx.AsyncClient, who: Fact, name: str = "Exempelrådet"
) -> tuple[Fact, Fact]:
    """A council and its next meeting."""
    council = await post(
        api, "/councils",
        {"name": name, "kind": "industry_council", "level": "operative",
         "industry": "Möbel", "leader_actor_ids": [who["tibro"]["id"]], "phase": "active"},
    )  # fmt: skip
    meeting = await post(
        api,
        "/meetings",
        {"council_id": council["id"], "title": "Möte", "starts_at": f"{DAY}T13:00:00+01:00"},
    )
    return council, meeting


async def need_from_interview(api: httpx.AsyncClient, who: Fact, council: Fact | None) -> Fact:
    """Interview a company, perhaps for a council, and turn its answer into a need."""
    questions = await post(api, "/dialogue-maps/default")
    interview = await post(
        api, "/interviews",
        {"dialogue_map_id": questions["id"], "actor_id": who["company"]["id"],
         "council_id": council and council["id"], "held_on": DAY, "consent": True,
         "consent_on": DAY, "consent_scope": "Behovsanalysen"},
    )  # fmt: skip
    key = next(q["key"] for q in questions["questions"] if q["area"] == "education")
    answers = {"answers": [{"question_key": key, "gap": "Ingen utbildning i närheten"}]}
    saved = await api.put(f"/api/v1/interviews/{interview['id']}/answers", json=answers)
    assert saved.is_success, saved.text
    return await post(
        api, f"/answers/{saved.json()['saved'][0]['id']}/need",
        {"horizon": "short", "occupation_code": "7522", "headcount_per_year": 12,
         "municipality_codes": ["1472"], "owner_post_id": who["owner"]["id"],
         "reported_by": "1472", "from_year": TODAY.year, "to_year": TODAY.year + 2},
    )  # fmt: skip


async def decided(api: httpx.AsyncClient, need: Fact, meeting: Fact, who: Fact) -> Fact:
    """Put it before the council's meeting, and decide."""
    item = await post(
        api, "/agenda-items",
        {"meeting_id": meeting["id"], "title": "Behovet", "kind": "decision",
         "need_ids": [need["id"]]},
    )  # fmt: skip
    return await post(
        api, "/decisions",
        {"council_id": meeting["council_id"], "meeting_id": meeting["id"],
         "agenda_item_id": item["id"], "text": "Vi startar en utbildning.",
         "decided_on": DAY, "need_ids": [need["id"]],
         "owner_post_id": who["owner"]["id"]},
    )  # fmt: skip


async def done(api: httpx.AsyncClient, need: Fact, decision: Fact, who: Fact) -> Fact:
    """Start an initiative that fills the intake, and record its outcome."""
    initiative = await post(
        api, "/initiatives",
        {"title": "Starta utbildningen", "kind": "education_start", "need_ids": [need["id"]],
         "decision_id": decision["id"], "council_id": decision["council_id"],
         "lead_actor_id": who["tibro"]["id"], "owner_post_id": who["owner"]["id"],
         "horizon": "short", "intake_id": who["intake"]["id"], "starts_on": DAY,
         "ends_on": SOON, "reported_by": "1472"},
    )  # fmt: skip
    address = f"/initiatives/{initiative['id']}"
    await post(api, f"{address}/decide", {"decided_on": DAY})
    await post(api, f"{address}/start", {"started_on": DAY})
    await post(
        api, "/outcomes",
        {"initiative_id": initiative["id"], "need_ids": [need["id"]], "happened_on": DAY,
         "change": "Tolv personer har anställts.", "evidence": "Företagens egna uppgifter",
         "persons_employed": 12, "horizon": "short"},
    )  # fmt: skip
    return await get(api, address)


async def thread_of(api: httpx.AsyncClient, need: Fact) -> Fact:
    """The need's thread."""
    found: Fact = (await get(api, f"/threads?need_id={need['id']}"))["items"][0]
    return found
