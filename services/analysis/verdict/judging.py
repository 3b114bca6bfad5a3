"""Judging: the verdicts of any number of needs in one pass over what they are weighed against."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.arithmetic import Fact
from services.analysis.verdict.education import Education
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.rules import ALL_KNOWN, NEAR_TO_NONE, verdict
from services.analysis.verdict.sharing import Alike, alike


@dataclass(frozen=True)
class World:
    """All that verdicts rest on: education, open needs by occupation, the codes that are none."""

    education: Education
    rivals: Mapping[str, Sequence[Alike]] = field(default_factory=dict)
    unclassified: Unclassified = ALL_KNOWN
    reach: Reach = NEAR_TO_NONE


def world_of(
    programmes: Iterable[Fact],
    intakes: Iterable[Fact],
    open_needs: Iterable[Fact] = (),
    unclassified: Unclassified = ALL_KNOWN,
    reach: Reach = NEAR_TO_NONE,
) -> World:
    """The world of what was read: everything is looked through once, for all needs together."""
    named: dict[str, list[Fact]] = defaultdict(list)
    for need in open_needs:
        named[need["occupation_code"]].append(need)
    rivals = {code: alike(needs) for code, needs in named.items()}
    return World(Education(programmes, intakes), rivals, unclassified, reach)


def verdicts_of(
    needs: Iterable[Fact], world: World, horizons: Sequence[Horizon], today: date
) -> Iterator[list[dict[str, Any]]]:
    """The verdicts of each need, one a horizon."""
    for need in needs:
        rivals = world.rivals.get(need["occupation_code"], ())
        known = partial(verdict, rivals=rivals, unclassified=world.unclassified, reach=world.reach)
        yield [known(need, world.education, horizon, today) for horizon in horizons]
