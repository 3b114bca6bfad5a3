"""Where standing items are asked for and changed over HTTP."""

from services.councils.standing_item import actions
from services.councils.standing_item.queries import STANDING_ITEMS
from services.kit.resources import resource

standing_items = resource(
    STANDING_ITEMS,
    create=actions.make_item,
    replace=actions.revise_item,
    remove=actions.remove_item,
    judge=actions.judge,
)
