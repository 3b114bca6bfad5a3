"""Identity between programs: who acts, signed by the calling program, for one request only.

One secret per pair of programs (see docs/decisions/0003): a leaked one forges calls to that one
service alone. The token binds service, method, path and time; there is no way to switch it off.
"""

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

import orjson

from services.kit.errors import Unauthenticated

HEADER = "x-kompetensnav-identity"
LIFETIME = 60.0
LEEWAY = 30.0


@dataclass(frozen=True)
class Caller:
    """Who acts. `kind` is user, client (a municipality's key) or service."""

    kind: str
    subject: str
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    municipality_code: str | None = None
    person_id: UUID | None = None
    post_ids: tuple[UUID, ...] = ()
    request_id: str = field(default="-", compare=False)

    def has_role(self, *roles: str) -> bool:
        """Whether the caller is a user with any of the roles."""
        return any(role in self.roles for role in roles)

    @property
    def bound_to(self) -> str | None:
        """The one municipality whose things this caller may write; None: not bound."""
        return self.municipality_code if self.kind == "client" else None

    @property
    def sees_people(self) -> bool:
        """Whether the caller may read personal contact data."""
        return (
            self.kind == "service"
            or "personal" in self.scopes
            or self.has_role("process_leader", "administrator", "strategist")
        )


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sign(
    caller: Caller, *, secret: bytes, issuer: str, audience: str, method: str, path: str
) -> str:
    """The header value with which `issuer` calls `audience` on the caller's behalf."""
    claims = {
        "kind": caller.kind,
        "subject": caller.subject,
        "roles": caller.roles,
        "scopes": caller.scopes,
        "municipality_code": caller.municipality_code,
        "person_id": caller.person_id,
        "post_ids": caller.post_ids,
        "request_id": caller.request_id,
        "iss": issuer,
        "aud": audience,
        "exp": time.time() + LIFETIME,
        "htm": method,
        "htp": path,
    }
    payload = orjson.dumps(claims)
    return f"{_encode(payload)}.{_encode(hmac.digest(secret, payload, sha256))}"


def verify(
    token: str, *, secrets: dict[str, bytes], audience: str, method: str, path: str
) -> Caller:
    """The caller of a token made for exactly this request.

    `secrets` maps issuer to the secret it shares with us. Raises Unauthenticated otherwise.
    """
    try:
        payload_text, mac_text = token.split(".")
        payload, mac = _decode(payload_text), _decode(mac_text)
        claims = orjson.loads(payload)
        secret = secrets[claims["iss"]]
    except (ValueError, KeyError, TypeError):
        raise Unauthenticated("the identity is missing or unreadable") from None
    if not hmac.compare_digest(mac, hmac.digest(secret, payload, sha256)):
        raise Unauthenticated("the identity's signature is wrong")
    if (claims["aud"], claims["htm"], claims["htp"]) != (audience, method, path):
        raise Unauthenticated("the identity was made for another request")
    if not -LIFETIME - LEEWAY <= claims["exp"] - time.time() - LIFETIME <= LEEWAY:
        raise Unauthenticated("the identity is too old, or from the future")
    person = claims["person_id"]
    return Caller(
        kind=claims["kind"],
        subject=claims["subject"],
        roles=tuple(claims["roles"]),
        scopes=tuple(claims["scopes"]),
        municipality_code=claims["municipality_code"],
        person_id=UUID(person) if person else None,
        post_ids=tuple(UUID(post) for post in claims["post_ids"]),
        request_id=claims["request_id"],
    )
