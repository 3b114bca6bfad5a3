"""How the pilot was chosen, as far as the report tells it, and an example of a whole choice."""

from demo.teller import Fact, Teller, report

CHOSEN = report("Arbetssätt och metod")
UNNAMED = "Namnges inte i rapporten"
CRITERIA = (
    ("struktur", "Branschen ska ha en välfungerande och stabil struktur", "Till exempel en "
     "nationell branschorganisation"),
    ("vilja", "Vilja att samverka", None),
    ("behov", "Ha behov av stöd i kompetensförsörjningsarbetet", None),
    ("svarar", "Bransch som vi tror svarar upp i detta arbete", None),
)  # fmt: skip


async def tell(teller: Teller) -> None:
    """The report gives the criteria, that there were SWOT analyses, and what was chosen."""
    await teller.make(
        "selections", "valet", council_id=teller.id("styrgruppen"), title="Val av pilotbransch",
        question="Vilken av Skaraborgs sex resursbaser ska samverkansmodellen byggas kring? Valet "
        "gjordes genom ett antal workshops tillsammans med styrgruppen, med hjälp av SWOT-analyser "
        "och ett antal kriterier. Rapporten återger varken SWOT-analyserna, vikterna, "
        "bedömningarna eller dagarna.",
        candidates=[
            {"key": "mobel", "name": "Möbel/inredning"},
            *(
                {"key": f"resursbas_{n}", "name": f"Resursbas {n}", "note": UNNAMED}
                for n in range(2, 7)
            ),
        ],
        criteria=[_named(*one) for one in CRITERIA],
        scores=[
            {"candidate": "mobel", "criterion": "behov", "score": None,
             "evidence": "Branschen ansågs inte vara så resursstark, och behovskriteriet ansågs "
             "väga tungt"},
        ],
        decision_text="Valet föll på möbel/inredningsbranschen, som inte ansågs vara så "
        "resursstark och där behovskriteriet ansågs väga tungt.",
        chosen_candidate="mobel", source=CHOSEN,
    )  # fmt: skip
    await _example(teller)


def _named(key: str, name: str, why: str | None, weight: int | None = None) -> Fact:
    return {"key": key, "name": name, "why": why, "weight": weight}


async def _example(teller: Teller) -> None:
    """The report's criteria with weights and marks of our own, for industries that are none."""
    told = f"{CHOSEN}. Kriterierna är rapportens; allt annat är antaget."
    weights, marks = (15, 20, 45, 20), {"a": (5, 4, 4, 4), "b": (3, 4, 5, 4), "c": (5, 3, 2, None)}
    await teller.invent(
        "selections", "exempelvalet", council_id=teller.id("styrgruppen"),
        title="Exempel på ett helt urval", held_on="2021-02-10", source=told,
        question="Vilken bransch ska modellen prövas i härnäst?",
        candidates=[{"key": key, "name": f"Exempelbransch {key.upper()}"} for key in marks],
        criteria=[
            _named(*one, weight) for one, weight in zip(CRITERIA, weights, strict=True)
        ],
        scores=[
            {"candidate": key, "criterion": criterion[0], "score": mark,
             "evidence": "Antagen bedömning" if criterion[0] == "behov" else None}
            for key, given in marks.items()
            for criterion, mark in zip(CRITERIA, given, strict=True)
            if mark is not None
        ],
    )  # fmt: skip
    first = await _said(teller, "en", "Styrgruppen", "Få söker sig till utbildningarna", told)
    await _said(teller, "tva", "Näringslivsenheter", "Svårt att få elever", told, same_as_id=first)
    await _said(
        teller, "tre", "Näringslivsenheter", "Företagen samarbetar redan", told, quarter="strength"
    )


async def _said(teller: Teller, name: str, group: str, text: str, source: str, **more: str) -> str:
    said = {"candidate": "b", "quarter": "threat", "group_name": group, "text": text} | more
    await teller.invent(
        "swot-entries", f"swot-{name}", selection_id=teller.id("exempelvalet"), source=source,
        **said,
    )  # fmt: skip
    return teller.id(f"swot-{name}")
