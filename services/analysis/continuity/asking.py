"""Asking: whose turnover is asked for, in which order, and how its rows are shown."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import Field

from services.analysis.continuity.queries import Told
from services.analysis.continuity.turnover import Held, Whose, Year, mean, rate, ratio
from services.analysis.contract.continuity import TurnoverNoun, TurnoverSort
from services.kit.asking import Asking, Window
from services.kit.contract import Day, MunicipalityCode
from services.kit.errors import Malformed

Shown = dict[str, Any]
Place = tuple[Whose, int]


class UpToAsking(Asking):
    """Up to which day something is asked."""

    as_of: Day | None = Field(None, description="As it was on this day; left out: today")

    def day(self, today: date) -> date:
        """The day. Malformed for one to come, of which nobody knows anything."""
        if self.as_of is not None and self.as_of > today:
            raise Malformed("that day has not come", field="as_of", reason="in_the_future")
        return self.as_of or today


class TurnoverAsking(UpToAsking, Window):
    """Which turnover is asked for."""

    noun: tuple[TurnoverNoun, ...] = Field((), description="Only of these; left out: both")
    year: tuple[int, ...] = Field((), description="Only this year; repeated: any of them")
    actor_id: tuple[UUID, ...] = Field(
        (), description="Only of this actor, or of what it lives on as; repeated: any of them"
    )
    council_id: tuple[UUID, ...] = Field(
        (), description="Only of this council; repeated: any of them"
    )
    municipality_code: tuple[MunicipalityCode, ...] = Field(
        (),
        description="Only of actors in this municipality, and of councils where one of them has "
        "had a seat; repeated: any of them",
    )
    sort: TurnoverSort = Field(
        "-year", description="The order; a minus turns it. Rows of no rate come last"
    )


@dataclass(frozen=True)
class Selection:
    """What was asked for of all that is told, as far as the caller may know of it."""

    told: Told
    councils: Collection[str]

    def asked_for(self, asked: TurnoverAsking) -> tuple[list[Place], list[Shown]]:
        """The rows asked for in their order, and all of them together in every year."""
        fitting = self._fitting(asked)
        found = [one for one in self.told.order if one[0] in fitting]
        chosen = [one for one in found if not asked.year or one[1] in asked.year]
        return self._in_order(chosen, asked.sort), self._together(found)

    def _fitting(self, asked: TurnoverAsking) -> set[Whose]:
        heirs, places = self.told.heirs, set(asked.municipality_code)
        actors = {heirs.get(str(one), str(one)) for one in asked.actor_id}
        councils = {str(one) for one in asked.council_id}

        def fits(whose: Whose) -> bool:
            return (
                (whose.noun == TurnoverNoun.actor or whose.id in self.councils)
                and (not asked.noun or whose.noun in asked.noun)
                and (not actors or whose.id in actors)
                and (not councils or whose.id in councils)
                and (not places or bool(places & self.told.places.get(whose, set())))
            )

        return set(filter(fits, self.told.named))

    def _in_order(self, found: list[Place], sort: str) -> list[Place]:
        """The latest year first and by name, where the order itself does not tell."""
        value = self._by(sort.removeprefix("-"))
        known = [one for one in found if value(one) is not None]
        known.sort(key=value, reverse=sort.startswith("-"))
        return known + [one for one in found if value(one) is None]

    def _by(self, name: str) -> Callable[[Place], Any]:
        years, day, ranks = self.told.years, self.told.day, self.told.ranks
        return {
            "name": lambda one: ranks[one[0]],
            "year": lambda one: one[1],
            "ended": lambda one: years[one].all.ended,
            "rate": lambda one: ratio(years[one].all, one[1], day),
            "key_rate": lambda one: ratio(years[one].key, one[1], day),
        }[name]

    def rows(self, places: Iterable[Place]) -> list[Shown]:
        """Some rows as the contract shows them."""
        return [self._row(*one) for one in places]

    def _row(self, whose: Whose, year: int) -> Shown:
        named, counted = self.told.named[whose], self.told.years[whose, year]
        of_actor = whose.noun == TurnoverNoun.actor
        return _year(whose.noun, year, counted, self.told.day) | {
            "actor_id": whose.id if of_actor else None,
            "council_id": None if of_actor else whose.id,
            "name": named.name,
            "municipality_code": named.municipality_code,
            "example": named.example or counted.example,
        }

    def _together(self, places: Iterable[Place]) -> list[Shown]:
        found: dict[tuple[str, int], Year] = defaultdict(Year)
        for whose, year in places:
            found[whose.noun, year].add(self.told.years[whose, year])
        return [_year(*one, found[one], self.told.day) for one in sorted(found)]


def _year(noun: str, year: int, counted: Year, day: date) -> Shown:
    return {
        "noun": noun,
        "year": year,
        "complete": day.year > year,
        **_held(counted.all, year, day),
        **_held(counted.key, year, day, "key_"),
    }


def _held(held: Held, year: int, day: date, before: str = "") -> dict[str, int | Decimal | None]:
    return {
        f"{before}ended": held.ended,
        f"{before}began": held.began,
        f"{before}held_mean": mean(held, year, day),
        f"{before}rate": rate(held, year, day),
    }
