"""Where sources are asked for and described over HTTP."""

from services.analysis.source.queries import SOURCES
from services.kit.resources import resource

sources = resource(SOURCES)
