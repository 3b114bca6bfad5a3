"""Who types no marks finds what has them, after what is written so; who types them means them."""

from urllib.parse import quote

import pytest

from services.kit import clock
from tests.callers import Signed

NAMES = (
    "Exempelskövde kommun", "Möbelriket i Exempel AB", "Exempel Såg AB", "Åsarps sågverk",
    "Exempelmobel AB", "Exempelkafé i Jönköping",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("exempelskovde", [0]), ("skovde", [0]), ("mobel", [4, 1]), ("möbel", [1]),
        ("Mobelriket", [1]), ("exempel mobel", [4, 1]), ("asarp sagverken", [3]), ("sag", [2, 3]),
        ("såg", [2, 3]), ("kafe jonkoping", [5]), ("Jönköping", [5]), ("plåt", []), ("%", []),
        ("mobel plat", []), ("möbler", []), ("mobelriken", [1]),
    ],
)  # fmt: skip
async def test_who_types_no_marks_finds_what_has_them(
    actors: Signed, asked: str, found: list[int]
) -> None:
    for name in NAMES:
        await actors.made("/actors", {"name": name, "kind": "company"})
    for more in ("", f"&known_at={quote(clock.now().isoformat())}"):
        answer = (await actors.get(f"/actors?q={quote(asked)}&count=true{more}")).json()
        assert [NAMES.index(one["name"]) for one in answer["items"]] == found
        assert answer["count"] == len(found)


async def test_what_is_written_so_comes_first_and_a_page_goes_on_where_it_ended(
    actors: Signed,
) -> None:
    for name in ("Mölnexempel", "Ab molnexempel", "Exempelåmolnexempel", "Zmolnexempel"):
        await actors.made("/actors", {"name": name, "kind": "company"})
    path, names = "/actors?q=molnexempel&limit=1", []
    while path:
        answer = (await actors.get(path)).json()
        names += [one["name"] for one in answer["items"]]
        path = answer["next"]
    assert names == ["Ab molnexempel", "Exempelåmolnexempel", "Zmolnexempel", "Mölnexempel"]
