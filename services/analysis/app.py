"""The analysis service, assembled."""

from collections.abc import Mapping

from fastapi import FastAPI

from services.analysis.allocation import routes as allocation
from services.analysis.challenge import routes as challenge
from services.analysis.challenge.queries import CHALLENGE_LINKS, CHALLENGES
from services.analysis.classification import routes as classification
from services.analysis.classification.queries import CODES, CORRESPONDENCES
from services.analysis.connector import routes as connector
from services.analysis.connector.actions import Errand
from services.analysis.connector.keeper import Keeper
from services.analysis.continuity import routes as continuity
from services.analysis.difference import routes as difference
from services.analysis.engine.choosing import backend_for
from services.analysis.equality import routes as equality
from services.analysis.following import routes as following
from services.analysis.following.actions import FOLLOWED, Follower
from services.analysis.forecast import routes as forecast
from services.analysis.indicator import routes as indicator
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.queries import INDICATORS
from services.analysis.quarantine import routes as quarantine
from services.analysis.record import routes as record
from services.analysis.rights import RIGHTS
from services.analysis.scanning import routes as scanning
from services.analysis.scanning.queries import SIGNALS, TRENDS
from services.analysis.snapshot import routes as snapshot
from services.analysis.snapshot.queries import SNAPSHOTS
from services.analysis.snapshot.shelf import Shelf
from services.analysis.source import routes as source
from services.analysis.source.queries import SOURCES
from services.analysis.tables import METADATA
from services.analysis.thread import routes as thread
from services.analysis.thread.kept import Kept
from services.analysis.verdict import routes as verdict
from services.kit.app import create_service
from services.kit.collection import Collection
from services.kit.settings import Settings
from services.kit.switchboard import Line, Switchboard, remote_line

COLLECTIONS: tuple[Collection, ...] = (
    SOURCES,
    SNAPSHOTS,
    INDICATORS,
    CODES,
    CORRESPONDENCES,
    SIGNALS,
    TRENDS,
    CHALLENGES,
    CHALLENGE_LINKS,
)
ROUTERS = (
    following.router,
    thread.router,
    verdict.router,
    allocation.router,
    continuity.router,
    indicator.router,
    equality.router,
    difference.router,
    record.router,
    connector.router,
    forecast.router,
    quarantine.router,
    source.sources,
    snapshot.snapshots,
    snapshot.router,
    indicator.indicators,
    classification.codes,
    classification.correspondences,
    classification.router,
    scanning.signals,
    scanning.trends,
    scanning.router,
    challenge.challenges,
    challenge.challenge_links,
)


def create_app(settings: Settings, lines: Mapping[str, Line] | None = None) -> FastAPI:
    """The service as one ASGI app; `lines` are the ways to services in this same process."""
    app = create_service(
        "analysis",
        settings=settings,
        metadata=METADATA,
        routers=ROUTERS,
        collections=COLLECTIONS,
        rights=RIGHTS,
        title="Kompetensnav: analys",
    )
    ways = lines or {name: remote_line(settings.urls(name)) for name in FOLLOWED}
    app.state.wire = Switchboard(settings.keys, ways, issuer="analysis")
    app.state.follower = Follower(app.state.database, app.state.wire, app.state.doubts)
    app.state.last.append(app.state.follower.close)
    app.state.kept_breaks = Kept()
    app.state.kept_turnover = Kept()
    app.state.kept_readings = Kept()
    app.state.shelf = Shelf.of(settings.data_dir)
    errand = Errand.of(app.state.database, settings)
    app.state.keeper = Keeper(errand, by_rhythm=settings.fetch_by_rhythm)
    app.state.meanwhile.append(app.state.keeper.run)
    backend = backend_for(app.state.shelf, settings.statistics_engine, settings.database_url)
    app.state.figures = Engine(backend)
    app.state.last.append(app.state.figures.close)
    app.state.figures.small_counts_below = settings.small_counts_below
    return app
