"""Rules about health checks: what is judged has evidence, by criteria that there are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.health_check import (
    HealthCheckDraft,
    HealthFinding,
    HealthJudgement,
)
from services.councils.health_check.criteria import BY_EDITION
from services.kit.errors import FieldError, Rejected


def demand_past(reviewed_on: date | None, today: date) -> None:
    """Rejected for a day to come."""
    if reviewed_on is not None and reviewed_on > today:
        raise Rejected("that day has not come", field="reviewed_on", reason="in_the_future")


def demand_fixed(before: Mapping[str, Any], draft: HealthCheckDraft) -> None:
    """Rejected where it would go to another council, or to other criteria."""
    for field in ("council_id", "edition"):
        if before and getattr(draft, field) not in (None, before[field]):
            raise Rejected("it stays as it is", field=field, reason="fixed")


def demand_edition(edition: int | None) -> None:
    """Rejected where there are no such criteria."""
    if edition is not None and edition not in BY_EDITION:
        raise Rejected("there is no such edition", field="edition", reason="unknown_reference")


def demand_findings(draft: HealthCheckDraft) -> None:
    """Rejected with all that is wrong in what was found."""
    findings = draft.findings or []  # of a part of a draft, perhaps none
    wrong = [
        FieldError(f"findings.{place}.{field}", code, told)
        for place, one in enumerate(findings)
        for field, code, told in _faults(one, _keys(draft.edition))
    ]
    judged = [one for one in findings if one.judgement is not HealthJudgement.not_judged]
    if findings and not judged and not wrong:
        wrong = [FieldError("findings.0.judgement", "nothing_judged", "something is judged")]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


def _keys(edition: int | None) -> list[str]:
    found = BY_EDITION.get(edition or 0)
    return [one.key for one in found.criteria] if found else []


def _faults(one: HealthFinding, keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a finding: its field, a code and a sentence."""
    if keys and one.criterion not in (None, *keys):
        yield "criterion", "unknown_point", "no criterion of this edition"
    judged = one.judgement is not HealthJudgement.not_judged
    if judged and one.evidence is None:
        yield "evidence", "missing", "what is judged has evidence"
    if one.todo is None and (one.owner_post_id or one.due_on):
        yield "todo", "missing", "what is to be done?"
    if one.todo is not None and one.action_item_id is not None:
        yield "todo", "has_action", "it has an action item already"


def filled(edition: int, findings: Sequence[HealthFinding]) -> list[HealthFinding]:
    """Every criterion of the edition in its order, with what was found."""
    found = {one.criterion: one for one in findings}
    return [found.get(key, HealthFinding(criterion=key)) for key in _keys(edition)]
