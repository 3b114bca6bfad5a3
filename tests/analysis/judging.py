"""A need's verdict on paper, from rows as they are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.judging import verdicts_of, world_of
from services.analysis.verdict.reach import Reach

Fact = dict[str, Any]


def verdict(
    need: Fact,
    programmes: Sequence[Fact],
    intakes: Sequence[Fact],
    horizon: Horizon,
    today: date,
    *,
    others: Sequence[Fact] = (),
    unclassified: Unclassified | None = None,
    reach: Reach | None = None,
) -> Fact:
    """One need's verdict for one horizon, among `others` that are open."""
    world = world_of(programmes, intakes, others, unclassified or Unclassified(), reach or Reach())
    ((found,),) = verdicts_of([need], world, (horizon,), today)
    return found
