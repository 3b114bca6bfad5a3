"""The report's own project: its assignment, its lost year, what it learnt and what is to live on.

Only what the report says. Days that it does not give are unknown, or the thing is an example.
"""

from demo.teller import Teller, report

ASSIGNED = report("Projektuppdraget")
RESTARTED = report("Omtag i projektet")
REPLACED = report("Byte av projektledare samt styrgruppsdeltagare")
EXCHANGED = report("Mandat på ledningsnivå", "Byte av projektledare samt styrgruppsdeltagare")
RESTARTED_TOLD = report(
    "Omtag i projektet", "Projektuppdraget", "Byte av projektledare samt styrgruppsdeltagare"
)
PANDEMIC = report("Pandemins effekter för projektet")
LED = report("Processledning")
AUTUMN = report("Höstprocessen")
LAUNCHED = report(
    "Konferensen ”Skaraborgsverkan”- ett sätt att lansera modellen i ett tidigt skede"
)
MAPPED = report("Aktörskartläggning")
SCOPE = (
    "Se till ett helhetsperspektiv för kompetensförsörjningsarbetet avseende att Skaraborg "
    "fortsatt ska vara en stark industriregion.",
    "Utgå från befintliga aktörer och strukturer och knyta samman dem för samverkan.",
    "Synliggöra behov och glapp mellan arbetsliv, myndigheter och organisationer och utifrån det "
    "bygga strukturer, metoder och rutiner genom en modell för samverkan.",
    "Identifiera viktiga funktioner utifrån de prioriterade aktörerna.",
    "Ge aktörerna förutsättningar att gemensamt lösa sina utmaningar på kort och lång sikt.",
    "Tillhandahålla en sammanhållande funktion under projekttiden och fastställa vidare behov.",
    "Leverera åtgärdsförslag till vilka resurser som krävs för att modellen ska leva över tid.",
)
LIMITS = (
    "Kompetensförsörjningen är lika central för välfärdssystemet som för näringslivet, men i "
    "projektet har fokus avgränsats till resursbaserna. Projektet prioriterar och avgränsar vilka "
    "aktörer, organisationer och nätverk, som ska ingå i modellen."
)
GROUND = (
    "Utgångspunkten är att det som skapar långsiktighet i samverkansmodellen är goda relationer "
    "och en formaliserad struktur som aktörerna kan arbeta efter."
)
LESSONS = (
    ("conclusion", "Utan en välgrundad analys är det en utmaning att göra rätt saker eller "
     "insatser. Det strategiska arbetet blir lidande, och risken är stor att beslut fattas på fel "
     "grunder.", report("Analys och strategiskt uppdrag"), None),
    ("conclusion", "Att upprätthålla kombinationen av struktur och innehåll kräver ett "
     "processtöd: annars hålls arbetet inte samman.", LED, None),
    ("conclusion", "Faciliteringen av branschråd med en processledarfunktion är avgörande som "
     "framgångsfaktor.", LED, "Erfarenheter från tidigare branschrådsstruktur"),
    ("conclusion", "Det saknas en semioperativ funktion som möjliggör dialog mellan strategisk "
     "nivå och verksamhetsnivå och ser till att behovsanalyser leder till matchande insatser.",
     report("Avslutande kommentarer"), None),
    ("lesson", "För att ett arbete ska leva på sikt krävs ett mandat och en förankring på "
     "ledningsnivå.", report("Mandat på ledningsnivå"),
     "Följeforskarens genomlysning av organisationsforskningen"),
    ("lesson", "Människor byter arbetsplats och uppdrag mer frekvent än tidigare. Det får man ha i "
     "beredskap för ett projekt som pågår under tre år.", REPLACED,
     "Följeforskarens genomlysning av området"),
    ("lesson", "Att bygga förtroende och goda relationer tar tid, och varje aktör ska uppleva att "
     "den har en vinst av att ingå i samverkan.",
     report("Relationsbyggande utifrån kvalitetscirkeln"), None),
    ("reflection", "Styrgruppen vill se en fortsatt utveckling av samverkan mellan aktörer som "
     "redan är med, och att ytterligare aktörer kopplas på. Samstämmigt förmedlas behovet av "
     "processledare och facilitator. Några kan själva bidra med resurser och representation.",
     report("Styrgruppens avslutande reflektioner"), "Styrgruppens workshop"),
)  # fmt: skip


