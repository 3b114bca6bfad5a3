"""Who: the actors the report names, their levels over time, their posts and the programmes."""

from demo.teller import Teller, report

# The report gives no first day for most actors: the day the project's assignment was decided is
# the first one it names, and stands here as an example with that said.
ASSIGNED = "2019-09-23"
SINCE_ASSIGNED = (
    "Rapporten anger ingen startdag, den är antagen: 23 september 2019 beslutades projektuppdraget."
)
# The report maps no level of these.
LEVEL_ASSUMED = {"regionen", "kommuncheferna", "vux", "edcs"}

ACTORS: tuple[tuple[str, str, str, str, dict[str, object]], ...] = (
    (
        "forbundet",
        "Skaraborgs Kommunalförbund",
        "municipal_association",
        "strategic",
        {
            "mission": "Ansvarar för att utveckla Skaraborg som region. Utförare av den årliga "
            "kompetensanalysen och den naturliga bäraren av helhetsperspektivet.",
            "source": report("Höstprocessen"),
        },
    ),
    (
        "kompetensforum",
        "Kompetensforum",
        "network",
        "strategic",
        {
            "mission": "Information, nätverkande och tankesmedja. Avsändare av den årliga "
            "kompetensanalysen.",
            "source": report("Helhetsuppdraget och den strategiska nivån"),
        },
    ),
    (
        "kommuncheferna",
        "Kommunchefsgruppen i Skaraborg",
        "network",
        "strategic",
        {
            "mission": "Samlar alla kommunchefer för Skaraborgs kommuner. Här ska mandatet och "
            "förankringen finnas.",
            "source": report("Mandat på ledningsnivå"),
        },
    ),
    (
        "regionen",
        "Västra Götalandsregionen",
        "region",
        "strategic",
        {"mission": "Projektets finansiär.", "source": report("Omtag i projektet")},
    ),
    (
        "tibro",
        "Tibro kommun",
        "municipality",
        "operative",
        {
            "municipality_code": "1472",
            "managed_by": "1472",
            "mission": "Utförare av träteknisk vuxenutbildning på gymnasienivå.",
            "source": report("Myndighetssamverkan och modellens arbetssätt på operativ nivå"),
        },
    ),
    (
        "idc",
        "IDC",
        "other",
        "operative",
        {"source": report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")},
    ),
    (
        "teknikcollege",
        "Teknikcollege",
        "network",
        "operative",
        {"source": report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")},
    ),
    (
        "vux",
        "Vux Skaraborg",
        "network",
        "operative",
        {
            "mission": "Nätverk för vuxenutbildningen i Skaraborg.",
            "note": "Efterfrågar en mer djupgående analys av kompetensförsörjningsbehovet.",
            "source": report("Myndighetssamverkan och modellens arbetssätt på operativ nivå"),
        },
    ),
    (
        "edcs",
        "Equality Development Center West Sweden (EDCS)",
        "other",
        "operative",
        {
            "mission": "Coachande samtal om jämställdhetsintegrering och normkritik.",
            "source": report("Ett normkritiskt perspektiv"),
        },
    ),
)
# The report judges no actor and counts no contribution: all of it is examples.
ASSESSED = {
    "arbetsformedlingen": (4, 4, 3),
    "tibro": (5, 5, 4),
    "teknikcollege": (4, 3, 4),
    "idc": (4, 4, 4),
    "mobelforetag1": (5, 3, 2),
}
ASSESSED_ON = "2020-10-15"
NOT_ASSESSED = "Exempel: företaget är litet och bedöms under det första året."
FURNITURE = ("mobelforetag1", "mobelforetag2", "mobelforetag3")


async def tell(teller: Teller) -> None:
    """The actors, then Arbetsförmedlingen's way out and back, then posts and relations."""
    for name, title, kind, level, fields in ACTORS:
        await teller.make("actors", name, name=title, kind=kind, **fields)
        told = f"{SINCE_ASSIGNED}{' Nivån är antagen.' if name in LEVEL_ASSUMED else ''}"
        await _place(teller, name, ASSIGNED, level=level, status="active", reason=told)
    await _employment_service(teller)
    for number, name in enumerate(FURNITURE, 1):
        title = f"Exempelföretag {number} (möbler)"
        await teller.invent("actors", name, name=title, kind="company", municipality_code="1472")
    await teller.invent("actors", "taxiforetag", name="Exempelföretag 4 (taxi)", kind="company")
    await _relations(teller)
    await _posts(teller)
    await _programme(teller)
    await _readiness(teller)
    await _promises(teller)
    await _choices(teller)


async def _place(
    teller: Teller, name: str, day: str, *, level: str, status: str, reason: str
) -> None:
    actor = teller.id(name)
    await teller.do(
        f"/actors/{actor}/place", f"place-{name}-{day}", actor_id=actor, valid_from=day,
        level=level, status=status, reason=reason, example=True,
        source=report("Projektuppdraget"),
    )  # fmt: skip


async def _employment_service(teller: Teller) -> None:
    """Led the industry councils, withdrew when its mission changed, and came back."""
    told = report("Arbetsförmedlingens förändrade roll och uppdrag")
    await teller.make(
        "actors", "arbetsformedlingen", name="Arbetsförmedlingen", kind="authority", source=told,
        note="Kvar i styrgruppen när den centrala rollen i projektet utgick.",
    )  # fmt: skip
    actor = teller.id("arbetsformedlingen")
    steps = (
        ("2018-01-01", "active", "Ledde branschråden. Rapporten anger ingen startdag; antagen."),
        (
            "2019-01-30",
            "withdrawn",
            "Ändrat uppdrag: branschråden lades ned. Dagen är antagen: slutbetänkandets "
            "(SOU 2019:3).",
        ),
        (
            "2020-10-01",
            "active",
            "Åter en roll, i projektets slutfas: startar och leder ett möbelbranschråd tillsammans "
            "med två ytterligare aktörer. Dagen är antagen.",
        ),
    )
    for day, status, reason in steps:
        said = {"reason": reason, "source": told, "example": True}
        if status == "withdrawn":
            left = f"/actors/{actor}/withdraw", f"place-af-{day}"
            await teller.do(*left, withdrawn_on=day, **said)
            continue
        await teller.do(
            f"/actors/{actor}/place", f"place-af-{day}", actor_id=actor, valid_from=day,
            level="operative", status=status, **said,
        )  # fmt: skip


async def _relations(teller: Teller) -> None:
    told = report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")
    partners = ("tibro", "idc", "arbetsformedlingen", "teknikcollege")
    for place, first in enumerate(partners):
        for second in partners[place + 1 :]:
            await teller.invent(
                "relations", f"{first}-{second}", actor_id=teller.id(first),
                other_actor_id=teller.id(second), kind="collaborates_with", state="working",
                valid_from="2020-10-01", source=f"{told}. Startdagen och tillståndet är antagna.",
            )  # fmt: skip
    await teller.invent(
        "relations", "regionen-forbundet", actor_id=teller.id("regionen"),
        other_actor_id=teller.id("forbundet"), kind="funds", state="working",
        valid_from=ASSIGNED, note="Finansierar projektet.",
        source=f"{report('Omtag i projektet')}. Startdagen och tillståndet är antagna.",
    )  # fmt: skip


async def _posts(teller: Teller) -> None:
    told = report("Omtag i projektet")
    posts = (
        ("projektledare", "Projektledare", "project_leader", True),
        ("processledare", "Processledare", "process_leader", True),
        ("kommunikator", "Kommunikatör", "communicator", False),
    )
    # The report names the employer of the project leader alone.
    assumed = f"{told}. Hos vem befattningen finns är antaget."
    for name, title, function, key in posts:
        known = name == "projektledare"
        tell = teller.make if known else teller.invent
        await tell(
            "posts", name, actor_id=teller.id("forbundet"), title=title, function=function,
            is_key=key, source=told if known else assumed,
        )  # fmt: skip
    extra = (
        ("rektor", "tibro", "Rektor för vuxenutbildningen"),
        ("af-chef", "arbetsformedlingen", "Sektionschef"),
        ("foretagsledare", "mobelforetag1", "Platschef"),
    )
    for name, actor, title in extra:
        await teller.invent("posts", name, actor_id=teller.id(actor), title=title)
    for number, post in enumerate(("processledare", "rektor", "af-chef", "foretagsledare"), 1):
        person = f"exempelperson{number}"
        await teller.invent("people", person, name=f"Exempelperson {number}")
        await teller.invent(
            "holdings", f"{post}-1", post_id=teller.id(post), person_id=teller.id(person),
            valid_from="2020-01-01",
        )  # fmt: skip


async def _programme(teller: Teller) -> None:
    told = report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")
    # That Tibro gives it is told; which occupations it leads to is not.
    await teller.invent(
        "programmes", "trateknik", provider_actor_id=teller.id("tibro"),
        name="Träteknisk vuxenutbildning", form="adult_upper_secondary",
        occupation_codes=["7522", "7521"], municipality_code="1472", managed_by="1472",
        description="Vuxenutbildning på gymnasienivå i Tibro, kopplad till möbelbranschrådet.",
        source=f"{told}. Yrkena är antagna.",
    )  # fmt: skip
    await teller.invent(
        "intakes", "trateknik-start", programme_id=teller.id("trateknik"), starts_on="2027-01-11",
    )  # fmt: skip


async def _readiness(teller: Teller) -> None:
    """What five of those who then sit in the furniture council were judged able to."""
    told = "Exempel: så sades på ett möte inför rådets start."
    for name, marks in ASSESSED.items():
        said = dict(zip(("will", "drive", "ability"), marks, strict=True))
        await teller.invent(
            "readiness", f"bedomning-{name}", actor_id=teller.id(name), assessed_on=ASSESSED_ON,
            assessed_by_post_id=teller.id("processledare"),
            **said, **{f"{part}_evidence": told for part in said},
        )  # fmt: skip


async def _promises(teller: Teller) -> None:
    """What one company gains, and what it and the school have promised."""
    await teller.invent(
        "gains", "vinst", actor_id=teller.id("mobelforetag1"), stated_on=ASSESSED_ON,
        statement="Exempel: operatörer som är utbildade för företagets egna maskiner.",
        confirmed_on="2020-11-12", confirmed_by_post_id=teller.id("foretagsledare"),
    )  # fmt: skip
    await teller.invent(
        "pledges", "praktikplatser", actor_id=teller.id("mobelforetag1"), due_on="2021-03-31",
        what="Exempel: två praktikplatser med handledare",
        owner_post_id=teller.id("foretagsledare"),
    )  # fmt: skip
    await teller.invent(
        "pledges", "verkstaden", actor_id=teller.id("tibro"), due_on="2021-01-31",
        what="Exempel: verkstaden öppen för branschens kurser en kväll i veckan",
        owner_post_id=teller.id("rektor"), delivered_on="2021-01-20",
        result="Exempel: torsdagar klockan 17 till 20",
    )  # fmt: skip


async def _choices(teller: Teller) -> None:
    """By what somebody was weighed who was asked to wait; the report names no criteria."""
    criteria = (
        ("uppdraget", "Exempel: uppdraget rör branschens behov", 5),
        ("rackvidden", "Exempel: når många arbetsgivare", 3),
    )
    for key, name, weight in criteria:
        await teller.invent("criteria", key, name=name, weight=weight, valid_from=ASSIGNED)
    await teller.invent(
        "priorities", "vanta", actor_id=teller.id("edcs"), choice="later",
        reason="Exempel: tas med när jämställdhetsarbetet i branschen planeras.",
        decided_on=ASSESSED_ON, decided_by_post_id=teller.id("processledare"),
        scores=[{"criterion_id": teller.id("rackvidden"), "score": 2}],
    )  # fmt: skip
