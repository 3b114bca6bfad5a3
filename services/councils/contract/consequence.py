"""Consequences: what loses its owner when posts lose their holders, or when an actor withdraws."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import IsoDate


class Loss(BaseModel):
    """Something that one of the posts has, and nobody has after it."""

    id: UUID
    post_id: UUID
    council_id: UUID | None
    actor_id: UUID | None = Field(description="Whom an interview is with; null of all else")
    title: str = Field(description="Its name or text, a seat's role, or what it belongs to")
    example: bool = Field(description="It is invented")


class Consequences(BaseModel):
    """Everything that loses its owner; at most 2,000 of each kind."""

    on: IsoDate
    seats: list[Loss]
    councils: list[Loss] = Field(description="Councils whose process leader it is")
    decisions: list[Loss] = Field(
        description="Decisions that nothing took the place of and that are to be carried out or "
        "looked at again, whether their day has passed, is to come or was never set"
    )
    action_items: list[Loss]
    needs: list[Loss]
    initiatives: list[Loss]
    steps: list[Loss] = Field(description="Undone steps of initiatives that have not ended")
    projects: list[Loss] = Field(description="Projects that it leads and that have not ended")
    project_activities: list[Loss] = Field(
        description="Undone activities of projects that have not ended"
    )
    project_deviations: list[Loss] = Field(
        description="Open deviations that it sees to, of projects that have not ended"
    )
    project_continuations: list[Loss] = Field(
        description="What it carries after a project, whether that has ended or not"
    )
    interviews: list[Loss] = Field(
        description="Interviews that it is to finish, called by their questions; none for whoever "
        "may read no interviews"
    )
    session_plans: list[Loss] = Field(
        description="Plans of meetings to come that it is to lead, called by the meeting"
    )


class Undertaking(BaseModel):
    """Something that an actor has taken on in its own name."""

    id: UUID
    council_id: UUID | None
    title: str = Field(description="Its name, or a seat's role")
    example: bool = Field(description="It is invented")
    shared: bool = Field(description="Whether other actors carry it too")
    actor_ids: list[UUID] = Field(description="Which of the actors asked for carry it")


class ActorConsequences(BaseModel):
    """Everything some actors have taken on and would leave; at most 2,000 of each kind."""

    on: IsoDate
    actor_id: UUID = Field(description="The first of the actors asked for")
    seats: list[Undertaking] = Field(description="Its seats, whether held through a post or not")
    councils: list[Undertaking] = Field(description="Councils that it leads")
    called_councils: list[Undertaking] = Field(description="Councils that it calls and others lead")
    initiatives: list[Undertaking] = Field(
        description="Initiatives that it leads, alone or with others"
    )
    partnerships: list[Undertaking] = Field(
        description="Initiatives that it takes part in and others lead"
    )
    projects: list[Undertaking] = Field(description="Projects that it owns and that have not ended")
    funded_projects: list[Undertaking] = Field(
        description="Projects that it pays for, others own, and that have not ended"
    )
    project_continuations: list[Undertaking] = Field(
        description="What it carries after a project, whether that has ended or not"
    )
