"""Questions about the signals that the fast track began with."""

from typing import Any

from sqlalchemy import ColumnElement

from services.councils.contract.fast_track import SignalFacts, StoredSignal
from services.councils.council.queries import below_council_seen
from services.councils.need.links import both, its_need_seen
from services.councils.tables.fast_track import ShortageSignalRow
from services.kit.collection import Collection
from services.kit.contract import OccupationCode, Reference
from services.kit.identity import Caller
from services.kit.paging import same, since, until


def signals_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """With the council, and by a municipality's key with the need that came of it."""
    return both(below_council_seen(caller, columns), its_need_seen(caller, columns))


SHORTAGES = Collection(
    row=ShortageSignalRow,
    draft=SignalFacts,
    answer=StoredSignal,
    path="/shortage-signals",
    filters={
        "council_id": same("council_id", Reference),
        "need_id": same("need_id", Reference),
        "occupation_code": same("occupation_code", OccupationCode),
        "signalled_from": since("signalled_on"),
        "signalled_until": until("signalled_on"),
    },
    sorts=("-signalled_on", "needed_by", "created_at"),
    parent=("/councils", "council_id"),
    visible=signals_seen,
)
