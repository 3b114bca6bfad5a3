"""Questions about programmes and intakes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.programme import (
    ApplicationDecision,
    Delivery,
    Intake,
    IntakeDraft,
    OccupationGroup,
    Programme,
    ProgrammeDraft,
    ProgrammeForm,
)
from services.actors.family import of_actor
from services.actors.offers import offered
from services.actors.tables import ActorRow, IntakeRow, ProgrammeRow
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, OccupationCode, Reference
from services.kit.paging import Filter, begins, has, lacks, same, since, until
from services.kit.store import Record, table_of


def _intakes(columns: Any, when: When) -> list[ColumnElement[Any]]:
    intake = when.among(IntakeRow)
    of_it = intake.c.programme_id == columns.id
    coming = of_it & (intake.c.starts_on >= when.day)
    undated = of_it & intake.c.starts_on.is_(None)
    found = {
        "intake_count": select(func.count()).where(of_it),
        "next_starts_on": select(func.min(intake.c.starts_on)).where(coming),
        "coming_seats": select(func.sum(intake.c.seats)).where(coming),
        "coming_unknown_count": select(func.count()).where(coming, intake.c.seats.is_(None)),
        "undated_count": select(func.count()).where(undated),
        "undated_seats": select(func.sum(intake.c.seats)).where(undated),
    }
    return [asked.scalar_subquery().label(name) for name, asked in found.items()]


def _owner(columns: Any) -> ColumnElement[Any]:
    """Who may write it by key: the municipality that manages both it and its provider.

    Only so does nobody offer education in another's name.
    """
    actor = table_of(ActorRow)
    found = select(actor.c.managed_by).where(actor.c.id == columns.provider_actor_id)
    return found.where(actor.c.managed_by == columns.managed_by).scalar_subquery()


def _in_any(columns: Any, codes: Any) -> ColumnElement[bool]:
    """Given in any of some municipalities: there alone, or there too."""
    several = has("municipality_codes", MunicipalityCode).clause(columns, codes)
    return or_(columns.municipality_code.in_(codes), several)


PROGRAMMES = Collection(
    row=ProgrammeRow,
    draft=ProgrammeDraft,
    answer=Programme,
    path="/programmes",
    filters={
        "provider_actor_id": of_actor("provider_actor_id"),
        "form": same("form", ProgrammeForm),
        "delivery": same("delivery", Delivery),
        "occupation_code": has("occupation_codes", OccupationCode),
        "also_occupation_code": has("occupation_codes", OccupationCode),
        "not_occupation_code": lacks("occupation_codes", OccupationCode),
        "leads_somewhere": Filter(
            bool,
            lambda c, values: (func.cardinality(c.occupation_codes) > 0) == literal(values[0]),
            keeps="true: only where it is told what it leads to; false: only where it is not",
        ),
        "occupation_group": begins("occupation_codes", OccupationGroup),
        "municipality_code": Filter(
            MunicipalityCode,
            _in_any,
            keeps="Only those given there, alone or too; repeated: in any of them",
        ),
        "decision": Filter(
            ApplicationDecision,
            lambda c, values: c.decision.in_(values),
            keeps="Only with this decision; without it those that were refused or withdrawn are "
            "left out; repeated: any of them",
        ),
        "managed_by": same("managed_by", MunicipalityCode),
    },
    sorts=("name", "form", "municipality_code", "created_at", "updated_at"),
    search=("name", "description"),
    derive=_intakes,
    dated=True,
    listed=lambda columns, _: offered(columns),
    unlisted_by="decision",
    owner=_owner,
    owner_field="managed_by",
    owned_by="provider_actor_id",
)


async def programmes_of(db: AsyncConnection, actor_ids: Sequence[UUID], day: date) -> list[Record]:
    """What these actors provide, with the starts to come from a day."""
    programme = table_of(ProgrammeRow)
    theirs = and_(programme.c.provider_actor_id.in_(actor_ids), offered(programme.c))
    statement = select(*PROGRAMMES.columns(programme, When(day))).where(theirs)
    rows = await db.execute(statement.order_by(programme.c.name, programme.c.id))
    return [dict(row) for row in rows.mappings()]


async def places_in_use(db: AsyncConnection, when: When) -> list[str]:
    """The municipalities that programmes on offer are given in."""
    c = when.table(ProgrammeRow).c
    one = select(c.municipality_code).where(offered(c), c.municipality_code.is_not(None))
    several = select(func.unnest(c.municipality_codes)).where(offered(c))
    return sorted((await db.execute(one.union(several))).scalars())


def _programme_owner(columns: Any) -> ColumnElement[Any]:
    programme = table_of(ProgrammeRow)
    found = select(_owner(programme.c)).where(programme.c.id == columns.programme_id)
    return found.scalar_subquery()


INTAKES = Collection(
    row=IntakeRow,
    draft=IntakeDraft,
    answer=Intake,
    path="/intakes",
    filters={
        "programme_id": same("programme_id", Reference),
        "starts_from": since("starts_on"),
        "starts_until": until("starts_on"),
    },
    sorts=("starts_on", "seats", "created_at", "updated_at"),
    on=lambda columns, _: columns.starts_on,
    owner=_programme_owner,
    parent=("/programmes", "programme_id"),
)
