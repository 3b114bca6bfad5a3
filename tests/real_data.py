"""Real data: public files that are too large for the repository; tests without them are skipped.

PUBLIC_DATA names their folder; else it is looked for beside the repository.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("PUBLIC_DATA") or Path(__file__).parents[2] / "shared" / "data")


def real_file(name: str) -> Path:
    """A public file; the test is skipped where it is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not here; PUBLIC_DATA names the folder of public files")
    return path
