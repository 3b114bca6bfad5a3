"""Where seats are asked for and changed over HTTP."""

from services.councils.seat import actions
from services.councils.seat.queries import SEATS
from services.kit.resources import resource

seats = resource(SEATS, remove=actions.remove_seat, judge=actions.judge)
