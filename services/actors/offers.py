"""Offers: which programmes there are, beside those that somebody only applied to give."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from services.actors.contract.programme import ApplicationDecision


def offered(columns: Any) -> ColumnElement[bool]:
    """What was refused or withdrawn is no offer, and in no list of what there is."""
    return or_(columns.decision.is_(None), columns.decision == ApplicationDecision.granted)
