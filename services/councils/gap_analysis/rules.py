"""Rules about gap analyses: which questions are the same, and how counts become figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.councils.contract.need import Area, Side

QUESTION = ("question_key", "area", "kind", "text", "norm_critical")
ROUND = (
    "dialogue_map_id", "name", "edition", "held_from", "held_to",
    "interview_count", "actor_count", "example",
)  # fmt: skip
COUNTED = ("answered", "with_present", "with_desired", "with_gap")
SCORES = tuple(f"score_{score}" for score in range(1, 6))
Asked = Mapping[str, frozenset[UUID]]
Row = Mapping[str, Any]
Record = dict[str, Any]


def asked_by(chosen: Row, editions: Iterable[Row]) -> Asked:
    """The editions that ask each question of the chosen map in the same words, in the same way."""
    found = defaultdict(set)
    told = {one["key"]: (one["text"], one["kind"]) for one in chosen["questions"]}
    for edition in editions:
        for one in edition["questions"]:
            if told.get(one["key"]) == (one["text"], one["kind"]):
                found[one["key"]].add(edition["id"])
    return {key: frozenset(ids) for key, ids in found.items()}


def items_of(
    chosen: Row, asked: Asked, held: Sequence[Row], said: Sequence[Row], made: Iterable[Row]
) -> list[Record]:
    """Each question with its figures: `held` counts interviews, `said` answers, by map and year.

    `made` names the needs that came of answers, by map: each counts once for a question.
    """
    needs: dict[tuple[str, UUID], set[UUID]] = {
        (one["question_key"], one["dialogue_map_id"]): set(one["need_ids"]) for one in made
    }
    items = []
    for one in chosen["questions"]:
        key, maps = one["key"], asked[one["key"]]
        came = set[UUID]().union(*(needs.get((key, of), ()) for of in maps))
        items.append(_item(one, maps, held, said) | {"need_count": len(came)})
    return items


def _item(question: Row, maps: frozenset[UUID], held: Sequence[Row], said: Sequence[Row]) -> Record:
    key = question["key"]
    ours = [one for one in held if one["dialogue_map_id"] in maps]
    told = [one for one in said if one["question_key"] == key and one["dialogue_map_id"] in maps]
    years = sorted({one["year"] for one in ours})
    rounds = [
        {"year": year}
        | _figures(*([one for one in of if one["year"] == year] for of in (ours, told)))
        for year in years
    ]
    names = ("area", "kind", "text", "norm_critical")
    return {
        "question_key": key,
        **{name: question[name] for name in names},
        **_figures(ours, told),
        "score_counts": [_sum(told, name) for name in SCORES],
        "rounds": rounds,
        "sides": [
            {"side": side}
            | _figures(*([one for one in of if one["side"] == side] for of in (ours, told)))
            for side in sides_in(ours)
        ],
    }


def sides_in(rows: Iterable[Row]) -> list[Side]:
    """The parties of some rows, in the order in which they are told."""
    found = {row["side"] for row in rows}
    return [side for side in Side if side in found]


def between(needs: Iterable[Row]) -> list[Record]:
    """Needs by area and the two parties of their gap, whichever is named first."""
    found: dict[tuple[Area, tuple[Side, ...]], list[UUID]] = defaultdict(list)
    for need in needs:
        pair = tuple(side for side in Side if side in need["gap_between"])
        for area in need["areas"]:
            found[Area(area), pair].append(need["id"])
    order = {area: place for place, area in enumerate(Area)}
    return [
        {"area": area, "sides": list(pair), "need_ids": ids}
        for (area, pair), ids in sorted(found.items(), key=lambda one: order[one[0][0]])
    ]


def compared(before: Row, after: Row) -> Record:
    """Two rounds; a question is the same where its key, its words and its way to answer are."""
    was, now = (_by_words(one["items"]) for one in (before, after))
    return {
        "before": {name: before[name] for name in ROUND},
        "after": {name: after[name] for name in ROUND},
        "items": [
            _asked(one) | {"before": _counts(was[words]), "after": _counts(one)}
            for words, one in now.items()
            if words in was
        ],
        "only_before": [_asked(one) for words, one in was.items() if words not in now],
        "only_after": [_asked(one) for words, one in now.items() if words not in was],
    }


def _by_words(items: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    return {(one["question_key"], one["text"], one["kind"]): one for one in items}


def _asked(item: Row) -> Record:
    return {name: item[name] for name in QUESTION}


def _counts(item: Row) -> Record:
    return {name: item[name] for name in ("asked", *COUNTED, "mean_score")}


def _figures(held: Sequence[Row], said: Sequence[Row]) -> Record:
    counts = {name: _sum(said, name) for name in COUNTED}
    given = [_sum(said, name) for name in SCORES]
    total = sum(score * count for score, count in enumerate(given, 1))
    mean = round(total / sum(given), 2) if any(given) else None
    return {"asked": _sum(held, "interviews")} | counts | {"mean_score": mean}


def _sum(rows: Iterable[Row], name: str) -> int:
    return sum(row[name] for row in rows)
