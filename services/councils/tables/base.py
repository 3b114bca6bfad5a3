"""The councils service's tables have one metadata and one base row."""

from services.kit.rows import Row, new_metadata

METADATA = new_metadata()


class CouncilsRow(Row):
    """The councils service's own tables."""

    metadata = METADATA
