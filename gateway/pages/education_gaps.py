"""Gaps and overlaps: where several educate for the same, and what nobody here educates for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gateway.clients.service import Found
from gateway.swedish.places import is_elsewhere_too, places_of

# Why an occupation that open needs name is not met by education here, the worst first.
REASONS = ("none", "closed", "elsewhere", "unknown_place", "no_start", "distance", "one_form")


@dataclass(frozen=True)
class Reach:
    """Which municipalities people commute between: labour-market regions, or one area of ours."""

    own: frozenset[str]
    regions: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str) -> str:
        """What one municipality is within commuting distance of, by a name of its own."""
        region = self.regions.get(code)
        return region or ("own" if code in self.own else code)

    def around(self, code: str) -> Callable[[str], bool]:
        """Whether a municipality is in the area asked about: around one, or all of ours."""
        if code:
            return lambda other: other == code or self.of(other) == self.of(code)
        return lambda other: other in self.own or not self.own


class Commission(NamedTuple):
    """Who is to educate, and the relation that says so."""

    provider: Found
    relation: Found

    @property
    def place(self) -> str | None:
        """Where the provider is."""
        found: str | None = self.provider["municipality_code"]
        return found

    def lasts(self, day: str) -> bool:
        """Whether it says of a day for what forms."""
        begun, end = self.relation["valid_from"], self.relation["valid_to"]
        return bool(self.relation["forms"]) and begun <= day and (end is None or end > day)


class Overlap(NamedTuple):
    """Two or more who educate for an occupation in the same form and place.

    Where the occupation of any is not told, in a direction of SUN 2020.
    """

    occupation_code: str
    sun_code: str
    form: str
    municipality_codes: list[str]  # one, or several within commuting distance
    programmes: list[Found]


class SameMission(NamedTuple):
    """Two or more in a place who are commissioned to give the same form of education."""

    form: str
    municipality_codes: list[str]  # one, or several within commuting distance
    commissions: list[Commission]


class Gap(NamedTuple):
    """An occupation that open needs name, and why education here does not meet them."""

    occupation_code: str
    needs: int
    reason: str
    programmes: list[Found]  # those that there are, all the same
    forms: list[str]  # those that are given in the area


def going_on(programmes: Iterable[Found], closed: Container[str]) -> list[Found]:
    """Those whose provider is not among the closed ones: nobody begins what they had planned."""
    return [one for one in programmes if one["provider_actor_id"] not in closed]


def is_here(programme: Found, around: Callable[[str], bool]) -> bool:
    """Whether a programme is known to be followed in an area; at a distance it is everywhere."""
    return programme["delivery"] == "distance" or any(map(around, places_of(programme)))


def overlaps(
    programmes: Iterable[Found], reach: Reach, asked: Callable[[str], bool]
) -> list[Overlap]:
    """Those in one municipality, and those in several that people commute between."""
    alike: dict[tuple[str, str, str, str], list[Found]] = defaultdict(list)
    for (form, area), group in _by_place(programmes, reach).items():
        for one in group:
            for code, direction in _likened_by(one, asked):
                alike[code, direction, form, area].append(one)
    found = [
        Overlap(code, direction, form, sorted(_within(area, group, reach)), group)
        for (code, direction, form, area), group in alike.items()
        if _providers(group) > 1 and (code or not all(one["occupation_codes"] for one in group))
    ]
    return sorted(found, key=lambda one: (-_providers(one.programmes), one[:2]))


def _by_place(programmes: Iterable[Found], reach: Reach) -> dict[tuple[str, str], list[Found]]:
    """The programmes of each form within commuting distance of each other."""
    found: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in programmes:
        for area in {reach.of(place) for place in places_of(one)}:
            found[one["form"], area].append(one)
    return found


def _likened_by(programme: Found, asked: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The occupations asked for, and the direction: others may tell that alone."""
    yield from ((code, "") for code in filter(asked, programme["occupation_codes"]))
    if programme["sun_code"]:
        yield "", programme["sun_code"]


