"""The red thread as steps on a page."""

from typing import Any

from gateway.shapes import Step
from gateway.swedish import label


def steps_of(thread: dict[str, Any] | None) -> list[Step]:
    """The thread's links in order, as the thread diagram takes them."""
    if thread is None:
        return []
    return [
        Step(
            label(link["kind"], "ThreadKind"),
            link.get("label") or "",
            link.get("on"),
            state=link.get("state", "done"),
        )
        for link in thread["links"]
    ]
