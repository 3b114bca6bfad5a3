"""Where it is asked over HTTP what actors do together."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.joint_work import JointWork, JointWorks
from services.councils.joint_work.queries import joint_work
from services.kit import clock, export
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted

router = APIRouter(tags=["joint_work"])


class JointWorkAsking(Asking):
    """Whose work with whom is asked about."""

    actor_id: list[UUID] = Field(
        min_length=1,
        max_length=200,
        description="The actor, by its id and the `merged_ids` of it: all of them are one",
    )
    other_actor_id: list[UUID] = Field(
        default_factory=list,
        max_length=200,
        description="Only with this actor, by all of its ids likewise; left out: with each other",
    )
    as_of: IsoDate | None = Field(None, description="Up to this day; left out: today")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get(
    "/joint-work",
    **also_as_files(read_doc("What actors do together", "joint_work.read", JointWorks)),
)
async def together(call: Calling, asked: InQuery[JointWorkAsking]) -> Response:
    """Of what the caller may know of; as CSV or Excel where `Accept` asks for it."""
    call.demand("joint_work", "read")
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        found = await joint_work(db, asked.actor_id, asked.other_actor_id, call.caller, when)
    if file := file_wanted(call):
        names = list(JointWork.model_fields)
        return as_file("joint-work", names, found, excel=file == export.EXCEL)
    return answer({"on": when.day, "items": found})
