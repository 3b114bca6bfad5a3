"""The whole house behind its pages: every service inside the gateway, and facts told to them."""

from dataclasses import dataclass
from typing import Any

from tests.callers import Signed
from tests.gateway.signing_in import Browser, signed_in

Fact = dict[str, Any]


@dataclass
class Whole:
    """A gateway with all its pages, and the services that live in it."""

    app: Any

    @property
    def actors(self) -> Signed:
        """The actors service, as a process leader calls it."""
        return Signed(self.app.state.embedded["actors"], "actors")

    @property
    def councils(self) -> Signed:
        """The councils service, as a process leader calls it."""
        return Signed(self.app.state.embedded["councils"], "councils")

    async def browser(self, *roles: str, **more: Any) -> Browser:
        """A browser where a new user with some roles is signed in."""
        email = f"{'-'.join(roles) or 'reader'}@exempel.se"
        return await signed_in(self.app, *roles, email=email, **more)

    async def actor(self, number: int = 1) -> Fact:
        """An invented actor."""
        return await self.actors.made(
            "/actors", {"name": f"Exempelkommun {number}", "kind": "municipality"}
        )

    async def post(self, actor: Fact, title: str = "Utvecklare", **more: Any) -> Fact:
        """A post at an actor."""
        return await self.actors.made("/posts", {"actor_id": actor["id"], "title": title} | more)

    async def person(self, number: int = 1, **more: Any) -> Fact:
        """An invented person."""
        return await self.actors.made("/people", {"name": f"Exempelperson {number}"} | more)

    async def holding(
        self, post: Fact, person: Fact, start: str, end: str | None = None, **more: Any
    ) -> Fact:
        """A person holds a post for a time."""
        told = {"post_id": post["id"], "person_id": person["id"]}
        days = {"valid_from": start, "valid_to": end}
        return await self.actors.made("/holdings", told | days | more)