async def tell(teller: Teller) -> None:
    """What is told stands as told; who owns the project is read out of who leads it."""
    await teller.invent(
        "projects", "projektet", council_id=teller.id("styrgruppen"),
        name="Samverkansmodell för kompetensförsörjning i Skaraborg",
        purpose="Ta ett helhetsgrepp för hur ett kompetensförsörjningsarbete kan bedrivas "
        "övergripande på Skaraborgsnivå i kombination med enskilda branschers eller "
        "organisationers behov. Projektet är treårigt.",
        owner_actor_id=teller.id("forbundet"), funder_actor_id=teller.id("regionen"),
        leader_post_id=teller.id("projektledare"),
        starts_on="2018-09-01", ends_on="2021-08-31",
        source=f"{report('Inledning', 'Omtag i projektet')}. Att förbundet äger projektet är "
        "antaget: det är där projektledaren är. Dagarna för början och slut ges inte; de planerade "
        "är räknade ur tre år, varav två var kvar hösten 2019.",
    )  # fmt: skip
    await teller.do(f"/projects/{teller.id('projektet')}/start", "projektet-borjar")
    await _assignment(teller)
    await _work(teller)
    await _deviations(teller)
    await _learnt(teller)
    await teller.do(
        f"/projects/{teller.id('projektet')}/end", "projektet-slutar",
        reason="Exempel: projekttiden är slut. Det som är öppet står i slutrapportens "
        "åtgärdsförslag.",
    )  # fmt: skip


async def _made(teller: Teller, noun: str, name: str, **fields: object) -> None:
    its = {"project_id": teller.id("projektet")} | fields
    await teller.make(f"project-{noun}", f"projektet-{name}", **its)


async def _assumed(teller: Teller, noun: str, name: str, **fields: object) -> None:
    await _made(teller, noun, name, example=True, **fields)


async def _assignment(teller: Teller) -> None:
    """The new one. What the first one said the report does not tell."""
    await _made(
        teller, "assignments", "uppdraget", decided_on="2019-09-23", source=ASSIGNED,
        aim="Ta fram en samverkansmodell för långsiktig efterfrågestyrd kompetensförsörjning.",
        scope="\n".join([*(f"– {one}" for one in SCOPE), GROUND]), limits=LIMITS,
        council_id=teller.id("styrgruppen"), decision_id=teller.id("uppdraget"),
    )  # fmt: skip


async def _work(teller: Teller) -> None:
    """That it was done is told; the days and the owner are not, of the first year only which."""
    owner = {"owner_post_id": teller.id("projektledare")}
    for name, title, first, last, told in (
        ("uppstart", "Uppstartskonferens", "2018-10-01", "2018-10-01", RESTARTED),
        (
            "forsta-aret",
            "Aktiviteter inriktade på en verksamhetsnära och operativ nivå",
            "2018-10-01",
            "2019-08-31",
            RESTARTED,
        ),
        ("grund", "Process med styrgruppen för en ny grund", "2019-09-01", "2019-12-15", RESTARTED),
        ("hosten", "Fem workshops med strateger vid förbundet", "2020-09-01", "2020-11-30", AUTUMN),
    ):
        days = {"starts_on": first, "due_on": last, "started_on": first, "done_on": last}
        source = f"{told}. Dagarna är antagna."
        await _assumed(teller, "activities", name, title=title, source=source, **days, **owner)
    await _assumed(
        teller, "activities", "konferensen", kind="communication", done_on="2020-05-07",
        title="Konferensen Skaraborgsverkan: projektet och kompetensförsörjningen förankras",
        audience="Rektorer och personal för vuxenutbildning, näringslivschefer och andra "
        "nyckelpersoner", channel="Digital konferens, inspelad och utlagd på webben",
        source=f"{LAUNCHED}. Dagen är antagen.", due_on="2020-05-07", **owner,
    )  # fmt: skip
    await _assumed(
        teller, "activities", "fragan", kind="evaluation", due_on="2020-12-15",
        title="Löser aktörerna fler utmaningar tillsammans än före projektet?",
        indicator="Gemensamma initiativ per år", **owner,
        source=f"{RESTARTED}. Att det fanns en utvärderingsplan är rapportens; frågan är antagen.",
    )  # fmt: skip
    for number, (due, held) in enumerate(
        (("2019-10-15", "2019-10-15"), ("2019-11-15", None), ("2019-12-15", "2019-12-16"))
    ):
        await _assumed(
            teller, "activities", f"avstamning-{number}", kind="check_in", due_on=due,
            done_on=held, title="Avstämning mellan följeforskare och projektledare",
            source=f"{RESTARTED}. Att de var inbokade är rapportens; dagarna är antagna.", **owner,
        )  # fmt: skip
    await _made(
        teller, "budget-lines", "resor", label="Resor, konferensrum etc.", source=PANDEMIC,
        variance_kind="not_incurred",
        variance_cause="Merparten av projektets aktiviteter och möten ställdes om till digitala "
        "former när pandemin bröt ut. Rapporten ger inga belopp.",
    )  # fmt: skip


