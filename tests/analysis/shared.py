"""The real files that may lie beside the checkout; tests that need them are skipped without."""

import pytest

from tests.real_data import FOLDER

needed = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of real statistics is not beside the checkout"
)
