"""Real data: public files that are too large for the repository; tests without them are skipped.

PUBLIC_DATA names their folder; else it is looked for beside the repository.
"""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2] / "shared"
FOLDER = Path(os.environ.get("PUBLIC_DATA") or BESIDE / "data")
REPORT = BESIDE / "report" / "slutrapport.txt"


def real_file(name: str) -> Path:
    """A public file; the test is skipped where it is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not here; PUBLIC_DATA names the folder of public files")
    return path


def final_report() -> str:
    """The words of the project's published final report; skipped where they are not there."""
    if not REPORT.is_file():
        pytest.skip(f"{REPORT.name} is not here; it is looked for beside the repository")
    return REPORT.read_text()
