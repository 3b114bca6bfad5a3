"""Odd cells on the pages: whatever stands in whichever column, each bad cell is told once."""

import csv
from collections import Counter
from datetime import date
from typing import Any

import pytest

from gateway.importing.headings import TARGETS
from services.actors.contract.importing import ImportNoun
from tests.gateway.test_import_pages import followed, sent, workbook
from tests.gateway.whole import Whole

ODD: list[Any] = [
    *("#N/A", "#SAKNAS!", "###", "=A1", "=OKÄND(1)", "#REF!", "-", "?", "okänt", "50%", "50 %"),
    *(0, -1, 0.5, 1.5, 10**12, True, date(2027, 8, 16), date(1850, 1, 1), "2027-02-30", "HT 2027"),
    *("flera", "a; b; c", ";;", "''", '"', "<b>", "\u00a0", "\u200b", "å" * 300, "1/0", "nan"),
    *("00", "1472", "9999", "sv och xx", "ja", "0,5", "1e3", "ca 20", "--", "../..", "% s"),
]
PLAIN = {
    ImportNoun.actor: {"Namn": "Exempel {n}", "Typ": "Företag"},
    ImportNoun.person: {"Namn": "Exempelperson {n}"},
    ImportNoun.programme: {
        "Namn": "Exempelutbildning {n}",
        "Anordnare": "Exempelskola {n}",
        "Form": "Yrkeshögskola",
    },
}


def _table(noun: ImportNoun) -> list[list[Any]]:
    """A row for each column and odd value, and beside it what a row must have."""
    heads = [one.label for one in TARGETS[noun]]
    first = {"provider_name": "Anordnare", "name": "Namn", "form": "Form", "kind": "Typ"}
    needed = {
        one.label: PLAIN[noun][first[one.field]]
        for one in TARGETS[noun]
        if first.get(one.field) in PLAIN[noun]
    }
    rows = []
    for label in heads:
        for odd in ODD:
            plain = {name: text.format(n=len(rows)) for name, text in needed.items()}
            rows.append([(plain | {label: odd}).get(one, "") for one in heads])
    return [heads, *rows]


@pytest.mark.parametrize("noun", ImportNoun)
async def test_every_odd_value_in_every_column_is_told_at_most_once(
    whole: Whole, noun: ImportNoun
) -> None:
    browser = await whole.browser("process_leader")
    rows = _table(noun)
    place, columns = await followed(browser, await sent(browser, "o.xlsx", workbook(*rows), noun))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    assert shown.status == 200, shown.text()
    answer = await browser.http.get(f"{check}/fel.csv")
    assert answer.status_code == 200
    told = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    cells = Counter((one["Rad"], one["Kolumn"]) for one in told)
    assert told
    assert {cell: count for cell, count in cells.items() if count > 1} == {}
    for one in told:
        assert one["Kolumn"] in rows[0], one
        assert one["Fel"], one
    shown_at = {(one["Rad"], one["Kolumn"]) for one in told if one["Värde"]}
    for row, line in enumerate(rows[1:], 2):
        for label, cell in zip(rows[0], line, strict=True):
            if cell in {"#N/A", "###", "=A1"}:
                assert (str(row), label) in shown_at
