"""Static files: read once, kept in memory with their gzip, named by a hash of their content."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from services.kit.errors import NotFound

FOREVER = "public, max-age=31536000, immutable"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_URL = re.compile(rb'url\("([\w.-]+)"\)')


@dataclass(frozen=True)
class File:
    """One file as it goes over the wire."""

    body: bytes
    zipped: bytes
    kind: str
    hash: str


class Static:
    """Every servable file of frontend/static. Nothing is read from disk after the start."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, File] = {}
        for path in sorted(folder.iterdir(), key=lambda p: (p.suffix == ".css", p.name)):
            if path.suffix in KINDS:
                self.files[path.name] = self._read(path)

    def _read(self, path: Path) -> File:
        body = path.read_bytes()
        if path.suffix == ".css":
            body = _URL.sub(lambda found: f'url("{self._inside(found[1])}")'.encode(), body)
        zipped = body if path.suffix == ".woff2" else gzip.compress(body, 9, mtime=0)
        return File(body, zipped, KINDS[path.suffix], sha256(body).hexdigest()[:12])

    def _inside(self, name: bytes) -> str:
        return f"{name.decode()}?v={self.files[name.decode()].hash}"

    def address(self, name: str) -> str:
        """The address of a file, changed whenever its content is."""
        return f"/static/{name}?v={self.files[name].hash}"

    def answer(self, request: Request, name: str) -> Response:
        """The file, for ever cacheable under its hash. NotFound."""
        file = self.files.get(name)
        if file is None:
            raise NotFound("there is no such file")
        tag = f'"{file.hash}"'
        current = request.query_params.get("v") == file.hash
        headers = {
            "Cache-Control": FOREVER if current else "no-cache",
            "ETag": tag,
            "Vary": "Accept-Encoding",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if file.zipped is not file.body and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(file.zipped, headers=headers, media_type=file.kind)
        return Response(file.body, headers=headers, media_type=file.kind)
