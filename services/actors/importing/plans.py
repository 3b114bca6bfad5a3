"""Plans: what is to be made of which row of a file, and what was found on the way."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, field
from uuid import UUID

from services.actors.contract.importing import (
    MOST_TOLD,
    AlikeRow,
    ImportPreview,
    KnownRow,
    NamedActor,
    WrongField,
)
from services.actors.importing.rules import Alike, Known
from services.kit.bulk import Reading
from services.kit.errors import FieldError
from services.kit.rows import new_id
from services.kit.store import Record

Numbered = tuple[int, Record]
MOST_PLACES = 3


@dataclass
class Plan:
    """What is to be made of which row, and what was found on the way."""

    reading: Reading
    known: dict[int, Known] = field(default_factory=dict)
    namesakes: dict[int, Known] = field(default_factory=dict)
    workplaces: dict[UUID, dict[UUID, str]] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    alike: dict[int, Alike] = field(default_factory=dict)
    joined: dict[int, Alike] = field(default_factory=dict)
    made: dict[str, list[Numbered]] = field(default_factory=dict)
    new_providers: list[str] = field(default_factory=list)
    named: Counter[tuple[str, UUID, str]] = field(default_factory=Counter)

    def add(self, noun: str, row: int, values: Record) -> UUID:
        """One more thing; its id."""
        made: UUID = values.setdefault("id", new_id())
        self.made.setdefault(noun, []).append((row, values))
        return made

    def take_for(self, said: str | None, actor: Known) -> UUID:
        """One more row that names an actor of the register; the actor's id."""
        self.named[said or "", actor[0], actor[1]] += 1
        return actor[0]

    def tell(self, number: int, field: str, code: str, message: str) -> None:
        """One more thing that is wrong."""
        self.reading.wrong.add([(number, FieldError(field, code, message))])

    def wrong_in(self, fields: Container[str]) -> set[int]:
        """The rows with something wrong in some fields."""
        wrong = self.reading.wrong.told
        return {row for row, error in wrong if error.field.split(".")[0] in fields}

    def leave(self, rows: Iterable[int]) -> None:
        """Rows that are left out: nothing is wrong with them any more."""
        self.left |= set(rows)
        for kept in (self.reading.whole, self.reading.parts):
            for number in self.left & set(kept):
                del kept[number]
        self.reading.wrong.forget(self.left)

    def spare(self, rows: Iterable[int], fields: Container[str]) -> None:
        """Of a known row only some fields count: what else is wrong with it keeps nothing out."""
        reading = self.reading
        spared = (set(rows) & reading.parts.keys()) - self.wrong_in(fields)
        reading.whole |= {number: reading.parts.pop(number) for number in sorted(spared)}
        reading.wrong.forget(spared)

    def preview(self, row_count: int) -> ImportPreview:
        """The plan as it is told."""
        wrong = self.reading.wrong
        return ImportPreview(
            row_count=row_count,
            made_counts={noun: len(things) for noun, things in self.made.items()},
            new_providers=self.new_providers[:MOST_TOLD],
            named_count=len(self.named),
            named_actors=self._named(),
            left_count=len(self.left),
            known_count=len(self.known),
            known_rows=self._known(self.known),
            namesake_count=len(self.namesakes),
            namesake_rows=self._known(self.namesakes),
            alike_count=len(self.alike),
            alike_rows=_told(self.alike),
            joined_count=len(self.joined),
            joined_rows=_told(self.joined),
            error_count=wrong.count,
            errors=[WrongField(**asdict(error)) for error in wrong.errors],
        )

    def _named(self) -> list[NamedActor]:
        by_need = sorted(self.named.items(), key=lambda one: one[0][0] == one[0][2])
        return [
            NamedActor(said=said, id=id, name=name, row_count=count)
            for (said, id, name), count in by_need[:MOST_TOLD]  # noqa: A001
        ]

    def _known(self, rows: dict[int, Known]) -> list[KnownRow]:
        return [
            KnownRow(
                row=row,
                id=id,
                name=name,
                reason=reason,
                workplaces=list(self.workplaces.get(id, {}).values())[:MOST_PLACES],
            )
            for row, (id, name, reason) in sorted(rows.items())[:MOST_TOLD]  # noqa: A001
        ]


def _told(alike: dict[int, Alike]) -> list[AlikeRow]:
    first = sorted(alike.items())[:MOST_TOLD]
    return [AlikeRow(row=n, other_row=one[0], reason=one[1]) for n, one in first]
