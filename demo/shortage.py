"""A need in numbers, and the education that a few more seats of would meet it; all is invented.

The report counts neither needs nor seats, so nothing it tells of can show that arithmetic. Days are
counted from the one the demo is started on: whoever begins then is through within the year.
"""

from demo.dialogue import days_from
from demo.teller import Teller
from services.kit import clock

OCCUPATION = "7523"  # machine joiners and operators in the wood industry
# Round, first and last day in days from today, and what is known: 9 of 12 complete, 8 of them work.
MEASURED = {"seats": 12, "applicants": 20, "admitted": 12, "completed": 9, "employed_after": 8}
STARTS = ((1, -500, -220, MEASURED), (2, 60, 340, {"seats": 4}))


async def tell(teller: Teller) -> None:
    """The provider, its course with a start behind it and one before it, and the need."""
    await teller.invent(
        "actors", "anordnaren", name="Exempelanordnare 1", kind="education_provider",
        municipality_code="1472", mission="Exempel: kurser för träindustrin.",
    )  # fmt: skip
    await teller.invent(
        "programmes", "maskinkursen", provider_actor_id=teller.id("anordnaren"),
        name="Exempelkurs: maskinoperatör i träindustrin", form="commissioned",
        occupation_codes=[OCCUPATION], municipality_code="1472", weeks=40, pace=100,
    )  # fmt: skip
    today = clock.today()
    for number, first, last, known in STARTS:
        await teller.invent(
            "intakes", f"maskinkursen-{number}-{today}", programme_id=teller.id("maskinkursen"),
            round=number, starts_on=days_from(today, first), ends_on=days_from(today, last),
            **known,
        )  # fmt: skip
    await teller.invent(
        "needs", "maskinoperatorer", council_id=teller.id("mobelradet"), reported_by="1472",
        statement="Exempel: sex maskinoperatörer om året till träindustrin.", horizon="short",
        areas=["education"], occupation_code=OCCUPATION, headcount_per_year=6,
        municipality_codes=["1472"], owner_post_id=teller.id("processledare"),
        identified_on="2020-11-12",
        source="Exempel: sades på rådets första möte. Rapporten räknar varken behov eller platser.",
    )  # fmt: skip
