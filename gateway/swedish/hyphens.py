"""Where a long word may be broken: ahead of what begins a syllable, as Swedish does."""

import re

LONG = re.compile(r"[^\W\d_]{12,}")
# Of three letters at least, with two more after; of an s that ends a part of a compound, nowhere.
PLACE = re.compile(
    r"(?<=[^\W\d_]{3})(?<![bdfgkpt](?=r))(?<![bfgkp](?=l))(?!(?<=[bcdfghjklmnpqrtvwxz])s)"
    r"(?=(?:[bdfgkpt]r|[bfgkp]l|[bcdfghjklmnpqrstvwxz])[aeiouyåäöé][^\W\d_]{2})",
    re.IGNORECASE,
)
SOFT = "\N{SOFT HYPHEN}"


def hyphenated(text: str) -> str:
    """A text whose long words a browser may break with a hyphen, also where it knows no Swedish."""
    return LONG.sub(lambda word: PLACE.sub(SOFT, word[0]), text)
