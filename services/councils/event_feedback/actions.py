"""What can be done with feedback."""

from sqlalchemy.dialects.postgresql import insert

from services.councils.contract.event_feedback import FeedbackByBrowser
from services.councils.event.queries import behind_address
from services.councils.event_feedback import rules
from services.councils.event_feedback.queries import FEEDBACK
from services.kit import clock
from services.kit.http import Work
from services.kit.rows import new_id


async def give(work: Work, address: str, given: FeedbackByBrowser) -> None:
    """What a browser's owner thinks now; it takes the place of what they thought before."""
    event = await behind_address(work.db, address)
    rules.demand_held(event)
    now = clock.now()
    said = given.model_dump(exclude={"browser"}) | {"updated_at": now}
    new = {"id": new_id(), "version": 1, "created_at": now, "event_id": event["id"]}
    new |= {"browser": bytes.fromhex(given.browser)}
    statement = insert(FEEDBACK).values(new | said)
    again = {**said, "version": FEEDBACK.c.version + 1}
    await work.db.execute(
        statement.on_conflict_do_update(constraint="uq_event_feedback_browser", set_=again)
    )
