"""Who: the actors the report names, their levels over time, their posts and the programmes."""

from demo.association import MUNICIPALITIES
from demo.teller import Teller, report

# The report gives no first day for most actors: the day the project's assignment was decided is
# the first one it names, and stands here as an example with that said.
ASSIGNED = "2019-09-23"
SINCE_ASSIGNED = (
    "Rapporten anger ingen startdag, den är antagen: 23 september 2019 beslutades projektuppdraget."
)
PROPOSED = "Nivån är antagen: rapporten föreslår den."
# The report maps no level of these, or wants them on one where they are not.
LEVEL_ASSUMED = {
    "forbundet": PROPOSED,
    "kompetensforum": f"{PROPOSED} Forumet självt kunde inte ta den strategiska nivån.",
    **dict.fromkeys(("regionen", "kommuncheferna", "vux", "edcs"), "Nivån är antagen."),
}
# Which of them should be strategic is told elsewhere than what they are.
LEVEL_TOLD = {
    "forbundet": report("Analys och strategiskt uppdrag"),
    "kompetensforum": report(
        "Analys och strategiskt uppdrag", "Helhetsuppdraget och den strategiska nivån"
    ),
}
CHIEFS = (
    f"{report('Mandat på ledningsnivå')}. Gruppen samlar alla kommunchefer i Skaraborg. Rapporten "
    "räknar inte upp kommunerna och namnger ingen: titlarna är antagna, och vem som är kommunchef "
    "är inte angivet."
)
WORKED = report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")

ACTORS: tuple[tuple[str, str, str, str, dict[str, object]], ...] = (
    (
        "forbundet",
        "Skaraborgs Kommunalförbund",
        "municipal_association",
        "strategic",
        {
            "mission": "Ansvarar för att utveckla Skaraborg som region. Utförare av den årliga "
            "kompetensanalysen och den naturliga bäraren av helhetsperspektivet.",
            "source": report(
                "Helhetsuppdraget och den strategiska nivån",
                "Höstprocessen",
                "Avslutande kommentarer",
            ),
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
            "source": report("Helhetsuppdraget och den strategiska nivån", "Höstprocessen"),
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
            "source": WORKED,
        },
    ),
    (
        "idc",
        "IDC",
        "other",
        "operative",
        {"source": WORKED},
    ),
    (
        "teknikcollege",
        "Teknikcollege",
        "network",
        "operative",
        {"source": WORKED},
    ),
    (
        "vux",
        "Vux Skaraborg",
        "network",
        "operative",
        {
            "mission": "Nätverk för vuxenutbildningen i Skaraborg.",
            "note": "Efterfrågar en mer djupgående analys av kompetensförsörjningsbehovet.",
            "source": WORKED,
        },
    ),
    (
        "edcs",
        "Equality Development Center West Sweden (EDCS)",
        "other",
        "operative",
        {
            "mission": "Coachande samtal om jämställdhetsintegrering och normkritik.",
            "source": report("Omtag i projektet", "Ett normkritiskt perspektiv"),
        },
    ),
)
OF_THE_WEB_PAGE = (
    "Projektets webbsida. Slutrapporten nämner den inte, och vilken högskola det är och vad den "
    "gör i samverkan är inte angivet; typen är antagen."
)
FURNITURE = ("mobelforetag1", "mobelforetag2", "mobelforetag3")


async def tell(teller: Teller) -> None:
    """The actors, then Arbetsförmedlingen's way out and back, then posts and relations."""
    for name, title, kind, level, fields in ACTORS:
        await teller.make("actors", name, name=title, kind=kind, **fields)
        actor = teller.id(name)
        await teller.do(
            f"/actors/{actor}/place", f"place-{name}-{ASSIGNED}", actor_id=actor,
            valid_from=ASSIGNED, level=level, status="active", example=True,
            reason=" ".join(filter(None, (SINCE_ASSIGNED, LEVEL_ASSUMED.get(name)))),
            source=LEVEL_TOLD.get(name, fields["source"]),
        )  # fmt: skip
    await _employment_service(teller)
    # The project's web page has it among the actors, the report does not: so it is no fact of that,
    # and no level, day or relation is known. It stands as an example that says so.
    await teller.invent(
        "actors", "hogskolan", name="Högskolan", kind="university", source=OF_THE_WEB_PAGE
    )
    for number, name in enumerate(FURNITURE, 1):
        title = f"Exempelföretag {number} (möbler)"
        await teller.invent("actors", name, name=title, kind="company", municipality_code="1472")
    await teller.invent("actors", "taxiforetag", name="Exempelföretag 4 (taxi)", kind="company")
    await _relations(teller)
    await _posts(teller)
    await _programme(teller)


