"""The rows of the table: what is asked, of whom, and how fast the answer should be."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from bench.client import Load, Make, get, post
from bench.house import READER, House
from services.kit import identity

SIGNED_ANEW = 200
# The peers were measured where a bare FastAPI route answered this often, so that
# "three times the best peer" becomes a ratio that holds on any machine.
ROUTE_BESIDE_PEERS = 12_000
BEST_SEARCH, DJANGO_PAGE, DRF_INSERT = 341, 264, 714


@dataclass(frozen=True)
class Row:
    """One question. `bar` is the least ratio to the bare route; None where none is set."""

    name: str
    does: str
    load: Callable[[House], Load]
    bar: float | None = None


def _beside(peer: int, times: float) -> float:
    return times * peer / ROUTE_BESIDE_PEERS


def _api(path: str, **more: str) -> Callable[[House], Load]:
    """A GET of the public API with a key."""

    def load(house: House) -> Load:
        where = f"/api/v1{path.format(actor=house.actor, need=house.need)}"
        return Load(house.port, get(where, authorization=f"Bearer {house.key}", **more))

    return load


def _page(path: str) -> Callable[[House], Load]:
    """A page as a signed-in user's browser asks for it."""

    def load(house: House) -> Load:
        where = path.format(actor=house.actor, need=house.need)
        return Load(house.port, get(where, cookie=f"session={house.session}", accept="text/html"))

    return load


def _unchanged(house: House) -> Load:
    made = _api("/actors?limit=50", if_none_match="*")(house)
    return Load(made.port, made.make, 304)


def _create(house: House) -> Load:
    def body(number: int) -> bytes:
        return orjson.dumps({"name": f"Nytt exempelföretag {number}", "kind": "company"})

    return Load(house.port, post("/api/v1/actors", body, authorization=f"Bearer {house.key}"), 201)


def _service(house: House) -> Load:
    """The service alone; each identity is good for a minute, so it is signed anew in time."""
    signed: dict[int, Make] = {}

    def make(number: int) -> bytes:
        turn = number // SIGNED_ANEW
        if turn not in signed:
            signed.clear()
            token = identity.sign(
                READER,
                secret=house.settings.keys["gateway>actors"],
                issuer="gateway",
                audience="actors",
                method="GET",
                path="/actors",
            )
            signed[turn] = get("/actors?limit=50", **{identity.HEADER: token})
        return signed[turn](number)

    return Load(house.actors, make)


SEARCH = f"/actors?q={quote('svetsaren lärling')}&kind=company&limit=50"

ROWS = (
    Row("hello", "bare ASGI hello", lambda house: Load(house.hello, get("/"))),
    Row("route", "bare FastAPI route", lambda house: Load(house.route, get("/"))),
    Row("service_list", "list of 50, the service alone", _service, 0.20),
    Row("list", "list of 50, /api/v1", _api("/actors?limit=50"), 0.15),
    Row("unchanged", "the same, unchanged (304)", _unchanged, 0.40),
    Row("one", "one thing, /api/v1", _api("/actors/{actor}"), 0.25),
    Row("search", "Swedish search with a filter", _api(SEARCH), _beside(BEST_SEARCH, 3)),
    Row("create", "create, in the ledger, once per key", _create, _beside(DRF_INSERT, 1.5)),
    Row("html_list", "page: needs, 20 rows", _page("/behov"), _beside(DJANGO_PAGE, 5)),
    Row("need_page", "page: a need with its thread", _page("/behov/{need}")),
    Row("thread", "page: the red thread, 20 needs", _page("/roda-traden")),
    Row("dashboard", "page: the start page", _page("/"), 0.10),
)
LIMITS = ("hello", "route")
