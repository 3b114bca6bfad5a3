"""Where the means of process leaders are asked for over HTTP."""

from fastapi import APIRouter, Response
from pydantic import Field

from services.actors.contract.leadership import LeaderPost, ProcessLeadership
from services.actors.process_leadership.queries import leader_posts
from services.actors.process_leadership.rules import together
from services.kit import clock, export
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted

router = APIRouter(tags=["process_leadership"])


class LeadershipAsking(Asking):
    """Of which day, and as it was known when."""

    as_of: IsoDate | None = Field(None, description="On this day; left out: today")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get(
    "/process-leadership",
    **also_as_files(
        read_doc(
            "What process leaders lead, funded against needed",
            "process_leadership.read",
            ProcessLeadership,
        )
    ),
)
async def process_leadership(call: Calling, asked: InQuery[LeadershipAsking]) -> Response:
    """Today, or on the day asked for; the posts as CSV or Excel where `Accept` asks for it."""
    call.demand("process_leadership", "read")
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        posts = await leader_posts(db, call.caller, when)
    if file := file_wanted(call):
        names = list(LeaderPost.model_fields)
        return as_file("process-leadership", names, posts, excel=file == export.EXCEL)
    return answer({"on": when.day, **together(posts), "posts": posts})
