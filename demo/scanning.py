"""What the report saw outside: signals, the trend that they carry, and challenges.

The report has no days until which anything counts, nor when all was seen: those are assumed.
"""

from demo.teller import Teller, report

ROLE = report("Arbetsförmedlingens förändrade roll och uppdrag")
PANDEMIC = report("Pandemins effekter för projektet")
ANALYSIS = report("Analys och strategiskt uppdrag")
DAYS = "Vi har antagit dagarna och hur säkert det är."
SEEN, NOTED = "2020-12-31", "2020-12-31"


async def tell(teller: Teller) -> None:
    """Two signals have expired since, one still counts and carries the trend."""
    await teller.invent(
        "signals", "signal-af", title="Arbetsförmedlingen får ett ändrat uppdrag",
        meaning="Arbetsförmedlingen slutade leda de branschråd som fanns kopplade till "
        "resursbaserna, och råden lades ned.",
        observed_on="2019-01-30", expires_on="2021-12-31", confidence="high",
        confidence_reason="Arbetsmarknadsutredningens slutbetänkande (SOU 2019:3) och politiska "
        "beslut på nationell nivå.", source=f"{ROLE}. {DAYS}",
    )  # fmt: skip
    await teller.invent(
        "signals", "signal-pandemi", title="Pandemin ändrar hur aktörer kan mötas",
        meaning="Fysiska möten gick inte att hålla, och aktörer behövde anpassa sig till nya "
        "arbetssätt eller nya ekonomiska förutsättningar. Arbetet gick framåt men tog längre tid.",
        observed_on=SEEN, expires_on="2021-12-31", confidence="high", source=f"{PANDEMIC}. {DAYS}",
    )  # fmt: skip
    await teller.invent(
        "signals", "signal-byten", title="Människor byter arbetsplats och uppdrag oftare",
        meaning="Nyckelpersoner och ledamöter byts ut, och tillit och relationer behöver byggas "
        "upp igen löpande.",
        observed_on=SEEN, expires_on="2030-12-31", confidence="medium",
        confidence_reason="Projektets följeforskare har gått igenom forskningsfältet.",
        source=f"Slutrapport, om byte av styrgruppsdeltagare. {DAYS}",
    )  # fmt: skip
    await teller.invent(
        "trends", "trend-rorlighet", title="Kompetens rör sig allt mer mellan uppdrag",
        direction="increasing", noted_on=NOTED, expires_on="2030-12-31", confidence="medium",
        confidence_reason="Rapporten kallar trenden tydlig, efter följeforskarens genomlysning.",
        signal_ids=teller.all("signal-byten"), source=f"Slutrapport. {DAYS}",
    )  # fmt: skip
    await teller.invent(
        "trends", "trend-distans", title="Samverkan sker mer utan fysiska möten",
        direction="shifting", noted_on=NOTED, expires_on="2030-12-31", confidence="low",
        confidence_reason="Rapporten talar om nya arbetssätt, inte om hur länge de varar. Att det "
        "är en trend är vårt antagande.",
        signal_ids=teller.all("signal-pandemi"), source=f"{PANDEMIC}. {DAYS}",
    )  # fmt: skip
    await teller.invent(
        "challenges", "utmaning-analys", title="Göra rätt saker utan en välgrundad analys",
        description="Utan analys blir det strategiska arbetet lidande, och risken är stor att "
        "beslut fattas på fel grunder.",
        noted_on=NOTED, source=f"{ANALYSIS}. Vi har antagit dagen.",
    )  # fmt: skip
    await teller.invent(
        "challenges", "utmaning-samverkan", title="Bygga upp samverkan över tid när personer byts",
        description="Det krävs en sammanhållande funktion som kontinuerligt kan bygga upp "
        "samverkan över tid.",
        noted_on=NOTED, source="Slutrapport, om arbetsgruppens erfarenhet. Vi har antagit dagen.",
    )  # fmt: skip
    await teller.invent(
        "challenge-links", "koppling-rorlighet",
        challenge_id=teller.id("utmaning-samverkan"), trend_id=teller.id("trend-rorlighet"),
        valid_from=NOTED, bearing="Ju oftare personer byts, desto mer arbete är det att hålla "
        "ihop samverkan.", source="Slutrapport. Vi har antagit dagen.",
    )  # fmt: skip
