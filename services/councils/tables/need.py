"""What is remembered about needs."""

from typing import Any

from sqlalchemy import Index

from services.councils.contract.need import NeedDraft, NeedState
from services.councils.tables.base import CouncilsRow
from services.kit.rows import belongs, newest_index, search_indexes


class NeedRow(CouncilsRow, NeedState, NeedDraft, table=True):
    """Needs, also those that live on in others."""

    __tablename__ = "need"
    __table_args__ = (
        belongs("need", "council_id", "council"),
        belongs("need", "merged_into_id", "need"),
        belongs("need", "split_from_id", "need"),
        Index("ix_need_status", "status"),
        Index("ix_need_council_id", "council_id"),
        Index("ix_need_owner_post_id", "owner_post_id"),
        Index("ix_need_reported_by", "reported_by"),
        Index("ix_need_occupation_code", "occupation_code"),
        Index("ix_need_merged_into_id", "merged_into_id"),
        Index("ix_need_split_from_id", "split_from_id"),
        Index("ix_need_answer_ids", "answer_ids", postgresql_using="gin"),
        Index("ix_need_meeting_ids", "meeting_ids", postgresql_using="gin"),
        Index("ix_need_municipality_codes", "municipality_codes", postgresql_using="gin"),
        newest_index("need"),
        *search_indexes("need", "statement", "evidence"),
    )

    # What it gave to the one that it was merged into, to be given back when they are parted.
    # Null: it is not merged, or was before that was kept.
    given: dict[str, Any] | None = None
