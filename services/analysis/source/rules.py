"""Rules about sources: what may be told of what they count."""

from services.analysis.contract.indicator import Unit


def hides_small(unit: str, licence: str | None, below: int) -> bool:
    """Whether small counts are hidden: of people, where nobody has published them openly."""
    return below > 0 and unit == Unit.persons and licence is None
