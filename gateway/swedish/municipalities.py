"""Municipalities of Sweden by their codes, for those that are not the house's own.

Source: SCB, Län och kommuner i kodnummerordning; 290 codes and names, which are public facts. What
a house calls its own, or imports as a classification, goes before them.
"""

from pathlib import Path

_LINES = Path(__file__).with_name("municipalities.txt").read_text(encoding="utf-8").splitlines()
MUNICIPALITIES = dict(line.split(" ", 1) for line in _LINES)


def municipality(code: str) -> str:
    """What a municipality is called; its code where there is no such one."""
    return MUNICIPALITIES.get(code, f"Kommunkod {code}")
