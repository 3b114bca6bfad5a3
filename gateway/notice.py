"""Notices: one sentence about what was just done, with its undoing, shown on the next page."""

from dataclasses import asdict, dataclass
from urllib.parse import quote, unquote

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.addresses import is_local

LONGEST = 300
SECONDS = 60


def cookie_name(*, https: bool) -> str:
    """Browsers take the __Host- prefix only over https."""
    return "__Host-notice" if https else "notice"


@dataclass(frozen=True)
class Notice:
    """What was done, and the local address that undoes it by POST."""

    text: str
    undo: str | None = None

    def write(self, answer: Response, *, https: bool) -> None:
        """Leave the notice for the next page."""
        short = Notice(self.text[:LONGEST], self.undo)
        answer.set_cookie(
            cookie_name(https=https),
            quote(orjson.dumps(asdict(short))),
            max_age=SECONDS,
            secure=https,
            httponly=True,
            samesite="lax",
        )

    @staticmethod
    def waits(request: Request, *, https: bool) -> bool:
        """Whether a notice was left."""
        return cookie_name(https=https) in request.cookies

    @classmethod
    def read(cls, request: Request, *, https: bool) -> "Notice | None":
        """The notice that was left, if it can be trusted."""
        try:
            left = orjson.loads(unquote(request.cookies.get(cookie_name(https=https), "")))
            text, undo = str(left["text"])[:LONGEST], left.get("undo")
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return cls(text, undo if isinstance(undo, str) and is_local(undo) else None)

    @staticmethod
    def forget(answer: Response, *, https: bool) -> None:
        """A notice is shown once."""
        answer.delete_cookie(cookie_name(https=https), secure=https, httponly=True, samesite="lax")
