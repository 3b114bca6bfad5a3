"""The teller: makes things through the public API, once each however often the story is told."""

from typing import Any

import httpx

REPORT = "Slutrapport Samverkansmodell för kompetensförsörjning i Skaraborg"
EDITION = "demo-1"
Fact = dict[str, Any]


def report(*sections: str) -> str:
    """The source line of a fact that stands in the project's published final report."""
    *most, last = (f"”{section}”" for section in sections)
    if not most:
        return f"{REPORT}, avsnittet {last}"
    return f"{REPORT}, avsnitten {', '.join(most)} och {last}"


class StoryStopped(Exception):
    """The API refused a part of the story."""


class Teller:
    """Remembers what each thing of the story became, by a name of its own."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.ids: dict[str, str] = {}
        self.made = 0

    def id(self, name: str) -> str:
        """The id of something told before."""
        return self.ids[name]

    def all(self, *names: str) -> list[str]:
        """The ids of several things."""
        return [self.ids[name] for name in names]

    async def make(self, noun: str, name: str, /, **fields: Any) -> Fact:
        """A fact: has a source. Sent again it is the same thing (Idempotency-Key)."""
        found = await self._post(f"/api/v1/{noun}", f"{noun}-{name}", fields)
        self.ids[name] = found["id"]
        self.made += 1
        return found

    async def invent(self, noun: str, name: str, /, **fields: Any) -> Fact:
        """Something that the report does not give whole: an example wherever it is shown.

        Where anything in it that says who, where, when or how many is assumed, all of it is an
        example, and its source says which.
        """
        return await self.make(noun, name, example=True, **fields)

    async def invent_many(self, noun: str, name: str, rows: list[Fact], **shared: Any) -> None:
        """Several examples of a kind in one call; all of them or none."""
        sent = [row | shared | {"example": True} for row in rows]
        await self._post(f"/api/v1/{noun}/bulk", f"{noun}-{name}", sent)
        self.made += len(sent)

    async def do(self, address: str, name: str, /, **fields: Any) -> Fact:
        """A named action, once."""
        return await self._post(f"/api/v1{address}", name, fields)

    async def get(self, address: str) -> Any:
        """A reading."""
        return self._body(await self.http.get(f"/api/v1{address}"))

    async def put(self, address: str, body: Fact) -> Fact:
        """New values for something just read or made."""
        headers = {} if "version" not in body else {"If-Match": f'"v{body.pop("version")}"'}
        found: Fact = self._body(
            await self.http.put(f"/api/v1{address}", json=body, headers=headers)
        )
        return found

    async def _post(self, address: str, name: str, fields: Fact | list[Fact]) -> Fact:
        headers = {"Idempotency-Key": f"{EDITION}-{name}"}
        found: Fact = self._body(await self.http.post(address, json=fields, headers=headers))
        return found

    @staticmethod
    def _body(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise StoryStopped(f"{answer.request.url.path}: {answer.status_code} {answer.text}")
        return answer.json()
