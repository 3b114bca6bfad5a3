"""The real files that may lie beside the checkout; tests that need them are skipped without."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data"
needed = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of real statistics is not beside the checkout"
)
