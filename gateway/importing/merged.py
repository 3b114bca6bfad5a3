"""Merged cells: one cell over several rows says the same of each of them.

Across columns nothing is filled: a title over a table is nothing that its rows say.
"""

import re
import zipfile
from typing import BinaryIO

MOST_FILLED = 1_000_000  # nobody merges more; a file that says so is no table
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


def merged_in(content: BinaryIO, path: str) -> list[tuple[int, int, int]]:
    """The cells that stand over several rows: their column, first row and last one, from 0."""
    with zipfile.ZipFile(content) as packed:
        found = _MERGED.findall(packed.read(path))
    spans = [(_place(column), int(first) - 1, int(last) - 1) for column, first, last in found]
    return [span for span in spans if span[2] > span[1]]


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def filled(lines: list[list[str]], spans: list[tuple[int, int, int]]) -> int:
    """Say in each row what a cell over it says, where the row says anything; how many cells did."""
    told = done = 0
    for column, first, last in spans:
        text = lines[first][column] if first < len(lines) and column < len(lines[first]) else ""
        below = lines[first + 1 : last + 1]
        done += len(below)
        if done > MOST_FILLED:
            break
        told += bool(text)
        for line in below:
            if text and any(line):
                line.extend([""] * (column + 1 - len(line)))
                line[column] = line[column] or text
    return told