def apart(programmes: Iterable[Found], reach: Reach) -> int:
    """How many nobody can compare with some of another provider nearby in the same form: of one
    the occupation alone is known, and of the other the direction.
    """
    found: set[str] = set()
    for group in _by_place(programmes, reach).values():
        by_code = [one for one in group if one["occupation_codes"] and not one["sun_code"]]
        by_sun = [one for one in group if one["sun_code"] and not one["occupation_codes"]]
        found |= _beside(by_code, by_sun) | _beside(by_sun, by_code)
    return len(found)


def _beside(programmes: Iterable[Found], others: Iterable[Found]) -> set[str]:
    """Those of some programmes that others of another provider stand beside."""
    theirs = {one["provider_actor_id"] for one in others}
    return {one["id"] for one in programmes if theirs - {one["provider_actor_id"]}}


def same_missions(
    commissions: Iterable[Commission], reach: Reach, asked: Callable[[str], bool]
) -> list[SameMission]:
    """Those who are within commuting distance of each other and are to do the same."""
    alike: dict[tuple[str, str], list[Commission]] = defaultdict(list)
    for one in commissions:
        for form in filter(asked, one.relation["forms"]):
            if one.place:
                alike[form, reach.of(one.place)].append(one)
    found = [
        SameMission(form, sorted({one.place or "" for one in group}), group)
        for (form, _), group in alike.items()
        if len({one.provider["id"] for one in group}) > 1
    ]
    return sorted(found, key=lambda one: (-len(one.commissions), one.form))


def unlikened(programmes: Iterable[Found]) -> int:
    """How many cannot be compared with others: where they are, or what for, is not known."""
    return sum(
        not (places_of(one) and (one["occupation_codes"] or one["sun_code"])) for one in programmes
    )


def _within(area: str, programmes: Iterable[Found], reach: Reach) -> set[str]:
    """Where in an area some programmes are given."""
    return {place for one in programmes for place in places_of(one) if reach.of(place) == area}


def _providers(programmes: Iterable[Found]) -> int:
    return len({one["provider_actor_id"] for one in programmes})


def gaps(
    wanted: Counter[str],
    programmes: Sequence[Found],
    around: Callable[[str], bool],
    form: str = "",
    closed: Container[str] = (),
) -> list[Gap]:
    """What open needs ask for and education in an area lacks, the worst first.

    `closed`: providers that are no more.
    """
    by_code: dict[str, list[Found]] = defaultdict(list)
    for one in programmes:
        for code in one["occupation_codes"]:
            by_code[code].append(one)
    found = [
        Gap(code, needs, reason, by_code[code], _forms(by_code[code], around, closed))
        for code, needs in wanted.most_common()
        if (reason := _reason(by_code[code], around, form, closed))
    ]
    return sorted(found, key=lambda gap: (REASONS.index(gap.reason), -gap.needs))


def _forms(known: list[Found], around: Callable[[str], bool], closed: Container[str]) -> list[str]:
    return sorted({one["form"] for one in going_on(known, closed) if is_here(one, around)})


def _reason(
    known: list[Found], around: Callable[[str], bool], form: str, closed: Container[str]
) -> str:
    """Why some programmes of one occupation are not enough; empty where they are."""
    programmes = going_on(known, closed)
    if known and not programmes:
        return "closed"
    here = [one for one in programmes if is_here(one, around)]
    forms = _forms(known, around, closed)
    if not here:
        return _why_not_here(programmes)
    if not any(one["next_starts_on"] for one in here):
        return "no_start"
    if all(one["delivery"] == "distance" for one in here):
        return "distance"
    lacks = form not in forms if form else len(forms) == 1
    return "one_form" if lacks else ""


def _why_not_here(programmes: list[Found]) -> str:
    if not programmes:
        return "none"
    unknown = any(map(is_elsewhere_too, programmes))
    return "unknown_place" if unknown else "elsewhere"


def without_any(programmes: Iterable[Found], municipalities: Iterable[str]) -> list[str]:
    """The municipalities where no programme is known to be given."""
    given = {place for one in programmes for place in places_of(one)}
    return [code for code in municipalities if code not in given]


def of_unknown_place(programmes: Iterable[Found]) -> int:
    """How many may be given in any municipality, for all that is known."""
    return sum(one["delivery"] != "distance" and is_elsewhere_too(one) for one in programmes)
