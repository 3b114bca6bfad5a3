"""Places: where a programme is given, as a person reads it. What is unknown stays so."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.swedish.municipalities import municipality


def listed(words: Iterable[Any]) -> str:
    """Skara, Hjo och Tibro."""
    found = [str(word) for word in words]
    if len(found) < 2:  # noqa: PLR2004
        return "".join(found)
    return f"{', '.join(found[:-1])} och {found[-1]}"


def places_of(programme: Mapping[str, Any]) -> list[str]:
    """The municipalities that it is known to be given in."""
    one = programme["municipality_code"]
    return [one] if one else list(programme["municipality_codes"])


def is_elsewhere_too(programme: Mapping[str, Any]) -> bool:
    """Whether it is given in more than those: in others, or nobody knows where."""
    known = places_of(programme)
    return not known or (programme["municipality_count"] or 0) > len(known)


def given_in(programme: Mapping[str, Any], called: Mapping[str, str], unknown: str) -> str:
    """Skövde och Tibro; Skövde och 2 kommuner till, okänt vilka; 4 kommuner, okänt vilka."""
    known, count = places_of(programme), programme["municipality_count"] or 0
    names = [called.get(code, municipality(code)) for code in known]
    if not names:
        return f"{count} kommuner, okänt vilka" if count else unknown
    if count <= len(names):
        return listed(names)
    more = count - len(names)
    return (
        f"{', '.join(names)} och {more} {'kommun' if more == 1 else 'kommuner'} till, okänt vilka"
    )
