"""Parting: the posts that somebody leaves, and everything that follows from it."""

from datetime import date
from typing import NamedTuple

from gateway.clients.service import Found
from gateway.pages.agreed import Left
from gateway.pages.losses import Loss, Losses
from services.actors.contract.departure import PersonDeparture
from services.actors.contract.post import HoldingCover
from services.kit import clock


class Leaving(NamedTuple):
    """One post that somebody leaves: its holding, and those of others in the post."""

    post: Found
    actor: str
    holding: Found
    others: list[Found]

    def concerned(self, left: PersonDeparture) -> bool:
        """Whether leaving that day ends it, or takes it away where it was not to begin before."""
        begun, ended = (self.holding[name] for name in ("valid_from", "valid_to"))
        days = date.fromisoformat(begun), date.fromisoformat(ended) if ended else None
        chosen = self.post["id"] in {str(post_id) for post_id in left.post_ids}
        return chosen and left.concerns(*days, today=clock.today())

    def stays(self, left: PersonDeparture) -> bool:
        """Whether it is a return after that day, which a departure of then leaves as it is."""
        return self.holding["valid_from"] > left.left_on.isoformat() and not self.concerned(left)

    @property
    def option(self) -> tuple[str, str]:
        """The post as a choice."""
        return self.post["id"], f"{self.post['title']}, {self.actor}"

    @property
    def next_on(self) -> str | None:
        """The first day of the next ordinary holder, if there is one."""
        after = self.holding["valid_from"]
        ahead = (
            one["valid_from"]
            for one in self.others
            if one["cover"] == HoldingCover.ordinary and one["valid_from"] > after
        )
        return min(ahead, default=None)

    @property
    def turns(self) -> bool:
        """Whether the post changes hands: not where a substitute leaves its holder there."""
        end = str(self.holding["valid_to"] or "")
        return self.holding["cover"] == HoldingCover.ordinary or not self.beside(end)

    def is_vacant(self, today: str) -> bool:
        """Whether nobody comes after the one who leaves, today or from the day they leave.

        Who covers it until a day leaves it to nobody, as the list of what waits says too.
        """
        end = max(today, str(self.holding["valid_to"] or ""))
        return self.next_on is None and not self.cared(end)

    def cared(self, day: str) -> bool:
        """Whether it has its own holder on a day, or somebody there without an end."""
        stays = any(one["valid_to"] is None for one in self.others)
        return self.is_held(day) or (stays and bool(self.beside(day)))

    def bare_from(self, day: str) -> str:
        """The first day without anybody, of a post that is left by a day and covered until then."""
        covered = self.beside(day) and not self.cared(day)
        ends = (str(one["valid_to"] or "") for one in self.others)
        return max(day, *ends) if covered else day

    def bare_since(self, day: str) -> str:
        """Since when nobody is there, of a post that nobody has on a day: who covered it went."""
        ends = [str(one["valid_to"]) for one in self.others if one["valid_to"]]
        return max(str(self.holding["valid_to"]), *(end for end in ends if end <= day), "")

    def is_held(self, day: str) -> bool:
        """Whether somebody else holds it as its own on a day."""
        there = self.beside(day)
        return there is not None and there["cover"] == HoldingCover.ordinary

    def beside(self, day: str) -> Found | None:
        """Somebody else's holding on a day: the ordinary holder's, or a substitute's."""
        then = (
            one
            for one in self.others
            if one["valid_from"] <= day and (one["valid_to"] is None or one["valid_to"] > day)
        )
        return min(then, key=lambda one: str(one["cover"]), default=None)


class Following(NamedTuple):
    """Everything that follows from a departure."""

    leaving: list[Leaving]
    losses: Losses
    relations: list[Loss]

    @property
    def all(self) -> list[Loss]:
        """Everything that somebody has to take over, the posts themselves among it."""
        return [*map(self.as_loss, self.leaving), *self.losses.all, *self.relations]

    def left_on(self, day: str) -> list[Left]:
        """What somebody may take over: all of a post that nobody has then, each thing once.

        One that is covered without an end has somebody, but no holder of its own.
        """
        alone = [one for one in self.leaving if not one.is_held(day)]
        told: set[tuple[str, str]] = set()
        found = []
        for number, one in enumerate(alone):
            parts = self.losses.of(one.post["id"]).values()
            things = [self.as_loss(one), *(loss for part in parts for loss in part)]
            things = [] if one.cared(day) else things
            things += [] if number else self.relations
            found.append(Left(one.post, [it for it in things if it.key not in told]))
            told |= {it.key for it in things}
        return found

    @staticmethod
    def as_loss(one: Leaving) -> Loss:
        """The post itself, which somebody has to see filled."""
        it, marked = one.post["id"], one.post["example"]
        return Loss(one.post["title"], "posts.show", it, "post", it, example=marked)
