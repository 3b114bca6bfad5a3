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


class PostDraft(Draft):
    """A function at an actor; it stays when its holder goes."""

    actor_id: Reference
    title: Name
    function: PostFunction = PostFunction.central_position
    is_key: bool = Field(False, description="The collaboration stops without it")
    description: LongText | None = None


class Post(Thing, PostDraft):
    """A function at an actor, and who holds it on the day asked for."""

    vacant: bool = Field(description="Nobody holds it; never stored")
    holder_person_id: UUID | None = Field(
        description="Who holds it, the one who has longest where several do; null when vacant"
    )
    vacant_since: Day | None = Field(
        description="The day the last holder left; null while held, or where nobody ever held it"
    )


class HoldingDraft(Period, Draft):
    """A person holds a post for a time; the same person may come back to it."""

    post_id: Reference
    person_id: Reference
    handover: LongText | None = Field(None, description="What the next holder needs to know")


class Holding(Thing, HoldingDraft):
    """A person holds a post for a time."""

    ended: bool = Field(description="It is over on the day asked for")
