"""Indexes: who removes a row must not make the database read whole tables for what refers to it."""

from itertools import chain
from typing import Any

import pytest
from sqlalchemy import Index, MetaData, Table

from gateway.tables import METADATA as GATEWAY
from services.actors.tables import METADATA as ACTORS
from services.analysis.tables import METADATA as ANALYSIS
from services.councils.tables import METADATA as COUNCILS


def whole_indexes(table: Table) -> set[str]:
    """The columns that an index of all rows begins with."""
    indexes = [one for one in table.indexes if not _partial(one)]
    sets: Any = chain(indexes, (one for one in table.constraints if hasattr(one, "columns")))
    return {next(iter(one.columns)).name for one in sets if len(one.columns) and _finds(one)}


def _partial(index: Index) -> bool:
    return index.dialect_options["postgresql"]["where"] is not None


def _finds(one: Any) -> bool:
    return not one.__visit_name__.startswith(("foreign_key", "check", "table_or_column_check"))


@pytest.mark.parametrize("tables", [ACTORS, COUNCILS, ANALYSIS, GATEWAY])
def test_every_reference_has_an_index(tables: MetaData) -> None:
    missing = [
        f"{table.name}.{column.name}"
        for table in tables.sorted_tables
        for column in table.c
        if column.foreign_keys and column.name not in whole_indexes(table)
    ]
    assert not missing
