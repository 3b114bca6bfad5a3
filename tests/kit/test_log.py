"""The log: a JSON line a fact, of allowed facts alone."""

import ast
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from services.kit import log
from services.kit.blame import problem_of
from services.kit.errors import Unavailable
from services.kit.versions import ROOT

TOLD_BY = {f"{of}.{level}" for of in ("log", "log.log") for level in ("info", "warning", "error")}


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Others' log tells what it told before."""
    before = log.log.least
    yield
    log.log.least = before


def _told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_holds_what_is_allowed_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody allowed may be personal."""
    log.configure("INFO")
    log.log.info("something.done", service="actors", name="Exempelperson 1")
    [line] = _told(capsys)
    assert line.keys() == {"event", "level", "timestamp", "service"}
    assert (line["event"], line["level"]) == ("something.done", "info")
    assert line["timestamp"].endswith("Z")


def test_every_fact_that_is_told_is_allowed() -> None:
    """The others would be left out, and nobody would hear of it."""
    asked = {
        (path.name, word.arg)
        for part in ("services", "gateway", "operations")
        for path in (ROOT / part).rglob("*.py")
        if "log." in (said := path.read_text(encoding="utf-8"))
        for call in ast.walk(ast.parse(said))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in TOLD_BY
        for word in call.keywords
    }
    assert asked
    assert {one for one in asked if one[1] not in {*log.ALLOWED, "exc_info"}} == set()


def test_a_failure_says_what_and_where_but_not_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Its text may quote what somebody wrote."""
    log.configure("ERROR")
    try:
        raise ValueError("Exempelperson 1")
    except ValueError as failure:
        log.log.error("something.failed", exc_info=failure)
    [line] = _told(capsys)
    assert line["error"] == "ValueError"
    assert "test_log.py" in line["where"][-1]
    assert "Exempelperson" not in str(line)


def test_of_several_that_failed_together_each_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ERROR")
    inner = [ExceptionGroup("two", [ValueError("Exempelperson 1"), KeyError("b")])]
    log.log.error("something.failed", exc_info=ExceptionGroup("all", [*inner, ValueError("c")]))
    [line] = _told(capsys)
    assert line["error"] == "ValueError, KeyError"
    assert "Exempelperson" not in str(line)


def test_of_several_that_failed_together_it_is_told_where_each_is_the_databases() -> None:
    away, ours = ConnectionError("away"), ValueError("ours")
    assert isinstance(problem_of(ExceptionGroup("all", [away, TimeoutError()])), Unavailable)
    assert problem_of(ExceptionGroup("all", [away, ours])) is None


def test_what_is_below_the_level_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Also the line of a request."""
    log.configure("WARNING")
    log.log.info("something.done")
    log.request_answered({"service": "actors"})
    log.log.warning("something.amiss")
    assert [line["event"] for line in _told(capsys)] == ["something.amiss"]


def test_what_is_told_during_a_request_carries_its_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever tells it need not know."""
    log.configure("INFO")
    before = log.REQUEST.set("0a1b")
    log.log.error("something.failed")
    log.REQUEST.reset(before)
    log.log.error("something.failed")
    assert [line.get("request_id") for line in _told(capsys)] == ["0a1b", None]
