"""The pilot: steering group, the furniture council, its three needs and what was done."""

from typing import Any

from demo import interviews, readiness
from demo.teller import Teller, report

NEEDS_TOLD = report("GAP-analys/behovsanalys")
STARTED = report(
    "Arbetsförmedlingens förändrade roll och uppdrag",
    "Myndighetssamverkan och modellens arbetssätt på operativ nivå",
)
LEADERS = ("arbetsformedlingen", "tibro", "teknikcollege")


async def tell(teller: Teller) -> None:
    """In the order it happened."""
    await _steering_group(teller)
    await _forum(teller)
    await _council(teller)
    await interviews.tell(teller)
    await _needs(teller)
    await _initiatives(teller)


async def _steering_group(teller: Teller) -> None:
    told = report("Projektuppdraget")
    await teller.invent(
        "councils", "styrgruppen", name="Projektets styrgrupp", kind="steering_group",
        level="strategic", leader_actor_ids=teller.all("forbundet"), phase="active",
        purpose="Leder projektet Samverkansmodell för kompetensförsörjning i Skaraborg.",
        source=f"{told}. Vem som leder styrgruppen, dess nivå och fas är antagna.",
    )  # fmt: skip
    sits = report("Arbetsförmedlingens förändrade roll och uppdrag")
    for actor, source in (("arbetsformedlingen", f"{sits}. Dagen är antagen."), ("tibro", None)):
        await teller.invent(
            "seats", f"styrgruppen-{actor}", council_id=teller.id("styrgruppen"),
            actor_id=teller.id(actor), valid_from="2019-09-23", source=source,
            readiness_exception="Exempel: projektet började innan någon aktör var bedömd.",
        )  # fmt: skip
    # The day is told, and so the decision's; the hour of the meeting is not.
    await teller.invent(
        "meetings", "uppdragsmotet", council_id=teller.id("styrgruppen"), status="held",
        title="Styrgruppsmöte 23 september 2019", starts_at="2019-09-23T09:00:00+02:00",
        source=f"{told}. Klockslaget är antaget.",
    )  # fmt: skip
    await teller.invent(
        "agenda-items", "uppdragspunkten", meeting_id=teller.id("uppdragsmotet"), kind="decision",
        title="Projektets uppdrag", source=f"{told}. Dagordningen är antagen.",
    )  # fmt: skip
    await teller.make(
        "decisions", "uppdraget", council_id=teller.id("styrgruppen"),
        meeting_id=teller.id("uppdragsmotet"), decided_on="2019-09-23",
        agenda_item_id=teller.id("uppdragspunkten"),
        text="Projektets huvudsakliga uppdrag är att ta fram en samverkansmodell för långsiktig "
        "efterfrågestyrd kompetensförsörjning. Fokus avgränsas till resursbaserna.",
        source=told,
    )  # fmt: skip


async def _forum(teller: Teller) -> None:
    """A forum that could not take the strategic level: its level, and who leads it, is ours."""
    told = report("Analys och strategiskt uppdrag", "Helhetsuppdraget och den strategiska nivån")
    await teller.invent(
        "councils", "forumet", name="Kompetensforum", kind="strategic_forum", level="strategic",
        leader_actor_ids=teller.all("kompetensforum"), phase="active",
        purpose="Information, nätverkande och tankesmedja kring kompetensförsörjning.",
        source=f"{told}. Typen, nivån, fasen och vem som leder är antagna: forumet kunde inte ta "
        "den strategiska nivån, men rapporten föreslår det.",
    )  # fmt: skip
    await teller.invent(
        "meetings", "forummotet", council_id=teller.id("forumet"), status="held",
        title="Kompetensforum 2020", starts_at="2020-06-10T13:00:00+02:00",
    )  # fmt: skip
    await teller.invent(
        "agenda-items", "forumpunkten", meeting_id=teller.id("forummotet"), kind="decision",
        title="En årlig kompetensanalys", source=f"{told}. Dagordningen är antagen.",
    )  # fmt: skip
    # That the forum took the initiative is told, and the year; where and on which day is not.
    await teller.invent(
        "decisions", "kompetensanalysen", council_id=teller.id("forumet"),
        meeting_id=teller.id("forummotet"), decided_on="2020-06-10",
        agenda_item_id=teller.id("forumpunkten"),
        text="Kompetensforum tar initiativ till en årlig kompetensanalys. Kommunalförbundet är "
        "utförare.",
        source=f"{told}. Rapporten anger år 2020; mötet och dagen är antagna.",
    )  # fmt: skip


