"""Every class of every contract, found by looking."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType

from pydantic import BaseModel

SERVICES = ("actors", "councils", "analysis")


def modules() -> Iterator[ModuleType]:
    """Each module of each contract."""
    for service in SERVICES:
        package = importlib.import_module(f"services.{service}.contract")
        for found in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{found.name}")


def classes() -> Iterator[type]:
    """Each class at the module that defines it."""
    for module in modules():
        for found in vars(module).values():
            if inspect.isclass(found) and found.__module__ == module.__name__:
                yield found


def codes() -> list[type[StrEnum]]:
    """Each class of coded values."""
    return [found for found in classes() if issubclass(found, StrEnum)]


def shapes() -> list[type[BaseModel]]:
    """Each shape that goes over the wire."""
    return [found for found in classes() if issubclass(found, BaseModel)]
