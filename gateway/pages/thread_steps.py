"""The red thread as steps on a page: one for each stage, done, missing or still ahead."""

from collections.abc import Iterable
from textwrap import shorten

from gateway.clients.service import Found
from gateway.shapes import Step
from gateway.swedish import label, measured

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
WITHHELD = "Namnet visas inte för dig"
PROPOSED, STOPPED, WITHDRAWN = "proposed", "stopped", "withdrawn"
PATHS = {
    "interviews": "/intervjuer",
    "needs": "/behov",
    "actors": "/aktorer",
    "councils": "/branschrad",
    "decisions": "/beslut",
    "initiatives": "/initiativ",
    "outcomes": "/resultat",
}


def steps_of(thread: Found | None, outcomes: Iterable[Found] = ()) -> list[Step]:
    """A thread's stages in order, each with the latest thing in it and what that measured."""
    if thread is None:
        return []
    told = {one["id"]: measured(one) for one in outcomes}
    steps = [one | {"note": told.get(one["thing"]["id"], "")} for one in thread["steps"]]
    broken: dict[str, set[str]] = {}
    for found in thread["breaks"]:
        broken.setdefault(found["stage"], set()).add(found["kind"])
    order = list(STAGES)
    passed = order[: order.index(thread["reached"]) if thread["reached"] in STAGES else None]
    return [
        _step(stage, text, steps, broken.get(stage, set()), is_passed=stage in passed)
        for stage, text in STAGES.items()
    ]


def _step(stage: str, text: str, steps: list[Found], kinds: set[str], *, is_passed: bool) -> Step:
    found = [step for step in steps if step["stage"] == stage]
    if not found:
        return Step(text, state="missing" if kinds else "none" if is_passed else "ahead")
    living = [step for step in found if step["status"] != WITHDRAWN]
    last, waits = _telling(living or found)
    thing, more = last["thing"], len(found) - 1
    known = WITHHELD if thing["withheld"] else thing["name"] or ""
    name = shorten(known, 90, placeholder="…") + (f" och {more} till" if more else "")
    path = PATHS.get(thing["noun"])
    href = f"{path}/{thing['id']}" if path and thing["name"] else ""
    state = "ownerless" if kinds == {"ownerless"} else "missing" if kinds else "done"
    if waits:
        state = "missing" if kinds and last["status"] == STOPPED else "ahead"
    note = label(last["status"], "InitiativeStatus") if waits else last["note"]
    if not living:
        state, note = "missing" if kinds else "none", "Underlaget är återtaget"
    return Step(text, name, last["on"], href, state, note)


def _telling(found: list[Found]) -> tuple[Found, bool]:
    """The step that tells how far a stage has come, and whether nothing is carried out there.

    An initiative that is only proposed tells so where no other goes on or is done.
    """
    going = [step for step in found if step["status"] not in (PROPOSED, STOPPED)]
    if going:
        return going[-1], False
    return next((step for step in found if step["status"] == PROPOSED), found[-1]), True
