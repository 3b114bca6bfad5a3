"""Parting: since when a post that somebody left is nobody's."""

from typing import Any

from gateway.pages.parting import Leaving


def _held(start: str, end: str | None, cover: str = "ordinary") -> dict[str, Any]:
    return {"valid_from": start, "valid_to": end, "cover": cover}


def test_a_post_is_bare_since_the_day_its_substitute_went_also_on_that_day() -> None:
    others = [_held("2026-01-01", "2026-03-01", "substitute"), _held("2020-01-01", None)]
    left = Leaving({"id": "1"}, "", _held("2021-01-01", "2026-02-01"), others)
    since = {day: left.bare_since(day) for day in ("2026-02-28", "2026-03-01", "2026-03-02")}
    assert list(since.values()) == ["2026-02-01", "2026-03-01", "2026-03-01"]
