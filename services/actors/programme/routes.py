"""Where programmes and intakes are asked for and changed over HTTP."""

from functools import partial

from fastapi import APIRouter, Response

from services.actors.contract.programme import ProgrammePlaces
from services.actors.programme import actions
from services.actors.programme.queries import INTAKES, PROGRAMMES, places_in_use
from services.actors.uses import remove_unused
from services.kit import clock
from services.kit.bulk import Bulk
from services.kit.collection import When
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.resources import resource

router = APIRouter(tags=["programme"])
programmes = resource(PROGRAMMES, remove=partial(remove_unused, things=PROGRAMMES), bulk=Bulk())
intakes = resource(
    INTAKES,
    judge=actions.judge,
    remove=partial(remove_unused, things=INTAKES),
    bulk=Bulk(refine=actions.checked),
)


@router.get(
    "/programmes/municipalities",
    **read_doc(
        "Where programmes are given", "programme.read", ProgrammePlaces, known=True, dated=True
    ),
)
async def places(call: Calling) -> Response:
    """Those on offer; in what is given in several, as far as they are known. As in the list a
    programme is of no day, but was known at some moment."""
    call.demand("programme", "read")
    asked = call.times()
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        return answer({"municipality_codes": await places_in_use(db, when)})
