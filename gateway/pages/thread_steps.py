"""The red thread as steps on a page: one for each stage, done, missing or still ahead."""

from textwrap import shorten
from typing import Any

from gateway.shapes import Step

STAGES = {
    "interview": "Intervju",
    "gap": "Glapp",
    "need": "Behov",
    "actor": "Aktör",
    "council": "Råd",
    "decision": "Beslut",
    "initiative": "Initiativ",
    "outcome": "Resultat",
}
PATHS = {
    "interviews": "/intervjuer",
    "needs": "/behov",
    "actors": "/aktorer",
    "councils": "/branschrad",
    "decisions": "/beslut",
    "initiatives": "/initiativ",
}


def steps_of(thread: dict[str, Any] | None) -> list[Step]:
    """A thread's stages in order, each with the latest thing in it."""
    if thread is None:
        return []
    broken = {found["stage"] for found in thread["breaks"]}
    order = list(STAGES)
    passed = order[: order.index(thread["reached"]) if thread["reached"] in STAGES else None]
    return [
        _step(stage, text, thread["steps"], is_broken=stage in broken, is_passed=stage in passed)
        for stage, text in STAGES.items()
    ]


def _step(
    stage: str, text: str, steps: list[dict[str, Any]], *, is_broken: bool, is_passed: bool
) -> Step:
    found = [step for step in steps if step["stage"] == stage]
    if not found:
        return Step(text, state="missing" if is_broken else "none" if is_passed else "ahead")
    last = found[-1]
    thing, more = last["thing"], len(found) - 1
    name = shorten(thing["name"], 90, placeholder="…") + (f" och {more} till" if more else "")
    path = PATHS.get(thing["noun"])
    href = f"{path}/{thing['id']}" if path and thing["name"] else ""
    return Step(text, name, last["on"], href, "missing" if is_broken else "done")