# The report gives the year it came out, no day; and names no council that rests on it.
INQUIRY = {
    "title": "Gymnasieutredning (Lars Stjernkvist, 2020)",
    "says": "Pekar på vikten av regionala branschråd, och att utbildningar synkas med "
    f"arbetsgivares behov. Källa: {report('Processledning')}.",
}


async def _council(teller: Teller) -> None:
    """The council that closed when its convenor left, and the one founded anew."""
    withdrew = report("Arbetsförmedlingens förändrade roll och uppdrag", "Processledning")
    # That councils were closed is told; that this industry had one, and which days, is not.
    await teller.invent(
        "councils", "gamla-radet", name="Möbelbranschrådet (tidigare)", kind="industry_council",
        level="operative", industry="Möbel och inredning", phase="active",
        leader_actor_ids=teller.all("arbetsformedlingen"), starts_on="2018-01-01",
        convened_by_actor_id=teller.id("arbetsformedlingen"),
        source=f"{withdrew}. Att möbelbranschen hade ett råd, rådets nivå och dagarna är antagna.",
    )  # fmt: skip
    await teller.do(
        f"/councils/{teller.id('gamla-radet')}/close", "close-gamla", closed_on="2019-01-30",
        reason="lost_convenor", source=f"{withdrew}. Dagen är antagen.", example=True,
        result="Rådet lades ned i samband med Arbetsförmedlingens reträtt. Flera branschråd har "
        "lagts ned eller fungerar inte längre tillfredsställande.",
        lessons="Facilitering med processledarfunktion är avgörande för att ett råd ska leva.",
    )  # fmt: skip
    # The report names the employment service and "two further actors", and no day.
    begun = (
        f"{STARTED}. Vilka de två ytterligare aktörerna är, vem som är processledare, att ett "
        "tidigare råd fanns, att rådet vilar på utredningen, dagarna och fasen är antagna."
    )
    await teller.invent(
        "councils", "mobelradet", name="Möbelbranschrådet", kind="industry_council",
        level="operative", industry="Möbel och inredning", phase="forming",
        purpose="Tre aktörer startar och driver rådet tillsammans, med koppling till den "
        "trätekniska vuxenutbildningen.",
        leader_actor_ids=teller.all(*LEADERS), predecessor_id=teller.id("gamla-radet"),
        process_leader_post_id=teller.id("processledare"), starts_on="2020-10-01",
        source=begun, policy_sources=[INQUIRY],
    )  # fmt: skip
    await teller.do(
        f"/councils/{teller.id('mobelradet')}/move", "move-mobel", phase="active",
        on="2020-11-01", reason="Arbetet är i gång.", example=True, source=begun,
    )  # fmt: skip
    seats = (
        ("arbetsformedlingen", "af-chef", "member"),
        ("tibro", "rektor", "member"),
        ("teknikcollege", None, "chair"),
        ("idc", None, "member"),
        ("mobelforetag1", "foretagsledare", "member"),
        ("mobelforetag2", None, "member"),
    )
    for actor, post, role in seats:
        await teller.invent(
            "seats", f"mobel-{actor}", council_id=teller.id("mobelradet"),
            actor_id=teller.id(actor), post_id=teller.id(post) if post else None, role=role,
            valid_from="2020-11-01",
            readiness_exception=readiness.why_seated(actor),
        )  # fmt: skip


async def _needs(teller: Teller) -> None:
    """Three needs that the furniture companies named; no numbers are given, so none stand here.

    Their words are told. What else a need must say or hangs on is ours, so each is an example.
    """
    needs: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "utbildning",
            {
                "statement": "En för branschen väl anpassad produktionsinriktad utbildning på "
                "gymnasienivå.",
                "areas": ["education"],
                "horizon": "long",
                "occupation_code": "7522",
            },
        ),
        (
            "matchning",
            {
                "statement": "Stärkt samarbete med Arbetsförmedlingen kring personalrekrytering: "
                "nystartsjobb, praktikplatser och språkutbildning.",
                "areas": ["matching"],
                "horizon": "short",
            },
        ),
        (
            "attraktivitet",
            {
                "statement": "Statushöjande insatser som stärker branschens attraktivitet.",
                "areas": ["reception"],
                "horizon": "long",
            },
        ),
    )
    for name, fields in needs:
        await teller.invent(
            "needs", name, council_id=teller.id("mobelradet"), reported_by="1472",
            answer_ids=[teller.id(f"svar-{name}")], municipality_codes=["1472"],
            owner_post_id=teller.id("processledare"),
            identified_on=interviews.INTERVIEWED_ON, **fields,
            source=f"{NEEDS_TOLD}. Dag, område, horisont, yrke, kommun, rapporterande kommun, "
            "intervjusvar, råd och ansvarig är antagna.",
        )  # fmt: skip


