"""The right of each page: what is not in the tables is denied, and stops the start."""

from collections.abc import Mapping

from gateway.rights.councils import COUNCILS
from gateway.rights.others import OTHERS
from gateway.rights.registry import REGISTRY
from gateway.whom import Rule

RIGHTS: Mapping[str, Rule] = {**REGISTRY, **COUNCILS, **OTHERS}
