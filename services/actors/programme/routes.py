"""Where programmes and intakes are asked for and changed over HTTP."""

from functools import partial

from services.actors.programme import actions
from services.actors.programme.queries import INTAKES, PROGRAMMES
from services.actors.uses import remove_unused
from services.kit.bulk import Bulk
from services.kit.resources import resource

programmes = resource(PROGRAMMES, remove=partial(remove_unused, things=PROGRAMMES), bulk=Bulk())
intakes = resource(
    INTAKES,
    judge=actions.judge,
    remove=partial(remove_unused, things=INTAKES),
    bulk=Bulk(refine=actions.checked),
)
