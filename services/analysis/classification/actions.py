"""What can be done with classifications: codes are settled, so that all of them are known."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select, tuple_

from services.analysis.classification.rules import FILES, Codes, codes_in
from services.analysis.snapshot.files import read_sheet
from services.analysis.tables import CodeRow, CorrespondenceRow
from services.kit.http import Work
from services.kit.rows import Row
from services.kit.store import change_row, insert_rows, plain, table_of

CODE_KEY = ("system", "code")
CORRESPONDENCE_KEY = ("from_system", "from_code", "to_system", "to_code")
AT_ONCE = 1000
Key = tuple[Any, ...]


def known_files(folder: Path) -> list[Path]:
    """The files of a folder that are known by their names."""
    return [path for name in FILES if (path := folder / f"{name}.csv").is_file()]


def read_codes(path: Path, most: int) -> Codes:
    """What a file of codes tells. Rejected, TooLarge; blocks."""
    sheet = read_sheet(path, most)
    rows = ((number, dict(zip(sheet.names, cells, strict=True))) for number, cells in sheet.rows)
    return codes_in(FILES[path.stem], rows, set(sheet.names))


async def settle_codes(work: Work, found: Codes) -> Counter[str]:
    """Make what is new and change what is another; nothing is taken away."""
    done = await _settle(work, CodeRow, CODE_KEY, found.codes)
    return done + await _settle(work, CorrespondenceRow, CORRESPONDENCE_KEY, found.correspondences)


async def _settle(
    work: Work, row: type[Row], names: tuple[str, ...], drafts: Mapping[Any, BaseModel]
) -> Counter[str]:
    known = await _known(work, row, names, [*drafts])
    done: Counter[str] = Counter()
    new = [draft for key, draft in drafts.items() if key not in known]
    for start in range(0, len(new), AT_ONCE):
        await insert_rows(work.db, row, [*new[start : start + AT_ONCE]])
    done["new"] = len(new)
    for key, draft in drafts.items():
        if key in known:
            values = plain(draft)
            same = all(known[key][name] == value for name, value in values.items())
            done["same" if same else "changed"] += 1
            if not same:
                await change_row(work.db, row, known[key]["id"], **values)
    return done


async def _known(
    work: Work, row: type[Row], names: tuple[str, ...], keys: list[Key]
) -> dict[Key, Mapping[str, Any]]:
    """Those of the keys that there are."""
    table = table_of(row)
    found: dict[Key, Mapping[str, Any]] = {}
    columns = tuple_(*(table.c[name] for name in names))
    for start in range(0, len(keys), AT_ONCE):
        asked = select(table).where(columns.in_(keys[start : start + AT_ONCE]))
        for one in (await work.db.execute(asked)).mappings():
            found[tuple(one[name] for name in names)] = dict(one)
    return found
