"""Who leads the processes: the report wants several leaders with means, and gives no shares."""

from demo.teller import Teller, report

PROPOSED = f"{report('Processledning')}. Vad processledaren ledde"
# What the post leads, from which day, how much is needed and funded (unknown: None), and by whom.
LED = (
    ("mobel", "Möbel och inredning", None, "2020-10-01", 50, 50, "regionen"),
    ("taxi", "Taxi", None, "2025-09-01", 20, None, None),
    ("tibro", None, "tibro", "2020-10-01", 10, 0, None),
)


async def tell(teller: Teller) -> None:
    """What the pilot's process leader is made to lead."""
    for name, industry, actor, day, needed, funded, funder in LED:
        await teller.invent(
            "leader-assignments", f"uppdrag-{name}", post_id=teller.id("processledare"),
            industry=industry, actor_id=actor and teller.id(actor), valid_from=day,
            needed_percent=needed, funded_percent=funded,
            funder_actor_id=funder and teller.id(funder),
            source=f"{PROPOSED}, från vilken dag och hur mycket tid det tog är antaget.",
        )  # fmt: skip
