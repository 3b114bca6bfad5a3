"""Schemathesis reads the document and sends what it says, and what it does not say.

FUZZ_SECONDS is how long each way of running is fuzzed; `make fuzz` takes minutes.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.wire.running import INSIDE, House

SECONDS = int(os.environ.get("FUZZ_SECONDS", "30"))
PHASES = os.environ.get("FUZZ_PHASES", "coverage,fuzzing")
# In one process; over the wire an eighth of it, for what differs there is how services answer.
CASES_LEAST = max(2000, 60 * SECONDS)
ROUNDS_MOST = 12  # a busy machine needs more than one, and each reads the document anew
# Not asked for: no document can say that a cursor or a reference must exist; blank text is taken as
# nothing, for forms; 428 is the right answer (RFC 6585) where If-Match is missing; and PUT to
# /councils/vacuum is PUT to /councils/{id} with an id that nothing has.
NOT_ASKED = (
    "positive_data_acceptance,negative_data_rejection,missing_required_header,unsupported_method"
)
COMMAND = (
    "run", "--phases", PHASES, "--exclude-checks", NOT_ASKED,
    "--continue-on-failure", "--generation-database", "none", "--warnings", "off", "--no-color",
    "--exclude-path", "/keys/rotate",
)  # fmt: skip


def test_fuzzed(running: House, tmp_path: Path) -> None:
    key = running.key(scopes="read,write,personal").text
    assert running.api().read("/openapi.json").is_success  # made when it is first asked for
    wanted, cases = CASES_LEAST if running.way == INSIDE else CASES_LEAST // 8, 0
    for _ in range(ROUNDS_MOST):
        seconds = max(15, round(SECONDS * 2 * (wanted - cases) / CASES_LEAST))
        cases += fuzzed(running.address, key, tmp_path, seconds=seconds)
        if cases >= wanted:
            return
    raise AssertionError(f"{cases} cases in {ROUNDS_MOST} rounds, {wanted} wanted")


def fuzzed(address: str, key: str, folder: Path, *, seconds: int) -> int:
    """One round of a new seed: every check holds; how many cases there were."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", *COMMAND),
            *("--max-time", str(seconds), "--header", f"Authorization: Bearer {key}"),
            f"{address}/api/v1/openapi.json",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds * 3 + 60,
        check=False,
    )
    cases = re.search(r"(\d+) generated", done.stdout)
    assert done.returncode == 0, done.stdout[-20_000:]
    assert cases is not None, done.stdout[-2_000:]
    return int(cases[1])
