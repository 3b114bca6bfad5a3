"""What every table of the actors service is made from."""

from services.kit.rows import Row, new_metadata

METADATA = new_metadata()
METADATA.info["elsewhere"] = {
    "councils": ("council", "need", "seat", "initiative", "decision", "action_item", "step")
}


class ActorsRow(Row):
    """The actors service's own tables."""

    metadata = METADATA
