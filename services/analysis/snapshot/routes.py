"""Where snapshots are asked for over HTTP; files come in through `operations`."""

from services.analysis.snapshot.queries import SNAPSHOTS
from services.kit.resources import resource

snapshots = resource(SNAPSHOTS, writable=False)
