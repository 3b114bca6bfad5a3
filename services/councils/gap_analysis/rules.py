"""Rules about gap analyses: which questions are the same, and how counts become figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

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


def items_of(chosen: Row, asked: Asked, held: Sequence[Row], said: Sequence[Row]) -> list[Record]:
    """Each question with its figures: `held` counts interviews, `said` answers, by map and year."""
    return [_item(one, asked[one["key"]], held, said) for one in chosen["questions"]]


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
        "need_count": _sum(told, "needs"),
        "rounds": rounds,
    }


def _figures(held: Sequence[Row], said: Sequence[Row]) -> Record:
    counts = {name: _sum(said, name) for name in COUNTED}
    given = [_sum(said, name) for name in SCORES]
    total = sum(score * count for score, count in enumerate(given, 1))
    mean = round(total / sum(given), 2) if any(given) else None
    return {"asked": _sum(held, "interviews")} | counts | {"mean_score": mean}


def _sum(rows: Iterable[Row], name: str) -> int:
    return sum(row[name] for row in rows)
