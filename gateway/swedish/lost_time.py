"""Lost time: how much a project lost, in days, months or years as people say it."""

from gateway.swedish.ages import HARD_SPACE, YEAR

MONTH, FEWEST = 30.44, 2


def lost_time(days: int) -> str:
    """40 dagar, 12 månader; from two years on in years where they are whole."""
    months = round(days / MONTH)
    if months < FEWEST:
        return f"{days}{HARD_SPACE}{'dag' if days == 1 else 'dagar'}"
    years, rest = divmod(months, YEAR)
    if years > 1 and not rest:
        return f"{years}{HARD_SPACE}år"
    return f"{months}{HARD_SPACE}månader"
