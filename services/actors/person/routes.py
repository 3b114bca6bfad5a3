"""Where people are asked for and changed over HTTP."""

from services.actors.person.queries import PEOPLE
from services.kit.bulk import Bulk
from services.kit.resources import resource

people = resource(PEOPLE, bulk=Bulk())
