"""Ages: how long something has lasted, in whole years and months."""

from datetime import date

HARD_SPACE = "\N{NO-BREAK SPACE}"
YEAR, PRECISE = 12, 2


def lasted(start: str, end: str | None, now: str | date) -> str:
    """1 år och 3 månader, up to an exclusive end or today; nothing for what has not begun.

    From two years on the months say nothing that anybody needs.
    """
    last = min(filter(None, (end, str(now))))
    if last < start:
        return ""
    first, until = date.fromisoformat(start), date.fromisoformat(last)
    whole = (until.year - first.year) * YEAR + until.month - first.month
    years, months = divmod(whole - (until.day < first.day), YEAR)
    parts = [_counted(years, "år", "år")] if years else []
    if months and years < PRECISE:
        parts.append(_counted(months, "månad", "månader"))
    return " och ".join(parts) or "mindre än en månad"


def _counted(amount: int, one: str, many: str) -> str:
    return f"{amount}{HARD_SPACE}{one if amount == 1 else many}"
