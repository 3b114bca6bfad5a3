"""Limits: how many requests a client may make, counted by each program for itself."""

import math
import time
from dataclasses import dataclass

from services.kit.errors import Throttled

WINDOW = 60.0
FORGET_AT = 10_000
_LEFT, _RESET = b"ratelimit-remaining", b"ratelimit-reset"


@dataclass(slots=True)
class Bucket:
    """Fills evenly up to the limit; every request takes one."""

    left: float
    at: float


class Limits:
    """One bucket per client."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute, self.rate = per_minute, per_minute / WINDOW
        self._limit = (b"ratelimit-limit", b"%d" % per_minute)
        self._buckets: dict[str, Bucket] = {}

    def take(self, client: str) -> list[tuple[bytes, bytes]]:
        """Count a request and say in headers how many are left. Throttled."""
        now = time.monotonic()
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._new(client, now)
        bucket.left = min(self.per_minute, bucket.left + (now - bucket.at) * self.rate)
        bucket.at = now
        if bucket.left < 1:
            raise self._refused(1 - bucket.left)
        bucket.left -= 1
        full = math.ceil((self.per_minute - bucket.left) / self.rate)
        return [self._limit, (_LEFT, b"%d" % bucket.left), (_RESET, b"%d" % full)]

    def _refused(self, missing: float) -> Throttled:
        wait = str(math.ceil(missing / self.rate))
        named = ("Retry-After", "RateLimit-Reset")
        headers = dict.fromkeys(named, wait) | {"RateLimit-Remaining": "0"}
        headers["RateLimit-Limit"] = str(self.per_minute)
        return Throttled(f"at most {self.per_minute} requests a minute", headers=headers)

    def _new(self, client: str, now: float) -> Bucket:
        if len(self._buckets) >= FORGET_AT:
            self._buckets = {k: b for k, b in self._buckets.items() if now - b.at < WINDOW}
        made = self._buckets[client] = Bucket(self.per_minute, now)
        return made
