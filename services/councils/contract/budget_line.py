"""Budget lines: what an initiative costs, line by line, and who pays."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.kit.contract import Draft, Faults, Line, Money, Name, Reference, Thing, rule, wrong

# Of many amounts: more than one of them may be, and less than nothing where it is a difference.
Sum = Annotated[Decimal, Field(decimal_places=2)]


class BudgetKind(StrEnum):
    """What money goes to."""

    staff = "staff"
    education = "education"
    premises = "premises"
    equipment = "equipment"
    travel = "travel"
    communication = "communication"
    other = "other"


class BudgetLineDraft(Draft):
    """One line of an initiative's budget, in SEK to the öre."""

    initiative_id: Reference
    label: Name
    kind: BudgetKind
    financier_actor_id: Reference | None = Field(
        None, description="Who pays; null: nobody has said"
    )
    plan: Money = Field(description="SEK; 0 for what nobody had planned")
    actual: Money | None = Field(None, description="SEK; null: nobody has told yet")
    cause: Line | None = Field(
        None, description="Why it became another amount; due where actual differs from plan"
    )

    @rule
    def _explained(self) -> Faults:
        if self.actual is not None and self.actual != self.plan and self.cause is None:
            yield wrong("cause", "variance_unexplained", "say why it became another amount")


class BudgetLine(Thing, BudgetLineDraft):
    """A budget line, and how far it came from its plan."""

    variance: Sum | None = Field(
        description="actual less plan: above zero it cost more; null while actual is"
    )
