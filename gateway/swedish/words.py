"""The words of codes: those of the glossary, class by class, and how states are drawn."""

from pathlib import Path

# One line a class, its words exactly as docs/glossary.md has them (a test compares the two).
CODES = Path(__file__).with_name("codes.txt")

OWN = {
    "Role": "process_leader: processledare, strategist: strateg, administrator: administratör, "
    "council_member: rådsledamot, reader: läsare",
    "GalleryHorizon": "short: kort sikt, long: lång sikt",
}


def words_in(listed: str) -> dict[str, str]:
    """`code: word, code: word` as a dictionary."""
    return dict(pair.split(": ", 1) for pair in listed.split(", "))


def _read() -> dict[str, dict[str, str]]:
    lines = CODES.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ", 1) for line in lines]
    return {kind: words_in(listed) for kind, listed in [*pairs, *OWN.items()]}


BY_KIND = _read()

LOOKS: dict[str, frozenset[str]] = {
    "done": frozenset(
        {"active", "approved", "accepted", "covered", "current", "done", "endorsed", "fully"}
        | {
            "goal_met",
            "held",
            "holds",
            "in_force",
            "locked",
            "met",
            "published",
            "ready",
            "realised",
        }
        | {"answered", "connected", "filled", "taken_in", "trusting", "yes"}
    ),
    "wait": frozenset(
        {"adapted", "asked", "draft", "forming", "high", "identified", "invited", "old"}
        | {
            "expires_soon",
            "lapses_soon",
            "outdated",
            "partly",
            "pending",
            "planned",
            "prioritised",
            "proposed",
        }
        | {"queued", "unsure"}
        | {"later", "review", "sent", "shell", "strained", "unanswered", "undated", "waiting"}
    ),
    "stop": frozenset(
        {
            "absent",
            "acute",
            "cancelled",
            "declined",
            "dropped",
            "expired",
            "failed",
            "gap",
            "lapsed",
        }
        | {
            "does_not_hold",
            "empty",
            "missing",
            "no",
            "none",
            "not_ready",
            "overdue",
            "rebuild",
            "stopped",
        }
    ),
    "going": frozenset(
        {"being_met", "coming", "decided", "presented", "running", "started", "taken_up", "working"}
        | {"sending"}
    ),
    "rest": frozenset(
        {"closed", "dormant", "ended", "expired", "left_out", "mapped", "merged", "new"}
        | {"not_assessed", "not_decided", "not_judged", "not_yet", "skipped"}
        | {"split", "superseded", "undecidable", "unknown", "withdrawn"}
    ),
}