async def _initiatives(teller: Teller) -> None:
    await teller.invent(
        "meetings", "mobelmotet", council_id=teller.id("mobelradet"), status="held",
        title="Möbelbranschrådets första möte", starts_at="2020-11-12T13:00:00+01:00",
        place="Tibro",
    )  # fmt: skip
    for position, name in enumerate(("utbildning", "matchning", "attraktivitet"), 1):
        await teller.invent(
            "agenda-items", f"punkt-{name}", meeting_id=teller.id("mobelmotet"),
            title=f"Behovet av {name}", kind="decision", position=position,
            need_ids=teller.all(name),
        )  # fmt: skip
    await teller.invent(
        "decisions", "mobelbeslutet", council_id=teller.id("mobelradet"),
        meeting_id=teller.id("mobelmotet"), decided_on="2020-11-12",
        agenda_item_id=teller.id("punkt-utbildning"),
        text="Rådet arbetar vidare med utbildningen, en checklista för en attraktiv utbildning och "
        "marknadsföring. Exempel: rapporten återger inget protokoll.",
        need_ids=teller.all("utbildning", "attraktivitet"), review_on="2021-06-01",
        owner_post_id=teller.id("processledare"),
        basis=[{"kind": "document", "label": "Behovsanalysen av möbel- och inredningsbranschen"}],
    )  # fmt: skip
    initiatives: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "start-radet",
            {
                "title": "Starta ett möbelbranschråd",
                "kind": "council_start",
                "need_ids": teller.all("utbildning", "matchning", "attraktivitet"),
                "lead_actor_id": teller.id("arbetsformedlingen"),
                "partners": [
                    {"actor_id": teller.id("tibro"), "part": "Leder tillsammans", "leads": True},
                    {
                        "actor_id": teller.id("teknikcollege"),
                        "part": "Leder tillsammans",
                        "leads": True,
                    },
                ],
            },
        ),
        (
            "checklistan",
            {
                "title": "Checklista för att skapa en attraktiv utbildning",
                "kind": "checklist",
                "need_ids": teller.all("utbildning"),
                "lead_actor_id": teller.id("tibro"),
                "programme_id": teller.id("trateknik"),
            },
        ),
        (
            "marknadsforingen",
            {
                "title": "Kommunikations- och marknadsföringsinsatser",
                "kind": "marketing",
                "need_ids": teller.all("attraktivitet"),
                "lead_actor_id": teller.id("idc"),
            },
        ),
    )
    # That they were taken is told; who leads each, and since when, is not.
    told = (
        f"{STARTED}. Vem som leder, parter, ansvarig, rapporterande kommun, råd, beslut, behov, "
        "utbildning, horisont och dagar är antagna."
    )
    for name, fields in initiatives:
        await teller.invent(
            "initiatives", name, council_id=teller.id("mobelradet"), horizon="long",
            decision_id=teller.id("mobelbeslutet"), owner_post_id=teller.id("processledare"),
            reported_by="1472", source=told, **fields,
        )  # fmt: skip
        address = f"/initiatives/{teller.id(name)}"
        await teller.do(f"{address}/decide", f"decide-{name}", decided_on="2020-11-12")
        await teller.do(f"{address}/start", f"start-{name}", started_on="2020-11-12")
    for need in ("utbildning", "matchning", "attraktivitet"):
        await teller.do(f"/needs/{teller.id(need)}/start", f"start-need-{need}")
    template = await teller.do("/checklist-templates/default", "template")
    await teller.invent(
        "checklists", "ifylld", checklist_template_id=template["id"],
        programme_id=teller.id("trateknik"), initiative_id=teller.id("checklistan"),
    )  # fmt: skip
