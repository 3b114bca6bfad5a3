"""Where programmes and intakes are asked for and changed over HTTP."""

from services.actors.programme.queries import INTAKES, PROGRAMMES
from services.kit.bulk import Bulk
from services.kit.resources import resource

programmes = resource(PROGRAMMES, bulk=Bulk())
intakes = resource(INTAKES, bulk=Bulk())
