"""Relations in words: what two sides' marks say beside each other."""

from collections.abc import Sequence

MUCH = 2
Said = tuple[str, int | None]


def agreement(sides: Sequence[Said]) -> str:
    """What the newest marks of both sides, each with its name, say together."""
    told = [(name, mark) for name, mark in sides if mark is not None]
    if not told:
        return "Ingen av parterna har skattat relationen."
    if len(told) == 1:
        missing = next(name for name, mark in sides if mark is None)
        return (
            f"Bara {told[0][0]} har skattat relationen. Skattningen är inte ömsesidig förrän "
            f"{missing} också har gjort det."
        )
    (low, least), (high, most) = sorted(told, key=lambda one: one[1])
    if least == most:
        return f"Båda skattar relationen lika: {most} av 5."
    worth = " Skillnaden är så stor att den är värd ett samtal." if most - least >= MUCH else ""
    return f"{high} skattar relationen {most - least} steg högre än {low}.{worth}"
