"""The councils service's tables have one metadata and one base row."""

from services.councils.contract.use import UsedNoun
from services.kit.rows import Row, new_metadata

METADATA = new_metadata()
METADATA.info["elsewhere"] = {"actors": tuple(noun.value for noun in UsedNoun)}


class CouncilsRow(Row):
    """The councils service's own tables."""

    metadata = METADATA
