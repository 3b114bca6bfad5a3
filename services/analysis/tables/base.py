"""The base of analysis' tables."""

from services.kit.rows import Row, new_metadata

METADATA = new_metadata()
METADATA.info["elsewhere"] = {"actors": ("post",)}


class AnalysisRow(Row):
    """The analysis service's own tables."""

    metadata = METADATA
