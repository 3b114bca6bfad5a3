"""Where codes are asked for over HTTP; they come in through `operations import`."""

from services.analysis.classification.queries import CODES, CORRESPONDENCES
from services.kit.resources import resource

codes = resource(CODES, writable=False)
correspondences = resource(CORRESPONDENCES, writable=False)
