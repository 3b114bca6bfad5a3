"""Programmes and their intakes."""

from sqlalchemy import Index

from services.actors.contract.programme import IntakeDraft, ProgrammeDraft
from services.actors.tables.base import ActorsRow
from services.kit.rows import belongs, search_indexes, sort_index


class ProgrammeRow(ActorsRow, ProgrammeDraft, table=True):
    """Education and labour-market measures on offer."""

    __tablename__ = "programme"
    __table_args__ = (
        belongs("programme", "provider_actor_id", "actor"),
        Index("ix_programme_provider_actor_id", "provider_actor_id"),
        Index("ix_programme_municipality_code", "municipality_code"),
        Index("ix_programme_municipality_codes", "municipality_codes", postgresql_using="gin"),
        Index("ix_programme_occupation_codes", "occupation_codes", postgresql_using="gin"),
        sort_index("programme", "name"),
        *search_indexes("programme", "name", "description"),
    )


class IntakeRow(ActorsRow, IntakeDraft, table=True):
    """Starts of programmes; what is not known is null."""

    __tablename__ = "intake"
    __table_args__ = (
        belongs("intake", "programme_id", "programme"),
        Index("ix_intake_programme_id", "programme_id", "starts_on"),
        Index("ix_intake_starts_on", "starts_on"),
    )
