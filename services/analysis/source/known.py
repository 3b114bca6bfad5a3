"""Known files: every recipe there is, by its source's key and by a file's columns."""

from services.analysis.source.accounts import ACCOUNTS
from services.analysis.source.assessments import ASSESSMENTS
from services.analysis.source.groups import GROUPS
from services.analysis.source.recipes import Recipe
from services.analysis.source.registers import REGISTERS

RECIPES = (*REGISTERS, *GROUPS, ASSESSMENTS, *ACCOUNTS)
BY_KEY = {recipe.key: recipe for recipe in RECIPES}


def recipe_for(names: list[str]) -> Recipe | None:
    """The recipe that knows a file with these columns."""
    return next((recipe for recipe in RECIPES if recipe.recognises(names)), None)
