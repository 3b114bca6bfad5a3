"""What a new edition of a template changed: points that came, went, were reworded or moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.clients.service import Found

Points = list[Found]


@dataclass(frozen=True)
class Changes:
    """Between two editions: each point as it is now, and as it was where it was reworded."""

    came: Points
    went: Points
    reworded: list[tuple[Found, Found]]
    moved: Points

    @property
    def any(self) -> bool:
        """Whether the points differ at all."""
        return bool(self.came or self.went or self.reworded or self.moved)

    @property
    def pairs(self) -> list[tuple[Found | None, Found | None]]:
        """Each point as it was and as it is; one that only moved stands on both sides."""
        came = [(None, one) for one in self.came]
        went = [(one, None) for one in self.went]
        words = {now["key"] for _, now in self.reworded}
        moved = [(one, one) for one in self.moved if one["key"] not in words]
        return [*came, *went, *self.reworded, *moved]


def before_of(editions: Sequence[Found], template: Found) -> Found | None:
    """The last edition before one, of all that there are."""
    earlier = [one for one in editions if one["edition"] < template["edition"]]
    return max(earlier, key=lambda one: int(one["edition"]), default=None)


def newest_of(editions: Sequence[Found]) -> Found | None:
    """The last edition that is published."""
    published = [one for one in editions if one["status"] == "published"]
    return max(published, key=lambda one: int(one["edition"]), default=None)


def changes_of(before: Found, after: Found, points: str = "items") -> Changes:
    """By the keys of the points, which an edition keeps from the one before it."""
    was = {point["key"]: point for point in before[points]}
    now = {point["key"]: point for point in after[points]}
    stays = [key for key in now if key in was]
    return Changes(
        came=[now[key] for key in now if key not in was],
        went=[was[key] for key in was if key not in now],
        reworded=[(was[key], now[key]) for key in stays if _words(was[key]) != _words(now[key])],
        moved=[now[key] for key in _out_of_order([key for key in was if key in now], stays)],
    )


def _words(point: Found) -> Found:
    """What a point says; what is empty is as if it were not there."""
    return {name: said for name, said in point.items() if said}


def _out_of_order(was: list[str], now: list[str]) -> list[str]:
    """As few as can be said to have moved: the others stand in their old order."""
    places = [was.index(key) for key in now]
    best: list[list[int]] = []
    for at, place in enumerate(places):
        chains = [chain for chain in best if places[chain[-1]] < place]
        best.append([*_longest(chains), at])
    kept = set(_longest(best))
    return [key for at, key in enumerate(now) if at not in kept]


def _longest(chains: list[list[int]]) -> list[int]:
    return max(chains, key=lambda one: len(one), default=[])  # noqa: PLW0108
