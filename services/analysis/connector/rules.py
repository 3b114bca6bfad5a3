"""Rules about fetching: where to, what for, when, and what is wrong with an answer."""

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.analysis.contract.source import FetchFailure, SourceKind, UpdateRhythm

# Where each interface is published; the first is asked where a source names no address.
PUBLISHED: Mapping[SourceKind, str] = {
    SourceKind.pxweb: "https://statistikdatabasen.scb.se/api/v2",
    SourceKind.jobsearch: "https://jobsearch.api.jobtechdev.se",
    SourceKind.historical_ads: "https://historical.api.jobtechdev.se",
    SourceKind.yrkesbarometern: (
        "https://data.arbetsformedlingen.se/prognoser/yrkesbarometer.json"
    ),
    SourceKind.taxonomy: "https://taxonomy.api.jobtechdev.se/v1/taxonomy",
    SourceKind.susa_navet: "https://api.skolverket.se/susa-navet/emil3",
    SourceKind.skolenhetsregistret: "https://api.skolverket.se/skolenhetsregistret/v2",
    SourceKind.kolada: "https://api.kolada.se/v3",
}
# How often a register is asked, by how often it gets new figures: often enough to be in time.
ASKED_EVERY = {
    UpdateRhythm.daily: timedelta(days=1),
    UpdateRhythm.monthly: timedelta(days=7),
    UpdateRhythm.quarterly: timedelta(days=14),
    UpdateRhythm.twice_a_year: timedelta(days=14),
    UpdateRhythm.yearly: timedelta(days=30),
}
AFTER_FAILURE = timedelta(hours=6)
# A fetch ends within this, one way or the other; after the lease nobody is at it any more.
WITHIN_SECONDS, LEASE = 600.0, timedelta(minutes=15)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Broken(Exception):
    """A fetch that failed: of what kind, and what was found."""

    def __init__(self, kind: FetchFailure, text: str) -> None:
        super().__init__(text)
        self.kind, self.text = kind, text


def unreadable(text: str) -> Broken:
    """The answer is not as the interface says."""
    return Broken(FetchFailure.unreadable, text)


def incomplete(text: str) -> Broken:
    """The answer is not all of it."""
    return Broken(FetchFailure.incomplete, text)


def wrong_selection(text: str) -> Broken:
    """The source does not say what to ask for."""
    return Broken(FetchFailure.wrong_selection, text)


def is_public(address: str) -> bool:
    """Whether an address is one on the open internet: none of ours, of this machine or this net."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour or ip.teredo or ip in _NAT64:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, written as an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_under_way(source: Mapping[str, Any], now: datetime) -> bool:
    """Whether somebody is fetching it; who has been at it for too long is gone."""
    since = source["fetching_at"]
    return since is not None and now - since < LEASE


def is_due(source: Mapping[str, Any], now: datetime, *, by_rhythm: bool) -> bool:
    """Whether it is to be fetched now: asked for, or there may be newer figures."""
    if is_under_way(source, now):
        return False
    if source["fetch_asked_at"] is not None or source["fetching_at"] is not None:
        return True  # asked for, or begun by who is gone
    every = ASKED_EVERY.get(source["update_rhythm"])
    if every is None or not by_rhythm:
        return False
    good, bad = source["fetched_at"], source["failed_at"]
    return (good is None or now - good >= every) and (bad is None or now - bad >= AFTER_FAILURE)


def demand_part(found: Any, kind: type | tuple[type, ...], where: str) -> Any:
    """A part of an answer, of the kind that the interface says. Broken."""
    if not isinstance(found, kind):
        raise unreadable(f"{where} is not as the interface says")
    return found


def listed(said: Any, name: str) -> list[Any]:
    """The list that an answer has under a name. Broken."""
    demand_part(said, dict, "the answer")
    found: list[Any] = demand_part(said.get(name), list, name)
    return found


def batches(several: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """Some at a time."""
    return [tuple(several[at : at + most]) for at in range(0, len(several), most)]
