"""What the occupations of the demo are called, for as long as no classification is imported.

Facts of SSYK 2012 (Statistics Sweden, SCB: Standard för svensk yrkesklassificering). Nothing is
searched in them and no code is known to be none by them: that takes the classification.
"""

from collections.abc import Collection
from typing import Any

NAMES = {
    "8321": "Taxiförare m.fl.",
    "7522": "Fin-, inrednings- och möbelsnickare",
    "7521": "Manuella ytbehandlare, trä",
    "7523": "Maskinsnickare och maskinoperatörer, träindustri",
}


def known_by_heart(codes: Collection[str]) -> list[dict[str, Any]]:
    """Those of some occupations, in the order of their names."""
    called = sorted((name, code) for code, name in NAMES.items() if code in codes)
    return [{"code": code, "name": name, "words": []} for name, code in called]
