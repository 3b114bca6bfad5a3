"""The red thread as steps on a page: one for each stage, done, missing or still ahead."""

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
    return [_step(stage, text, thread["steps"], stage in broken) for stage, text in STAGES.items()]


def _step(stage: str, text: str, steps: list[dict[str, Any]], is_broken: bool) -> Step:
    found = [step for step in steps if step["stage"] == stage]
    if not found:
        return Step(text, state="missing" if is_broken else "ahead")
    last = found[-1]
    thing, more = last["thing"], len(found) - 1
    name = thing["name"][:90] + (f" och {more} till" if more else "")
    path = PATHS.get(thing["noun"])
    href = f"{path}/{thing['id']}" if path and thing["name"] else ""
    return Step(text, name, last["on"], href, "missing" if is_broken else "done")
