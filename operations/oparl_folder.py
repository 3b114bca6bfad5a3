"""A folder of OParl objects, as cities publish them: read file by file, each wrong one named."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from operations.command import Failed
from services.kit.errors import FieldError

# An object by its number in the archive, and a place in it.
_PLACE = re.compile(r"\bobjects\.([0-9]+)\.?((?:[\w.:-]*\w)?)")
MARK = b"\xef\xbb\xbf"  # of byte order: some programs begin a file with it


@dataclass
class Folder:
    """What the files of a folder hold, where each object stands, and what is wrong."""

    objects: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def blame(self, error: FieldError) -> str:
        """An error at its file and field, as `meeting-7.json: agendaItem.2.name: …`."""
        named = _PLACE.fullmatch(error.field)
        at = f"{self.places[int(named[1])]}: {named[2]}" if named else error.field
        return f"{at}: {_PLACE.sub(self._file, error.message)}"

    def _file(self, named: re.Match[str]) -> str:
        """The file of another object that an error names by its number."""
        return f"{self.places[int(named[1])]}{named[2] and f' ({named[2]})'}"


def read_folder(folder: Path, most: int) -> Folder:
    """Every JSON file of a folder and those in it; links lead nowhere, others are passed over."""
    if not folder.is_dir():
        raise Failed(f"{folder.resolve()} is no folder")
    found = Folder()
    for path in _files(folder, found):
        name = _plain(path.relative_to(folder).as_posix())
        told = _content(path, most)
        if isinstance(told, str):
            found.wrong.append(f"{name}: {told}")
        else:
            _add(found, name, told)
    return found


def _files(folder: Path, found: Folder) -> Iterator[Path]:
    for here, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        links = [one for one in folders if Path(here, one).is_symlink()]
        found.passed_over["links"] += len(links)
        for path in (Path(here, one) for one in sorted(files)):
            if path.is_symlink():
                found.passed_over["links"] += 1
            elif path.suffix.lower() != ".json" or not path.is_file():
                found.passed_over["other files"] += 1
            else:
                yield path


def _content(path: Path, most: int) -> Any:
    """What a file holds, or in words why it cannot be read; a file of JSON holds no bare text."""
    try:
        if path.stat().st_size > most:
            return f"larger than {most} bytes (IMPORT_MOST_BYTES)"
        read = orjson.loads(path.read_bytes().removeprefix(MARK))
    except OSError as failure:
        return f"cannot be read: {failure.strerror}"
    except orjson.JSONDecodeError as failure:
        return f"is no JSON: {failure}"
    return read if isinstance(read, dict | list) else "an object, a page or a list is wanted"


def _add(found: Folder, name: str, told: dict[str, Any] | list[Any]) -> None:
    each: Iterable[tuple[str, Any]] = [(name, told)]
    if isinstance(told, list):
        each = ((f"{name}[{number}]", one) for number, one in enumerate(told))
    for place, one in each:
        if isinstance(one, dict):
            found.objects.append(one)
            found.places.append(place)
        else:
            found.wrong.append(f"{place}: an object of OParl is a JSON object")


def _plain(name: str) -> str:
    """A file's name as it can be shown: nothing in it moves the cursor."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)
