"""Intake lines: what one start adds to the supply, factor by factor, each with its source."""

from collections.abc import Sequence
from fractions import Fraction

from services.analysis.contract.verdict import BalanceSide, LineKind, UnknownKind
from services.analysis.leaving.rules import closed_by, left_by
from services.analysis.verdict.arithmetic import (
    ONE,
    ZERO,
    Balance,
    Fact,
    Interval,
    Line,
    Period,
    factor,
    line,
    product,
    said,
    unknown,
)
from services.analysis.verdict.duration import may_be_out_in, out_on
from services.analysis.verdict.sharing import Counted, is_sure_to_serve, places_of

REGISTRY = "Aktörsregistret"
ASSUMED = "Antaget: ingen har mätt det, mellan ingen och alla"
WHEN = "Antaget: ingen vet om eller när den startar, mellan ingen och alla"
LASTS = "Antaget: ingen vet hur länge den pågår, mellan ingen och alla"


def intake_line(
    programme: Fact,
    intake: Fact,
    earlier: Sequence[Fact],
    period: Period,
    balance: Balance,
    *,
    where: Sequence[Line],
) -> Counted:
    """Add the line of a start; answers how many it is a year. `where` is how sure its place is."""
    counted, factors = start_of(programme, intake, earlier, period, balance, where=where)
    label = _start(programme, intake)
    told, _ = line(BalanceSide.supply, LineKind.programme, label, factors, programme["id"])
    balance.lines.append(told)
    return counted


def start_of(
    programme: Fact,
    intake: Fact,
    earlier: Sequence[Fact],
    period: Period,
    balance: Balance,
    *,
    where: Sequence[Line],
) -> tuple[Counted, list[Line]]:
    """How many a start gives a year, and the factors of it; what is unknown is added."""
    before = len(balance.unknowns)
    seats = _seats(programme, intake, balance)
    completion = _measured(intake, earlier, "completed", "admitted", "Andel som slutför")
    entry = _measured(intake, earlier, "employed_after", "completed", "Andel som går in i yrket")
    for kind, share in ((UnknownKind.completion, completion), (UnknownKind.entry, entry)):
        if share["assumed"]:
            text = f"{_start(programme, intake)}: {share['name'].lower()} är okänd."
            balance.unknowns.append(unknown(kind, text, programme=programme))
    sure = (*where, *_when(programme, intake, balance))
    factors = [seats, *sure, completion, entry, _per_year(period)]
    amount = product(factors)
    for one in balance.unknowns[before:]:
        # Of places that are for nobody nothing comes, whoever would have completed.
        one["decisive"] = amount.low != amount.high
    known = all(one["low"] == one["high"] for one in factors)
    shares = (completion["low"], entry["low"]) if known else None
    return Counted(programme, intake, amount, shares), factors


def counted_in(period: Period, programme: Fact, starts: Sequence[Fact]) -> list[Counted]:
    """What each start of a programme that may be out in a time gives, wherever it is given."""
    return [
        start_of(programme, one, starts, period, Balance(), where=())[0]
        for one in starts
        if may_be_out_in(period, programme, one) and not never_begins(programme, one)
    ]


def never_begins(programme: Fact, intake: Fact) -> Fact | None:
    """The standing by which a start's provider is no more by its day; None where it may begin."""
    return (
        closed_by(programme.get("standings", ()), intake["starts_on"])
        if intake["starts_on"]
        else None
    )


def left_line(programme: Fact, intake: Fact, standing: Fact, balance: Balance) -> None:
    """Add the line of a start whose provider is no more by then: nobody, and why."""
    source = "Antaget: anordnaren är avslutad sedan "
    source += f"{said(standing['valid_from'])} och startar inget därefter"
    told = factor("Anordnaren är kvar", Interval(ZERO, ZERO), source, None, [intake["id"]])
    label, kind = _start(programme, intake), LineKind.programme
    nobody, _ = line(BalanceSide.supply, kind, label, [told | {"assumed": True}], programme["id"])
    balance.lines.append(nobody)


def placed(programme: Fact, need: Fact, balance: Balance) -> list[Line]:
    """Whether a programme is given where the need is: nothing to say where its place is known."""
    if is_sure_to_serve(programme, need, balance.unclassified):
        return []
    known, others = places_of(programme)
    lost = ", ".join(sorted(known & balance.unclassified.municipalities))
    text = f"{programme['name']}: kommunkoden {lost} finns inte i klassifikationen."
    if not known and not others:
        text = f"{programme['name']}: det är okänt i vilken kommun den ges."
    if others or len(known) > 1:
        text = f"{programme['name']}: ges i flera kommuner, och hur många av platserna som är där "
        text += "behovet är vet ingen."
    balance.unknowns.append(unknown(UnknownKind.municipality, text, programme=programme))
    assumed = "Antaget: ingen vet var utbildningen ges, mellan ingen och alla"
    return [factor("Ges där behovet är", Interval(ZERO, ONE), assumed) | {"assumed": True}]


