"""make demo: what the report does not give is an example; a story that cannot be told ends it."""

import os
import subprocess
import sys
from pathlib import Path

from services.kit.postgres_cluster import free_port
from tests.journeys.running import house
from tests.journeys.telling import get

REFUSED = """
import runpy, sys
import operations.commands.demo as demo
from demo.teller import StoryStopped

async def tell(http):
    raise StoryStopped("exempel")

demo.tell, sys.argv = tell, ["operations", "demo"]
runpy.run_module("operations", run_name="__main__")
"""


def test_a_story_that_stops_ends_the_demo_and_says_why(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(free_port(0))}
    done = subprocess.run(
        [sys.executable, "-c", REFUSED],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "the story was not told to its end: exempel" in done.stderr
    assert "answers at" not in done.stdout


INVENTED = ("seats", "meetings", "needs", "decisions", "initiatives", "shortage-signals")


async def test_what_the_report_does_not_give_is_an_example(tmp_path: Path) -> None:
    with house(tmp_path, command="demo") as demo:
        async with demo.api(demo.key()) as api:
            (council,) = (await get(api, "/councils?kind=temporary_council"))["items"]
            about = {
                path: (await get(api, f"/{path}?council_id={council['id']}"))["items"]
                for path in INVENTED
            }
            (initiative,), (meeting,) = about["initiatives"], about["meetings"]
            for path, whose in (
                ("agenda-items", f"meeting_id={meeting['id']}"),
                ("outcomes", f"initiative_id={initiative['id']}"),
            ):
                about[path] = (await get(api, f"/{path}?{whose}"))["items"]
            (before,) = (await get(api, "/councils?phase=closed&kind=industry_council"))["items"]
            furniture = (await get(api, "/needs?q=produktionsinriktad"))["items"]
    told = {"councils": [council], **about}
    assert all(told.values())
    facts = [(path, one["id"]) for path, many in told.items() for one in many if not one["example"]]
    assert facts == []
    assert all("xempel" in one["source"] for many in told.values() for one in many)
    assert (before["example"], "antaget" in before["source"]) == (True, True)
    assert [(one["example"], "Slutrapport" in one["source"]) for one in furniture] == [
        (False, True)
    ]