async def _deviations(teller: Teller) -> None:
    await _made(
        teller, "deviations", "omtaget", to_on="2019-09-23", days_lost=365, restart=True,
        closed=True,
        what="Byte av projektledare och omstart med nytt uppdrag",
        cause="Aktiviteterna under första året inriktades framför allt på en verksamhetsnära och "
        "operativ nivå. Kommunalförbundets ambition var ett helhetsperspektiv där en strategisk "
        "nivå också var angelägen.",
        effect="Projektet ”tappade ett år”. Samverkansarbetet kunde ha stärkts och utvecklats "
        "ytterligare med mer tid i den senare delen.",
        action="Ett nytt helhetsgrepp, förankrat med finansiären: nytt uppdrag med avgränsningar, "
        "projektplan, budget, utvärderingsplan och kommunikationsplan.",
        source=f"{RESTARTED_TOLD}. Ett år är räknat som 365 dagar.",
    )  # fmt: skip
    await _made(
        teller, "deviations", "arbetsformedlingen", what="Arbetsförmedlingens ändrade roll",
        cause="Arbetsmarknadsutredningens slutbetänkande (SOU 2019:3) och politiska beslut på "
        "nationell nivå innebar ett ändrat uppdrag för Arbetsförmedlingen.",
        effect="Arbetsförmedlingens centrala roll i projektet utgick, förutom representationen i "
        "styrgruppen, och branschråden för resursbaserna lades ned.",
        source=report("Arbetsförmedlingens förändrade roll och uppdrag"),
    )  # fmt: skip
    await _made(
        teller, "deviations", "pandemin", what="Pandemin", source=PANDEMIC,
        cause="Fysiska möten kunde inte hållas, och flera aktörer behövde anpassa sina "
        "organisationer till nya arbetssätt eller ekonomiska förutsättningar.",
        effect="Arbetet gick framåt men tog längre tid. Kostnader för resor och konferensrum "
        "uteblev.",
    )  # fmt: skip
    await _made(
        teller, "deviations", "styrgruppen", what="Byte av styrgruppsdeltagare", source=EXCHANGED,
        cause="Nya tjänster och nya uppdrag inom den egna organisationen.",
        effect="Inga stora konsekvenser. Förankringen för de nya deltagarna tog mer tid, och en "
        "ny gruppkonstellation ändrade dynamiken.",
    )  # fmt: skip


async def _learnt(teller: Teller) -> None:
    for number, (kind, text, told, rests_on) in enumerate(LESSONS):
        supports = [{"what": rests_on}] if rests_on else []
        name = f"lardom-{number}"
        await _made(teller, "lessons", name, kind=kind, text=text, source=told, supports=supports)
    await _made(
        teller, "continuations", "processledning", source=LED,
        what="En processledning tillsätts", resource="Flera processledare resurssätts till det "
        "fortsatta arbetet.",
    )  # fmt: skip
    await _made(
        teller, "continuations", "strategin",
        what="Det strategiska uppdraget. Förslag: det bör bäras av Kommunalförbundet tillsammans "
        "med Kompetensforum", source=report("Analys och strategiskt uppdrag"),
    )  # fmt: skip
    await _made(
        teller, "continuations", "kartlaggningen", source=MAPPED,
        what="En aktörskartläggning av de utbildningsaktörer som verkar inom Skaraborg",
    )  # fmt: skip
    await _made(
        teller, "continuations", "navet", source=report("Avslutande kommentarer"),
        what="Ett kompetensnav etableras för Skaraborg", resource="Den resurstillsättning som "
        "dialogen mellan Västra Götalandsregionen och förbundets ledning gäller.",
    )  # fmt: skip
