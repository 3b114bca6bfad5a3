"""Pages: one module per area; each reads, tries, redirects, or shows again."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from gateway.areas import Area


def area_names() -> list[str]:
    """Every module here, in the order of the alphabet."""
    return sorted(module.name for module in iter_modules(__path__))


def areas_of(names: Iterable[str]) -> list[Area]:
    """The areas of some modules; a module without an `area` only helps the others."""
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return [module.area for module in modules if hasattr(module, "area")]
