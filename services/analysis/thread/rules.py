"""Rules of the red thread: what a need's thread holds, and where it is broken."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.analysis.contract.thread import BreakKind, ThreadStage

Fact = Mapping[str, Any]
MET = "met"
OPEN = ("identified", "prioritised", "being_met")
WATCHED = (*OPEN, MET)
# An interview is one source among several; a need with none of them came from nowhere.
SOURCES = ("answer_ids", "meeting_ids", "figures", "source")
# A decision at such a point asks for no measure of its own.
ASKS_NOTHING = frozenset({"follow_up"})
# The day that a need, a decision or an initiative is from.
BEGINS = ("identified_on", "decided_on", "started_on")
UNDER_WAY = frozenset({"decided", "running"})
# One that is only proposed carries nothing out, and nothing is expected of it yet.
CARRIES_OUT = UNDER_WAY | {"done"}
STOPPED = "stopped"
OVER = frozenset({"done", STOPPED})


@dataclass(frozen=True)
class Facts:
    """Everything known about one need, as the other services said it."""

    need: Fact
    interviews: Sequence[Fact] = ()
    answers: Sequence[Fact] = ()
    council: Fact | None = None
    decisions: Sequence[Fact] = ()
    initiatives: Sequence[Fact] = ()
    outcomes: Sequence[Fact] = ()
    holdings: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    left: Mapping[str, date] = field(default_factory=dict)
    item_kinds: Mapping[str, str] = field(default_factory=dict)
    replaced: Collection[str] = ()
    again: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """A break: what is missing, at which stage, on what, and since when.

    `example` where what tells since when is invented.
    """

    kind: BreakKind
    stage: ThreadStage
    thing: Fact
    noun: str
    since: date
    example: bool = False


@dataclass(frozen=True)
class Link:
    """One thing on the thread."""

    stage: ThreadStage
    thing: Fact
    noun: str
    on: date | None
    follows: tuple[str, ...] = ()


def _is_example(thing: Fact | None) -> bool:
    return thing is not None and bool(thing["example"])


def day_of(text: str | None) -> date | None:
    """The date in a date or moment as JSON has it."""
    return date.fromisoformat(text[:10]) if text else None


def _since(*texts: str | None) -> date:
    return next(found for found in map(day_of, texts) if found)


def links(facts: Facts) -> list[Link]:
    """The thread in order of stage, and of day within a stage."""
    return sorted(_links(facts), key=lambda one: (ORDER[one.stage], one.on or date.min))


ORDER = {stage: place for place, stage in enumerate(ThreadStage)}


def _links(facts: Facts) -> Iterator[Link]:
    need = facts.need
    for interview in facts.interviews:
        held = day_of(interview["held_on"])
        yield Link(ThreadStage.interview, interview, "interviews", held)
    held_on = {one["id"]: day_of(one["held_on"]) for one in facts.interviews}
    for answer in facts.answers:
        told = (answer["interview_id"],)
        said = held_on.get(answer["interview_id"]) or day_of(answer["created_at"])
        yield Link(ThreadStage.gap, answer, "answers", said, told)
    sources = tuple(answer["id"] for answer in facts.answers)
    yield Link(ThreadStage.need, need, "needs", _begun(need), sources)
    if facts.council is not None:
        start = day_of(facts.council.get("starts_on"))
        yield Link(ThreadStage.council, facts.council, "councils", start, (need["id"],))
    for actor_id in actors_of(facts):
        yield Link(ThreadStage.actor, {"id": actor_id}, "actors", None, (need["id"],))
    for decision in facts.decisions:
        on = day_of(decision["decided_on"])
        yield Link(ThreadStage.decision, decision, "decisions", on, (need["id"],))
    for initiative in facts.initiatives:
        on = day_of(initiative.get("started_on") or initiative.get("starts_on"))
        source = initiative.get("decision_id") or need["id"]
        yield Link(ThreadStage.initiative, initiative, "initiatives", on, (source,))
    for outcome in facts.outcomes:
        on = day_of(outcome["happened_on"])
        yield Link(ThreadStage.outcome, outcome, "outcomes", on, (outcome["initiative_id"],))


def actors_of(facts: Facts) -> list[str]:
    """The actors that carry the need: who leads its council and its initiatives."""
    leading = facts.council["leader_actor_ids"] if facts.council else []
    found = [*leading, *(actor for one in facts.initiatives for actor in _led_by(one))]
    return list(dict.fromkeys(found))


def _led_by(initiative: Fact) -> list[str]:
    together = [one["actor_id"] for one in initiative["partners"] if one.get("leads")]
    return [initiative["lead_actor_id"], *together]


def breaks(facts: Facts, today: date) -> list[Broken]:
    """Every place where a need's thread stops.

    A need that is met must still be able to show its chain; one that was dropped, or that others
    live on instead of, waits for nothing.
    """
    if facts.need["status"] not in WATCHED:
        return []
    return [*_unlinked(facts), *_unfinished(facts, today), *_ownerless(facts, today)]


def _sources(facts: Facts) -> Iterator[Any]:
    """What a need came from; what was taken back with a consent is no source any more."""
    gone = {one["id"] for one in facts.answers if one.get("withdrawn")}
    for source in SOURCES:
        told = facts.need[source]
        yield [one for one in told if one not in gone] if source == "answer_ids" else told


def _unlinked(facts: Facts) -> Iterator[Broken]:
    need = facts.need
    since = _begun(need)
    if not any(_sources(facts)):
        yield Broken(BreakKind.no_source, ThreadStage.interview, need, "needs", since)
    alone = _without_council_since(facts)
    if alone is not None:
        kind, stage = BreakKind.no_council, ThreadStage.council
        yield Broken(kind, stage, need, "needs", max(alone, since), _is_example(facts.council))
    uncarried = _without_actor_since(facts)
    if uncarried is not None:
        yield Broken(BreakKind.no_actor, ThreadStage.actor, need, "needs", max(uncarried, since))
    standing = [one for one in facts.decisions if one["id"] not in facts.replaced]
    if not standing:
        yield Broken(BreakKind.no_decision, ThreadStage.decision, need, "needs", since)
    for decision in _not_followed(facts, standing):
        kind, stage = BreakKind.decision_without_initiative, ThreadStage.initiative
        yield Broken(kind, stage, decision, "decisions", _since(decision["decided_on"]))


def _without_council_since(facts: Facts) -> date | None:
    """Since when no council works on the need; one that closed when it was met did its work."""
    need, council = facts.need, facts.council
    if council is None:
        return _begun(need)
    return day_of(council["closed_on"]) if need["status"] != MET else None


def _without_actor_since(facts: Facts) -> date | None:
    """Since when nobody carries the need; None while somebody does.

    Who leads an open council or an initiative that is not stopped does, until it leaves. Of a need
    that is met they have done so.
    """
    met, ends = facts.need["status"] == MET, []
    for actors, over in _carrying(facts):
        for actor in actors:
            end = over or (None if met else facts.left.get(actor))
            if end is None:
                return None
            ends.append(end)
    return max(ends, default=_begun(facts.need))


def _carrying(facts: Facts) -> Iterator[tuple[list[str], date | None]]:
    """Who leads what the need has, and since when that is over without having been done."""
    if facts.council is not None:
        yield facts.council["leader_actor_ids"], _without_council_since(facts)
    for initiative in facts.initiatives:
        stopped = initiative["status"] == STOPPED
        over = _since(initiative["closed_on"], initiative["updated_at"]) if stopped else None
        yield _led_by(initiative), over


def _not_followed(facts: Facts, standing: Sequence[Fact]) -> list[Fact]:
    """The decisions that ask for an initiative and have none that is decided, goes on or is done.

    What corrects a decision is followed by its initiatives too. Where no decision asks for one
    and nothing is done, the last one is where it stopped.
    """
    living = [one for one in facts.initiatives if one["status"] in CARRIES_OUT]
    followed = {one["decision_id"] for one in living}
    asking = [one for one in standing if _asks(facts, one)]
    if asking:
        return [one for one in asking if followed.isdisjoint(_line(facts, one))]
    last = sorted(standing, key=lambda one: str(one["decided_on"]))[-1:]
    return [] if living else last


def _asks(facts: Facts, decision: Fact) -> bool:
    return facts.item_kinds.get(decision["agenda_item_id"]) not in ASKS_NOTHING


def _line(facts: Facts, decision: Fact) -> list[str]:
    """A decision and those that it took the place of."""
    earlier = {one["id"]: one["supersedes_id"] for one in facts.decisions}
    line = [decision["id"]]
    while (before := earlier.get(line[-1])) and before not in line:
        line.append(before)
    return line


def _unfinished(facts: Facts, today: date) -> Iterator[Broken]:
    reached = {outcome["initiative_id"] for outcome in facts.outcomes}
    # What met a need has an outcome, also where it goes on.
    met_on = None if reached else day_of(facts.need.get("met_on"))
    for initiative in facts.initiatives:
        if initiative["status"] not in CARRIES_OUT or initiative["id"] in reached:
            continue
        since = _over_since(initiative, today) or met_on
        if since is not None:
            kind, stage = BreakKind.initiative_without_outcome, ThreadStage.outcome
            yield Broken(kind, stage, initiative, "initiatives", since)


def _over_since(initiative: Fact, today: date) -> date | None:
    """Since when an initiative is over; None while it goes on."""
    planned, closed = day_of(initiative.get("ends_on")), day_of(initiative.get("closed_on"))
    planned = planned and max(planned, _begun(initiative))
    if initiative["status"] == "done":
        closed = closed or _since(initiative["updated_at"])
        return min(planned, closed) if planned else closed
    return planned if planned is not None and planned < today else None


def _begun(thing: Fact) -> date:
    """The day that a thing is from: nothing is broken in it before that."""
    return _since(*(thing.get(name) for name in BEGINS), thing["created_at"])


def _ownerless(facts: Facts, today: date) -> Iterator[Broken]:
    under_way = [one for one in facts.initiatives if one["status"] in UNDER_WAY]
    waiting = [facts.need] if facts.need["status"] != MET else []
    # Who owns a decision is often who owns its initiative: it loses what it was given alone.
    given = [one for one in facts.decisions if one["owner_post_id"] and _is_open(facts, one)]
    owned: Iterable[tuple[Fact, str, ThreadStage]] = [
        *((one, "needs", ThreadStage.need) for one in waiting),
        *((one, "decisions", ThreadStage.decision) for one in given),
        *((one, "initiatives", ThreadStage.initiative) for one in under_way),
    ]
    for thing, noun, stage in owned:
        held = facts.holdings.get(thing["owner_post_id"], ())
        since = _vacant_since(held, thing, today)
        if since is not None:
            left = any(_is_example(one) for one in held if day_of(one["valid_to"]) == since)
            later = max(since, _begun(thing))
            yield Broken(BreakKind.ownerless, stage, thing, noun, later, left)


def _is_open(facts: Facts, decision: Fact) -> bool:
    """Whether somebody is still to carry it out, or to look at it again, as councils says it."""
    if decision["id"] in facts.replaced:
        return False
    of_it = {one["status"] for one in facts.initiatives if one["decision_id"] == decision["id"]}
    carried_out = "done" in of_it and of_it <= OVER
    again = facts.again.get(decision["id"], decision["review_on"])
    return bool(again) or not carried_out


def _vacant_since(held: Sequence[Fact], thing: Fact, today: date) -> date | None:
    """Since when nobody owns a thing; None while somebody holds its owner's post."""
    for holding in held:
        end = day_of(holding["valid_to"])
        if _since(holding["valid_from"]) <= today and (end is None or end > today):
            return None
    left = [end for one in held if (end := day_of(one["valid_to"])) and end <= today]
    return max(left, default=_since(thing["created_at"]))