def _when(programme: Fact, intake: Fact, balance: Balance) -> list[Line]:
    """Whether those who begin are out in time: nothing to say where the last day is known.

    Who has left the collaboration may give what it planned or not; one whose last day alone is
    known began before its provider left, or never.
    """
    began, ended = intake["starts_on"], intake["ends_on"]
    found = []
    if (began or ended) and left_by(programme.get("standings", ()), began or ended):
        name, asked = "Började i tid", "om den började innan anordnaren lämnade"
        if began:
            name, asked = "Startar ändå", "om den startar, för anordnaren har lämnat samverkan"
        found.append(_unsure(programme, intake, balance, name=name, asked=asked, source=WHEN))
    if not ended:
        found.append(_ending(programme, intake, balance))
    return found


def _ending(programme: Fact, intake: Fact, balance: Balance) -> Line:
    """When a start without a last day is over: by its programme's weeks, or nobody knows."""
    name, asked = "Blir klar under tiden", "om den blir klar under tiden"
    if not intake["starts_on"]:
        return _unsure(programme, intake, balance, name=name, asked=asked, source=WHEN)
    day, weeks = out_on(programme, intake), programme.get("weeks")
    if day is None:
        asked += ", för varken dess sista dag eller utbildningens längd är angiven"
        return _unsure(programme, intake, balance, name=name, asked=asked, source=LASTS)
    lasts = f"{weeks} veckor" if weeks != 1 else "1 vecka"
    source = f"Antaget: utbildningens längd, {lasts} från starten, för ingen sista dag är angiven"
    told = factor(f"Blir klar {said(day)}", Interval(ONE, ONE), source, None, [intake["id"]])
    return told | {"assumed": True}


def _unsure(
    programme: Fact, intake: Fact, balance: Balance, *, name: str, asked: str, source: str
) -> Line:
    """None at least and all at most, and the unknown that says why."""
    text = f"{_start(programme, intake)}: det är okänt {asked}."
    balance.unknowns.append(unknown(UnknownKind.start, text, programme=programme))
    told = factor(name, Interval(ZERO, ONE), source, None, [intake["id"]])
    return told | {"assumed": True}


def _start(programme: Fact, intake: Fact) -> str:
    number = intake.get("round")  # what was kept before rounds were has none
    order = f" (omgång {number})" if number else ""
    day = said(intake["starts_on"]) if intake["starts_on"] else "okänd"
    return f"{programme['name']}, start {day}{order}"


def _seats(programme: Fact, intake: Fact, balance: Balance) -> Line:
    """How many begin: those who were admitted; the seats as long as nobody knows."""
    seats, admitted = intake["seats"], intake["admitted"]
    name, unit = "Platser", "platser"
    if admitted is not None:
        name, unit = f"Antagna till {seats} platser" if seats else "Antagna", "personer"
    amount = Interval(ZERO, None)
    known = seats if admitted is None else admitted
    if known is None:
        text = f"{_start(programme, intake)}: antalet platser är okänt."
        balance.unknowns.append(unknown(UnknownKind.seats, text, programme=programme))
    else:
        amount = Interval(Fraction(known), Fraction(known))
    return factor(name, amount, intake["source"] or REGISTRY, unit, [intake["id"]])


def _measured(intake: Fact, earlier: Sequence[Fact], part: str, whole: str, name: str) -> Line:
    """A share as this intake or earlier ones of its programme had it; else from none to all."""
    own = [one for one in (intake, *earlier) if one[part] is not None and one[whole]]
    if not own:
        return factor(name, Interval(ZERO, ONE), ASSUMED) | {"assumed": True}
    chosen = own[:1] if own[0]["id"] == intake["id"] else own
    parts, wholes = (sum(one[key] for one in chosen) for key in (part, whole))
    share = Fraction(parts, wholes)
    ids = list(dict.fromkeys(one["id"] for one in chosen))
    return factor(name, Interval(share, share), f"{REGISTRY}: {parts} av {wholes}", None, ids)


def _per_year(period: Period) -> Line:
    share = ONE / period.years
    text = "Periodens längd: räknat per år"
    return factor("Per år", Interval(share, share), text)
