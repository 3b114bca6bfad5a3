"""Who leads the processes: the report wants several leaders with means, and gives no shares."""

from demo.teller import Teller, report

ASSUMED = (
    "Vad processledaren ledde, vilken tid, hur mycket den tog och vem som betalade är antaget."
)
# What the post leads, from which day and to which (the taxi council closed the day before), how
# much is needed and funded (unknown: None), and by whom.
LED = (
    ("mobel", "Möbel och inredning", None, "2020-10-01", None, 50, 50, "regionen"),
    ("taxi", "Taxi", None, "2020-02-10", "2020-07-01", 20, None, None),
    ("tibro", None, "tibro", "2020-10-01", None, 10, 0, None),
)


async def tell(teller: Teller) -> None:
    """What the pilot's process leader is made to lead."""
    for name, industry, actor, day, end, needed, funded, funder in LED:
        await teller.invent(
            "leader-assignments", f"uppdrag-{name}", post_id=teller.id("processledare"),
            industry=industry, actor_id=actor and teller.id(actor), valid_from=day,
            valid_to=end, needed_percent=needed, funded_percent=funded,
            funder_actor_id=funder and teller.id(funder),
            source=f"{report('Processledning')}. {ASSUMED}",
        )  # fmt: skip
