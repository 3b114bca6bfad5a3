"""What was typed on a dialogue map: only what this page changed is sent on to be saved."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from pydantic import ValidationError

from services.councils.contract.interview import AnswerSet

Sent = Mapping[str, list[str]]
TEXTS = ("present", "desired", "gap")
PARTS = (*TEXTS, "score")
FIELDS = (*PARTS, "quote")


def mark_of(values: Sent, key: str) -> str:
    """Tells two states of a question's fields apart; stands hidden beside them as `base.<key>`."""
    texts = (_last(values, f"{part}.{key}").strip() for part in FIELDS)
    return blake2s("\x1f".join(texts).encode(), digest_size=8).hexdigest()


def changed_in(sent: Sent) -> list[str]:
    """The questions whose fields differ from what the page began with.

    A page that saved every field would wipe what a colleague wrote in one it never touched.
    """
    keys = [name.partition(".")[2] for name in sent if name.startswith("version.")]
    return [
        key for key in keys if mark_of(sent, key) != next(iter(sent.get(f"base.{key}", ())), "")
    ]


def typed_in(sent: Sent) -> AnswerSet:
    """The changed questions as one set of answers. Raises ValidationError."""
    writer = _last(sent, "once") or None
    answers = [_answer(sent, key) for key in changed_in(sent)]
    turn = _last(sent, "turn")
    known = turn.isascii() and turn.isdigit() and len(turn) < 7  # noqa: PLR2004
    told = {"answers": answers, "writer": writer, "turn": int(turn) if known else 0}
    return AnswerSet.model_validate(told)


def _answer(sent: Sent, key: str) -> dict[str, Any]:
    found: dict[str, Any] = {"question_key": key, "quote": _last(sent, f"quote.{key}") == "true"}
    for part in (*PARTS, "version"):
        found[part] = _last(sent, f"{part}.{key}").strip() or None
    # Without a mark a browser put older words into this page: they began with no version of now.
    found["version"] = (sent.get(f"base.{key}") and found["version"]) or 0
    return found


def wrong_in(failure: ValidationError, sent: Sent) -> dict[str, str]:
    """What is wrong with which question."""
    keys = changed_in(sent)
    places = [(error["loc"], error["type"]) for error in failure.errors()]
    return {
        keys[place[1]]: kind
        for place, kind in places
        if len(place) > 1 and isinstance(place[1], int) and place[1] < len(keys)
    }


def stored_in(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Stored answers, by question, as the values of the fields."""
    found: dict[str, list[str]] = {}
    for key, answer in answers.items():
        for part in PARTS:
            if answer[part] is not None:
                found[f"{part}.{key}"] = [str(answer[part])]
        if answer["quote"]:
            found[f"quote.{key}"] = ["true"]
        found[f"version.{key}"] = [str(answer["version"])]
    return found


def kept_in(stored: Sent, sent: Sent) -> dict[str, list[str]]:
    """What is stored, under what was typed on this page and is not saved."""
    changed = {f"{part}.{key}" for key in changed_in(sent) for part in FIELDS}
    shown = {name: values for name, values in stored.items() if name not in changed}
    return shown | {name: sent[name] for name in changed if name in sent}


def lost_in(stored: Sent, sent: Sent) -> dict[str, dict[str, str]]:
    """What was typed and not stored, by question and part."""
    return {
        key: {part: _last(sent, f"{part}.{key}").strip() for part in PARTS}
        for key in changed_in(sent)
        if mark_of(sent, key) != mark_of(stored, key)
    }


def _last(values: Sent, name: str) -> str:
    """A field's value; a tick box sends its empty value first."""
    return next(reversed(values.get(name, [])), "")
