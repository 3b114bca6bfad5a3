"""Changes: the three services' feeds as one, for whoever keeps a copy.

The services are read one after the other, each to its end, so that what others refer to comes
first: actors before the needs that name them. The cursor holds each service's place and the hash
of its ledger there; where a ledger is not the one that was followed, the answer is 409.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs, urlencode

import orjson
from starlette.responses import Response

from gateway.api.directory import SERVICES
from gateway.api.passing import ROOT
from gateway.switchboard import Switchboard
from services.kit.errors import Malformed
from services.kit.http import answer as json_answer
from services.kit.http import encode
from services.kit.identity import Caller
from services.kit.middleware import Scope

LIMIT, LIMIT_MOST = 100, 1000
NDJSON = "application/x-ndjson"
_NUMBER = re.compile(r"[0-9]{1,9}")
Place = tuple[int, str]
Cursor = dict[str, Place]


async def answer(switchboard: Switchboard, caller: Caller, scope: Scope) -> Response:
    """A page of changes, as JSON or one line each."""
    cursor, limit, nouns = _asked(scope["query_string"].decode("latin-1"))
    items, cursor, more = await _read(switchboard, caller, cursor, limit, nouns)
    query = {"after": _written(cursor), "limit": limit} | ({"noun": nouns} if nouns else {})
    onward = f"{ROOT}/changes?{urlencode(query, doseq=True)}"
    headers = {"Link": f'<{onward}>; rel="next"', "Cache-Control": "no-store", "Vary": "Accept"}
    accept = next((v for n, v in scope["headers"] if n == b"accept"), b"").decode("latin-1")
    if NDJSON in accept:
        return Response(b"".join(encode(item) + b"\n" for item in items), 200, headers, NDJSON)
    body = {"items": items, "next": onward if more else None, "after": query["after"]}
    return json_answer(body, headers=headers)


def _asked(query: str) -> tuple[Cursor, int, list[str]]:
    said = parse_qs(query, keep_blank_values=True)
    if unknown := set(said) - {"after", "limit", "noun"}:
        name = min(unknown)
        raise Malformed("there is no such parameter", field=name, reason="unknown_parameter")
    text = said.get("limit", [str(LIMIT)])[-1]
    if not (_NUMBER.fullmatch(text) and 1 <= int(text) <= LIMIT_MOST):
        raise Malformed(f"1 to {LIMIT_MOST}", field="limit", reason="out_of_range")
    return _cursor(said.get("after", [""])[-1]), int(text), said.get("noun", [])


def _cursor(text: str) -> Cursor:
    """The places that a cursor names; the beginning where there is none."""
    if not text:
        return dict.fromkeys(SERVICES, (0, ""))
    try:
        said = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return {name: _place(*said[name]) for name in SERVICES}
    except (ValueError, TypeError, KeyError, binascii.Error):
        lost = Malformed("this is not a cursor of ours", field="after", reason="unreadable")
        raise lost from None


def _place(seq: int, seen: str) -> Place:
    """A place in one ledger. ValueError or TypeError where it cannot be one."""
    bytes.fromhex(seen)
    if not (type(seq) is int and 0 <= seq < 2**62):
        raise ValueError
    return seq, seen


def _written(cursor: Cursor) -> str:
    return urlsafe_b64encode(orjson.dumps(cursor)).rstrip(b"=").decode()


async def _read(
    switchboard: Switchboard, caller: Caller, cursor: Cursor, limit: int, nouns: list[str]
) -> tuple[list[dict[str, Any]], Cursor, bool]:
    """Up to `limit` entries looked at, the places after them, and whether more waits."""
    items: list[dict[str, Any]] = []
    left, places = limit, dict(cursor)
    for service in SERVICES:
        seq, seen = places[service]
        query = {"after": seq, "hash": seen, "limit": max(left, 1)}
        if nouns:
            query["entities"] = ",".join(nouns)
        reply = await switchboard.ask(
            service, "GET", "/feed", caller=caller, query=urlencode(query)
        )
        page = reply.json()
        if left == 0:
            if page["head"] > seq:
                return items, places, True
            continue
        items += [_item(event) for event in page["events"]]
        left = max(0, left - (page["next"] - seq))
        places[service] = (page["next"], page["hash"])
        if page["head"] > page["next"]:
            return items, places, True
    return items, places, False


def _item(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "noun": event["entity"],
        "id": event["key"],
        "verb": event["verb"],
        "at": event["at"],
        "version": event["row_version"],
        "thing": event["data"],
    }
