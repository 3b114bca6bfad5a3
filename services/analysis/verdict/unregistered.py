"""Supply that nobody has registered: nothing, or nobody knows how much (docs/decisions/0015)."""

from collections.abc import Sequence
from datetime import date

from services.analysis.contract.verdict import Horizon, UnknownKind
from services.analysis.leaving.rules import closed_by
from services.analysis.verdict.arithmetic import ZERO, Balance, Fact, Interval, Line, unknown
from services.analysis.verdict.education import Education
from services.analysis.verdict.sharing import serves


def supply_of_none(
    need: Fact,
    education: Education,
    horizon: Horizon,
    balance: Balance,
    *,
    today: date,
) -> Interval:
    """Where no start counts: nothing if we know that there is none, else nobody knows how much."""
    leading = education.leading_to(need["occupation_code"])
    here = [one for one in leading if serves(one, need, balance.unclassified)]
    # Who is no more starts nothing, whether or not it has registered any start.
    staying = [one for one in leading if not closed_by(one.get("standings", ()), f"{today}")]
    lacking = _lacking(here, staying, education, horizon)
    text = "Ingen utbildning med start som blir klar under tiden är känd i registret."
    lacking = lacking or unknown(UnknownKind.no_programme, text, decisive=False)
    balance.unknowns.append(lacking)
    return Interval(ZERO, None if lacking["decisive"] else ZERO)


def _lacking(
    here: Sequence[Fact], staying: Sequence[Fact], education: Education, horizon: Horizon
) -> Line | None:
    """What the registry does not tell of supply; None where what it has is what there is."""
    ids = {one["id"] for one in here}
    elsewhere = [one for one in staying if one["id"] not in ids]
    asked = [one for one in staying if one["id"] in ids]
    silent = [one for one in asked if not education.starts_of(one)]
    if elsewhere:
        text = f"Utbildningar i andra kommuner kan räcka hit: {_named(elsewhere)}."
    elif not here:
        text = "Ingen utbildning till yrket är registrerad: vad som finns är inte känt."
    elif silent:
        text = f"Ingen start är registrerad av {_named(silent)}."
    elif horizon is Horizon.long:
        whose = f" av {_named(asked)}" if asked else ""
        text = f"Starter som blir klara under tiden är ännu inte registrerade{whose}."
    else:
        return None
    one_to_ask = asked[0] if len(asked) == 1 and not elsewhere else None
    return unknown(UnknownKind.no_programme, text, programme=one_to_ask)


def _named(programmes: Sequence[Fact]) -> str:
    return ", ".join(one["name"] for one in programmes)[:300]
