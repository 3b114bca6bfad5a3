"""Which connector reads which kind of source."""

from collections.abc import Awaitable, Callable, Mapping

from services.analysis.connector import pxweb
from services.analysis.connector.told import Asked, Told
from services.analysis.connector.wire import Wire
from services.analysis.contract.source import SourceKind

Fetch = Callable[[Wire, Asked], Awaitable[Told]]
INTERFACES: Mapping[SourceKind, Fetch] = {
    SourceKind.pxweb: pxweb.fetch,
}
