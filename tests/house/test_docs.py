"""What the documents say is what there is."""

import re
from pathlib import Path

from operations.__main__ import wanted
from services.kit.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_every_setting_is_explained() -> None:
    settings = [name.upper() for name in Settings.model_fields]
    assert [name for name in settings if f"`{name}`" not in OPERATIONS] == []


def test_the_map_names_every_file_of_the_kit() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text()
    kit = architecture.split("## The kit")[1].split("\n## ")[0]
    there = {file.name for file in (ROOT / "services" / "kit").iterdir() if file.is_file()}
    named = re.findall(r"^\| `([a-z_]+\.[a-z]+)` \| .+ \|$", kit, re.MULTILINE)
    assert sorted(named) == sorted(there - {"__init__.py"})


def test_every_make_target_is_explained_and_every_explained_one_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert [name for name in targets if not re.search(rf"(make|\|) {name}\b", OPERATIONS)] == []
    named = set(re.findall(r"^make ([a-z-]+)", OPERATIONS, re.MULTILINE))
    assert named <= targets


def test_every_command_that_makefile_calls_exists() -> None:
    called = re.findall(r"-m operations ([a-z-]+)", (ROOT / "Makefile").read_text())
    commands = {name.replace("_", "-") for name in wanted([])}
    assert set(called) - {"demo"} <= commands
