"""Relations in words: what two sides' marks say beside each other, and what they do together."""

from collections.abc import Mapping, Sequence

from gateway.swedish import counted

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


def together(work: Mapping[str, int]) -> str:
    """What two actors do together beside where they meet; plainly where it is only meetings."""
    done, met = work["initiative_count"], work["meeting_count"]
    sat, sit = work["council_count"], work["present_council_count"]
    if not (done or met or sat):
        return "Inget gemensamt arbete, råd eller möte är antecknat."
    parts = [
        f"{done} initiativ{_of_them(done, work)}",
        f"{sat} råd{f' ({sit} nu)' if sit != sat else ''}",
        counted(met, "möte", "möten"),
    ]
    return f"{', '.join(parts)}. {_weighed(done, met)}".strip()


def _of_them(done: int, work: Mapping[str, int]) -> str:
    going, resulted = work["running_initiative_count"], work["outcome_initiative_count"]
    return f" ({going} pågår, {resulted} med resultat)" if done else ""


def _weighed(done: int, met: int) -> str:
    if not done:
        return f"De {'möts' if met else 'sitter i samma råd'}, men gör inget tillsammans än."
    return "Mötena är fler än det gemensamma arbetet." if met > done else ""
