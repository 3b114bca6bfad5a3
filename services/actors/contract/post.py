"""Posts: functions that exist whether somebody holds them or not, and who held them when."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from services.kit.contract import Day, Draft, LongText, Name, Period, Reference, Thing


class PostFunction(StrEnum):
    """What a post does in the collaboration."""

    central_position = "central_position"
    network_lead = "network_lead"
    process_leader = "process_leader"
    project_leader = "project_leader"
    communicator = "communicator"
    strategist = "strategist"
    researcher = "researcher"
    contact = "contact"
    other = "other"


class HoldingCover(StrEnum):
    """Whether somebody holds a post as its own, or covers it while its holder is away."""

    ordinary = "ordinary"
    substitute = "substitute"


class PostDraft(Draft):
    """A function at an actor; it stays when its holder goes."""

    actor_id: Reference
    title: Name
    function: PostFunction = PostFunction.central_position
    is_key: bool = Field(False, description="The collaboration stops without it")
    description: LongText | None = None


class Post(Thing, PostDraft):
    """A function at an actor, and who holds it on the day asked for."""

    vacant: bool = Field(description="Nobody holds it, nor covers it; never stored")
    holder_person_id: UUID | None = Field(
        description="Whose post it is; null when it is vacant, or only a substitute covers it"
    )
    substitute_person_id: UUID | None = Field(
        description="Who covers it for the time being, beside its holder or without one"
    )
    vacant_since: Day | None = Field(
        description="The day the last one left; null while held, or where nobody ever held it"
    )
    vacant_from: Day | None = Field(
        description="The coming day from which nobody is to hold or cover it, as far as is known; "
        "null where it is vacant, or somebody stays or comes after"
    )


class HoldingDraft(Period, Draft):
    """A person holds a post for a time; the same person may come back to it.

    At most one ordinary holder and one substitute on any day.
    """

    post_id: Reference
    person_id: Reference
    cover: HoldingCover = HoldingCover.ordinary
    handover: LongText | None = Field(
        None,
        description="What the next holder needs to know; null for readers, council members and "
        "keys that only read",
    )


class Holding(Thing, HoldingDraft):
    """A person holds a post for a time."""

    ended: bool = Field(description="It is over on the day asked for")