async def _employment_service(teller: Teller) -> None:
    """Led the industry councils, withdrew when its mission changed, and came back."""
    told = report("Arbetsförmedlingens förändrade roll och uppdrag")
    returned = report(
        "Arbetsförmedlingens förändrade roll och uppdrag",
        "Myndighetssamverkan och modellens arbetssätt på operativ nivå",
    )
    await teller.make(
        "actors", "arbetsformedlingen", name="Arbetsförmedlingen", kind="authority", source=told,
        note="Kvar i styrgruppen när den centrala rollen i projektet utgick.",
    )  # fmt: skip
    actor = teller.id("arbetsformedlingen")
    steps = (
        (
            "2018-01-01",
            "active",
            "Ledde branschråden. Rapporten anger varken startdag eller nivå; båda är antagna.",
            told,
        ),
        (
            "2019-01-30",
            "withdrawn",
            "Ändrat uppdrag: branschråden lades ned. Nivån är antagen, och dagen: slutbetänkandets "
            "(SOU 2019:3).",
            told,
        ),
        (
            "2020-10-01",
            "active",
            "Åter en roll, i projektets slutfas: startar och leder ett möbelbranschråd tillsammans "
            "med två ytterligare aktörer. Dagen är antagen.",
            returned,
        ),
    )
    for day, status, reason, source in steps:
        said = {"reason": reason, "source": source, "example": True}
        if status == "withdrawn":
            left = f"/actors/{actor}/withdraw", f"place-af-{day}"
            await teller.do(*left, withdrawn_on=day, **said)
            continue
        await teller.do(
            f"/actors/{actor}/place", f"place-af-{day}", actor_id=actor, valid_from=day,
            level="operative", status=status, **said,
        )  # fmt: skip


async def _relations(teller: Teller) -> None:
    partners = ("tibro", "idc", "arbetsformedlingen", "teknikcollege")
    for place, first in enumerate(partners):
        for second in partners[place + 1 :]:
            await teller.invent(
                "relations", f"{first}-{second}", actor_id=teller.id(first),
                other_actor_id=teller.id(second), kind="collaborates_with", state="working",
                valid_from="2020-10-01", source=f"{WORKED}. Startdagen och tillståndet är antagna.",
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
    # The report names the employer of the project leader alone, and under its first title.
    assumed = f"{told}. Hos vem befattningen finns är antaget."
    for name, title, function, key in posts:
        known = name == "projektledare"
        tell = teller.make if known else teller.invent
        await tell(
            "posts", name, actor_id=teller.id("forbundet"), title=title, function=function,
            is_key=key, source=report("Inledning") if known else assumed,
        )  # fmt: skip
    extra = (
        ("rektor", "tibro", "Rektor för vuxenutbildningen"),
        ("af-chef", "arbetsformedlingen", "Sektionschef"),
        ("foretagsledare", "mobelforetag1", "Platschef"),
    )
    for name, actor, title in extra:
        await teller.invent("posts", name, actor_id=teller.id(actor), title=title)
    await teller.invent_many(
        "posts", "kommunchefer", [{"title": f"Kommunchef i {name}"} for _, name in MUNICIPALITIES],
        actor_id=teller.id("kommuncheferna"), source=CHIEFS,
    )  # fmt: skip
    # That somebody led the project is told, and who; that is nobody to show in a demo.
    held = f"{report('Inledning')}. Personen och dagen är antagna."
    holders = (
        ("processledare", "2020-01-01", None),
        ("rektor", "2020-01-01", None),
        ("af-chef", "2020-01-01", None),
        ("foretagsledare", "2020-01-01", None),
        ("projektledare", ASSIGNED, held),
    )
    for number, (post, day, source) in enumerate(holders, 1):
        person = f"exempelperson{number}"
        await teller.invent("people", person, name=f"Exempelperson {number}")
        await teller.invent(
            "holdings", f"{post}-1", post_id=teller.id(post), person_id=teller.id(person),
            valid_from=day, source=source,
        )  # fmt: skip


async def _programme(teller: Teller) -> None:
    # That Tibro gives it is told; where, and which occupations it leads to, is not.
    await teller.invent(
        "programmes", "trateknik", provider_actor_id=teller.id("tibro"),
        name="Träteknisk vuxenutbildning", form="adult_upper_secondary",
        occupation_codes=["7522", "7521"], municipality_code="1472", managed_by="1472",
        description="Vuxenutbildning på gymnasienivå med Tibro kommun som utförare. Ett "
        "möbelbranschråd startas med koppling till den.",
        source=f"{WORKED}. Orten och yrkena är antagna.",
    )  # fmt: skip
    await teller.invent(
        "intakes", "trateknik-start", programme_id=teller.id("trateknik"), starts_on="2027-01-11",
    )  # fmt: skip
