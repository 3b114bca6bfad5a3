"""A direction and an escalation: the report proposes both, and gives neither."""

from demo.teller import Teller, report


async def tell(teller: Teller) -> None:
    """Who asked whom, what was answered, and when, is ours: both are examples."""
    assumed = "Vem som frågade vem, vad som svarades och dagarna är antagna"
    source = f"{report('Helhetsuppdraget och den strategiska nivån')}. {assumed}."
    await teller.invent(
        "directions", "inriktningen", decision_id=teller.id("kompetensanalysen"),
        title="Branschrådens behov i den årliga kompetensanalysen", horizon="long",
        text="Varje branschråd lämnar sina behov till kompetensanalysen, och följer varje år upp "
        "dem tillsammans med den.",
        scope="Branschråden i Skaraborg", answer_by="2020-12-31", source=source,
        priorities=[
            {"text": "Behov av utbildning", "need_ids": teller.all("utbildning")},
            {"text": "Behov av matchning", "need_ids": teller.all("matchning")},
        ],
        deselections=[
            {"text": "Egna enkäter i varje råd", "reason": "Intervjuerna ger svaren redan"},
        ],
        council_ids=teller.all("mobelradet"),
    )  # fmt: skip
    await teller.invent(
        "direction-answers", "inriktningssvaret", direction_id=teller.id("inriktningen"),
        council_id=teller.id("mobelradet"), answer="adapted", answered_on="2020-11-12",
        why="Företagen är små och hinner inte mer än så.", source=source,
        adapted_text="Rådet lämnar sina behov vartannat år, efter nya intervjuer.",
    )  # fmt: skip
    await teller.invent(
        "escalations", "lyftet", council_id=teller.id("mobelradet"),
        to_council_id=teller.id("forumet"), kind="mandate", title="Vem bär modellen över tid?",
        text="Rådet behöver ett tydligt mandat, där ledande funktioner bär arbetet vidare när "
        "projektet är slut.",
        raised_on="2020-11-12", answer_by="2021-01-31", source=source,
    )  # fmt: skip
