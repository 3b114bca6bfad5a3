"""Visitors: who is looking at a page, as the door left it in the request."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hmac import compare_digest
from secrets import token_bytes
from uuid import UUID

from services.kit.identity import Caller

_PAD = 32


@dataclass(frozen=True)
class Visitor:
    """The one who is looking: a signed-in user, or nobody yet."""

    caller: Caller
    name: str = ""
    signed_in: bool = False
    secret: bytes = field(default=b"\0" * _PAD, repr=False)
    association: str = "Kompetensnav"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that decide which pages open."""
        return self.caller.roles

    @property
    def account_id(self) -> UUID:
        """The user that is signed in."""
        return UUID(self.caller.subject.removeprefix("user:"))

    def has_role(self, *roles: str) -> bool:
        """Whether the visitor has any of the roles."""
        return self.caller.has_role(*roles)

    @property
    def csrf(self) -> str:
        """The session's form token under a new mask each time (nothing to guess from lengths)."""
        pad = token_bytes(_PAD)
        return urlsafe_b64encode(pad + _masked(self.secret, pad)).rstrip(b"=").decode()

    def accepts(self, token: str) -> bool:
        """Whether a form was made by this house for this visitor."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return False
        if len(raw) != 2 * _PAD or not any(self.secret):
            return False
        return compare_digest(_masked(raw[_PAD:], raw[:_PAD]), self.secret)


def _masked(secret: bytes, pad: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(secret, pad, strict=True))


NOBODY = Visitor(Caller(kind="user", subject="nobody"))
