"""What a decision rests on: the need of a verdict, and an indicator, are such as there are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.councils.contract.decision import Basis, BasisKind
from services.councils.tables.need import NeedRow
from services.kit.elsewhere import kept_by
from services.kit.errors import FieldError, Rejected
from services.kit.http import Work
from services.kit.store import table_of

Named = Mapping[str, UUID]


async def demand_basis(
    work: Work, basis: Sequence[Basis] | None, before: Iterable[Mapping[str, Any]]
) -> None:
    """Rejected at each part that names, anew, a verdict's need or an indicator that is none.

    Other kinds have no keeper yet: their ids stand as they were sent.
    """
    told = {str(one["id"]) for one in before}
    needs, indicators = (_named(basis or (), kind, told) for kind in NAMING)
    there = await _needs(work, needs.values()) | await _indicators(work, indicators)
    wrong = [
        FieldError(field, "unknown_reference", f"there is no such thing {one}")
        for field, one in (*needs.items(), *indicators.items())
        if one not in there
    ]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


NAMING = (BasisKind.verdict, BasisKind.indicator)


def _named(basis: Sequence[Basis], kind: BasisKind, told: set[str]) -> Named:
    return {
        f"basis.{place}.id": one.id
        for place, one in enumerate(basis)
        if one.kind is kind and one.id and str(one.id) not in told
    }


async def _needs(work: Work, ids: Iterable[UUID]) -> set[UUID]:
    need = table_of(NeedRow)
    return set((await work.db.execute(select(need.c.id).where(need.c.id.in_(list(ids))))).scalars())


async def _indicators(work: Work, named: Named) -> set[UUID]:
    asked = {("indicator", one): field for field, one in named.items()}
    return {one for _, one in await kept_by(work, "analysis", asked)}
