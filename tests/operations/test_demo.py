"""make demo: a story that cannot be told ends it, with the reason."""

import os
import subprocess
import sys
from pathlib import Path

from services.kit.postgres_cluster import free_port

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
