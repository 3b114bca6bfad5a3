"""What can be done with feedback."""

from services.councils.contract.event_feedback import FeedbackByBrowser
from services.councils.event.queries import behind_address
from services.councils.event_feedback import rules
from services.councils.event_feedback.queries import is_told, said_before
from services.councils.tables.event import EventFeedbackRow
from services.kit.http import Work
from services.kit.store import change_row, insert_row


async def give(work: Work, address: str, given: FeedbackByBrowser) -> None:
    """What a browser's owner thinks now; it takes the place of what they thought before.

    The event is locked: answers stand in the order in which they are told of, five at a time.
    """
    event = await behind_address(work.db, address, lock=True)
    rules.demand_held(event)
    browser = bytes.fromhex(given.browser)
    said = given.model_dump(exclude={"browser"})
    before = await said_before(work.db, event["id"], browser)
    if before is None:
        values = said | {"event_id": event["id"], "browser": browser}
        await insert_row(work.db, EventFeedbackRow, values)
    elif any(before[name] != value for name, value in said.items()):
        rules.demand_untold(told=await is_told(work.db, event["id"], before["id"]))
        await change_row(work.db, EventFeedbackRow, before["id"], **said)
