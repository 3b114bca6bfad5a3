"""OAuth 2 client credentials (RFC 6749 §4.4): a key is changed for a token of ten minutes."""

from base64 import b64decode
from urllib.parse import parse_qs, unquote_plus

from starlette.responses import Response

from gateway.api.bearers import TOKEN_SECONDS, Bearer, Bearers
from gateway.api.passing import whole_body
from services.kit.errors import NotAllowed, NotFound, TooLarge, Unauthenticated
from services.kit.http import encode
from services.kit.middleware import Receive, Scope

PATH = "/oauth/"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address
FORM = "application/x-www-form-urlencoded"
LONGEST = 8192
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class Refused(Exception):
    """An error of RFC 6749 §5.2."""

    def __init__(self, error: str, why: str, *, status: int = 400) -> None:
        super().__init__(why)
        self.error, self.why, self.status = error, why, status


async def answer(bearers: Bearers, scope: Scope, receive: Receive) -> Response:
    """The token endpoint."""
    if scope["path"] != TOKEN_PATH:
        raise NotFound("there is nothing at this address")
    if scope["method"] != "POST":
        raise NotAllowed(headers={"Allow": "POST"})
    try:
        return await _token(bearers, scope, await whole_body(receive))
    except Refused as no:
        headers = dict(NO_STORE)
        if no.status == 401:  # noqa: PLR2004
            headers["WWW-Authenticate"] = 'Basic realm="Kompetensnav", charset="UTF-8"'
        body = {"error": no.error, "error_description": no.why}
        return Response(encode(body), no.status, headers, "application/json")


async def _token(bearers: Bearers, scope: Scope, body: bytes) -> Response:
    if len(body) > LONGEST:
        raise TooLarge(f"at most {LONGEST} bytes")
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    if not kind.startswith(FORM.encode()):
        raise Refused("invalid_request", f"send {FORM}")
    form = _form(body)
    bearer = await _bearer(bearers, scope, form)
    if "grant_type" not in form:
        raise Refused("invalid_request", "grant_type is missing")
    if form["grant_type"] != "client_credentials":
        raise Refused("unsupported_grant_type", "only client_credentials")
    wanted = tuple(form["scope"].split()) if form.get("scope") else bearer.scopes
    if not set(wanted) <= set(bearer.scopes):
        raise Refused("invalid_scope", "the key has not all of these scopes")
    token = {
        "access_token": bearers.token(bearer.key, wanted),
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "scope": " ".join(wanted),
    }
    return Response(encode(token), 200, NO_STORE, "application/json")


def _form(body: bytes) -> dict[str, str]:
    try:
        said = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refused("invalid_request", "the form cannot be read") from None
    if any(len(values) > 1 for values in said.values()):
        raise Refused("invalid_request", "each parameter is given once")
    return {name: values[0] for name, values in said.items()}


async def _bearer(bearers: Bearers, scope: Scope, form: dict[str, str]) -> Bearer:
    """The client behind its id and its key: client_secret_basic, or client_secret_post."""
    header = next((value for name, value in scope["headers"] if name == b"authorization"), None)
    if header is not None and "client_secret" in form:
        raise Refused("invalid_request", "one way of authentication, not two")
    if header is not None:
        client, key = _basic(header)
    else:
        client, key = form.get("client_id", ""), form.get("client_secret", "")
    try:
        bearer = await bearers.by_key(key)
    except Unauthenticated:
        raise Refused("invalid_client", "unknown client or key", status=401) from None
    part = bearer.key.part  # shown with the key's first letters, as it stands in the key
    if client not in {bearer.key.client_id, part, f"kn_{part}"}:
        raise Refused("invalid_client", "unknown client or key", status=401)
    return bearer


def _basic(header: bytes) -> tuple[str, str]:
    kind, _, text = header.decode("latin-1").partition(" ")
    try:
        if kind.lower() != "basic":
            raise ValueError
        client, _, key = b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        raise Refused("invalid_client", "send HTTP Basic", status=401) from None
    return unquote_plus(client), unquote_plus(key)
