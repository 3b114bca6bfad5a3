"""Which connector reads which kind of source."""

from collections.abc import Awaitable, Callable, Mapping

from services.analysis.connector import (
    job_ads,
    kolada,
    pxweb,
    schools,
    susa,
    taxonomy,
    yrkesbarometern,
)
from services.analysis.connector.told import Asked, Told
from services.analysis.connector.wire import Wire
from services.analysis.contract.source import SourceKind

Fetch = Callable[[Wire, Asked], Awaitable[Told]]
INTERFACES: Mapping[SourceKind, Fetch] = {
    SourceKind.pxweb: pxweb.fetch,
    SourceKind.jobsearch: job_ads.fetch_open,
    SourceKind.historical_ads: job_ads.fetch_historical,
    SourceKind.yrkesbarometern: yrkesbarometern.fetch,
    SourceKind.taxonomy: taxonomy.fetch,
    SourceKind.susa_navet: susa.fetch,
    SourceKind.skolenhetsregistret: schools.fetch,
    SourceKind.kolada: kolada.fetch,
}
