"""The taxi story: from an acute shortage to a temporary council, and to its end with a result.

The report tells what happened, but no day, number or participant. All of these things have such, so
each is an example, and its source says what of it the report tells.
"""

from demo.association import MUNICIPALITIES
from demo.teller import Teller, report
from services.councils.contract.meeting import MeetingDraft

TOLD = report("Samverkansmodellen")
ASSUMED = "Rapporten anger varken datum, antal eller deltagare; de är exempel."


async def tell(teller: Teller) -> None:
    """Signal, council, measure, outcome, closing."""
    made = await teller.do(
        "/councils/fast-track", "taxi", name="Taxibranschrådet (tillfälligt)", industry="Taxi",
        purpose="Flera aktörer finner en snabb lösning på bristen på taxichaufförer.",
        convened_on="2020-02-10", ends_on="2020-08-31",
        convened_by_actor_id=teller.id("forbundet"),
        leader_actor_ids=teller.all("arbetsformedlingen"),
        invited_actor_ids=teller.all("taxiforetag", "forbundet"),
        process_leader_post_id=teller.id("processledare"),
        source=f"{TOLD}. {ASSUMED}", example=True,
        municipality_codes=[code for code, _ in MUNICIPALITIES],  # the report: "inom Skaraborg"
        readiness_exception="Exempel: bristen var akut, och ingen var bedömd ännu.",
        signal={
            "occupation_code": "8321", "occupation_name": "Taxiförare", "headcount": 10,
            "needed_by": "2020-06-30", "signalled_on": "2020-02-03",
            "source": f"{TOLD}. Antal och datum är exempel.",
        },
        meeting={
            "title": "Första mötet", "starts_at": "2020-02-12T09:00:00+01:00", "place": "Skövde",
            "source": f"{TOLD}. Mötet är ett exempel.",
        },
    )  # fmt: skip
    council, need = made["council_id"], made["need_id"]
    meeting = made["meeting_id"]
    called = await teller.get(f"/meetings/{meeting}")
    kept = {field: called[field] for field in (*MeetingDraft.model_fields, "version")}
    await teller.put(f"/meetings/{meeting}", kept | {"status": "held"})
    await teller.invent(
        "decisions", "taxibeslutet", council_id=council, meeting_id=meeting,
        decided_on="2020-02-12", need_ids=[need], agenda_item_id=made["agenda_item_ids"][-1],
        text="En uppdragsutbildning upphandlas av Arbetsförmedlingen, som också rekryterar.",
        source=f"{TOLD}. Mötet och dagen är exempel.",
    )  # fmt: skip
    await teller.invent(
        "initiatives", "taxiutbildningen", title="Uppdragsutbildning för taxiförare",
        kind="commissioned_training", need_ids=[need], council_id=council, horizon="short",
        lead_actor_id=teller.id("arbetsformedlingen"), decision_id=teller.id("taxibeslutet"),
        owner_post_id=teller.id("af-chef"), starts_on="2020-03-16", ends_on="2020-06-15",
        partners=[{"actor_id": teller.id("taxiforetag"), "part": "Anställer"}],
        description="Arbetsförmedlingen upphandlade utbildningen och rekryterade in tillgänglig "
        "arbetskraft.",
        source=f"{TOLD}. {ASSUMED}",
    )  # fmt: skip
    address = f"/initiatives/{teller.id('taxiutbildningen')}"
    await teller.do(f"{address}/decide", "decide-taxi", decided_on="2020-02-12")
    await teller.do(f"{address}/start", "start-taxi", started_on="2020-03-16")
    await teller.invent(
        "headcounts", "taxikursen", initiative_id=teller.id("taxiutbildningen"),
        counted_on="2020-03-16", seats=10, filled=10, source=f"{TOLD}. {ASSUMED}",
    )  # fmt: skip
    await teller.invent(
        "outcomes", "taxiresultatet", initiative_id=teller.id("taxiutbildningen"),
        need_ids=[need], happened_on="2020-06-15", horizon="short",
        change="Situationen löstes och personalbehovet blev tillgodosett.",
        evidence="Projektets slutrapport. Rapporten anger inget antal anställda.",
        source=f"{TOLD}. Dagen är ett exempel.",
    )  # fmt: skip
    await teller.do(f"{address}/finish", "finish-taxi", closed_on="2020-06-15")
    await teller.do(
        f"/needs/{need}/meet", "meet-taxi", met_on="2020-06-15",
        evidence="Slutrapporten: uppdragsutbildningen löste situationen och personalbehovet blev "
        "tillgodosett. Dagen är antagen.",
    )  # fmt: skip
    await teller.do(
        f"/councils/{council}/close", "close-taxi", closed_on="2020-06-30", reason="goal_met",
        source=f"{TOLD}. Dagen är ett exempel.", example=True,
        result="Inom kort fanns en uppdragsutbildning på plats. Personalbehovet blev tillgodosett.",
        lessons="Ett råd kan vara tillfälligt: flera aktörer, ett mål, en snabb insats, ett slut.",
    )  # fmt: skip
