"""Where charters are asked for and changed over HTTP."""

from services.councils.charter import actions
from services.councils.charter.queries import CHARTERS
from services.kit.resources import resource

charters = resource(
    CHARTERS,
    replace=actions.revise_charter,
    remove=actions.remove_charter,
    judge=actions.judge,
)
