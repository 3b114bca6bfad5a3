"""What the analysis service remembers: what others said, and what it was given to know."""

from services.analysis.tables.base import METADATA
from services.analysis.tables.following import FEED_CURSOR, PROJECTED
from services.analysis.tables.knowing import (
    CodeRow,
    CorrespondenceRow,
    ForecastRow,
    IndicatorRow,
    SnapshotRow,
    SourceRow,
)
from services.analysis.tables.scanning import (
    ChallengeLinkRow,
    ChallengeRow,
    SignalRow,
    TrendRow,
)

__all__ = [
    "FEED_CURSOR",
    "METADATA",
    "PROJECTED",
    "ChallengeLinkRow",
    "ChallengeRow",
    "CodeRow",
    "CorrespondenceRow",
    "ForecastRow",
    "IndicatorRow",
    "SignalRow",
    "SnapshotRow",
    "SourceRow",
    "TrendRow",
]
