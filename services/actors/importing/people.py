"""People: a row of a file is a person, and may say which post of which actor the person holds."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from services.actors.actor.rules import NoOrgNumber, org_number_of, written_number
from services.actors.contract.importing import OF_POST, ImportedPerson, ImportOrder, KnownReason
from services.actors.contract.post import HoldingDraft, PostDraft, PostFunction
from services.actors.importing import queries, rules
from services.actors.importing.plans import Plan
from services.actors.importing.rules import Key, Known
from services.actors.post.actions import together
from services.actors.post.queries import HOLDINGS, terms_at
from services.kit.bulk_sets import overlapping
from services.kit.errors import Rejected
from services.kit.http import Work
from services.kit.rows import without_marks
from services.kit.store import Record, plain

MENDED = ("phone", "note")  # what a later row of the same person may tell, and not contradict


def numbered(row: ImportedPerson) -> ImportedPerson:
    """The row with the actor's number as it is written everywhere. Rejected where it is none."""
    try:
        number = org_number_of(row.actor_org_number)
    except NoOrgNumber as wrong:
        raise Rejected(str(wrong), field="actor_org_number", reason=wrong.code) from None
    return row.model_copy(update={"actor_org_number": number})


async def plan_people(work: Work, order: ImportOrder, found: Plan) -> None:
    """People before the posts, and both before who holds what."""
    reading = found.reading
    rows = reading.whole | reading.parts
    register = await queries.people_known(work.db, rows.values())
    hits = {n: hit for n, row in rows.items() if (hit := rules.known_people(register, row))}
    at = await _actors(work, found)
    ids = {one[0] for hit in hits.values() for one in hit}
    found.workplaces = await queries.workplaces(work.db, ids) if ids else {}
    if not order.same_names:
        hits = _told_apart(found, hits, at)
    found.known = {n: hit[0] for n, hit in hits.items()}
    if order.leave_known:
        found.leave([n for n in hits if not _says_of_post(rows[n])])
        found.spare(hits, OF_POST)
    making = _Making(found, hits if order.leave_known else {}, await _posts(work, at.values()))
    # In a thread: others are answered meanwhile.
    await asyncio.to_thread(making.take_all, at)
    for number, _ in await overlapping(work.db, HOLDINGS.table, making.holdings):
        found.tell(number, "post_title", "overlap", making.held_by(number))
    for number, draft in making.holdings.items():
        found.add("holding", number, plain(draft))
    found.alike = await _alike(found, making)
    found.joined = making.joined


def _told_apart(
    found: Plan, hits: dict[int, list[Known]], at: Mapping[int, UUID]
) -> dict[int, list[Known]]:
    """Whom the rows are of, without those who are only called so; those are told."""
    kept = {n: rules.at_home(hit, at.get(n), found.workplaces) for n, hit in hits.items()}
    found.namesakes = {n: hits[n][0] for n, hit in kept.items() if not hit}
    return {n: hit for n, hit in kept.items() if hit}


def _says_of_post(row: ImportedPerson) -> bool:
    return any(getattr(row, name) is not None for name in OF_POST)


async def _alike(found: Plan, making: "_Making") -> dict[int, rules.Alike]:
    """Rows that tell the same as an earlier one, or are of another who is called the same."""
    rows = sorted((found.reading.whole | found.reading.parts).items())
    keys = {n: rules.person_keys(row) for n, row in rows}
    # In a thread: others are answered while 100,000 names are compared.
    alike = await asyncio.to_thread(lambda: rules.alike(keys))
    whole, who = dict(rows), making.who

    def is_one(row: int, other: int) -> bool:
        key = rules.same_person(whole[row])
        same = key[1] and key == rules.same_person(whole[other])
        return bool(same or (row in who and who[row] == who.get(other)))

    return {n: one for n, one in alike.items() if n in making.twice or not is_one(n, one[0])}


async def _actors(work: Work, found: Plan) -> dict[int, UUID]:
    """The actor that each row names; what is wrong with the others is told."""
    rows = (found.reading.whole | found.reading.parts).items()
    named = {n: row for n, row in rows if row.actor_name or written_number(row.actor_org_number)}
    if not named:
        return {}
    register, at = await queries.actors_known(work.db), {}
    for number, row in named.items():
        field = "actor_name" if row.actor_name else "actor_org_number"
        written = written_number(row.actor_org_number or row.actor_name)
        hit = rules.known_actor(register, row.actor_name, written)
        if hit is None:
            found.tell(number, field, "unknown_reference", "there is no such actor")
        elif several := rules.doubt_of(register, row.actor_name, hit):
            found.tell(number, field, "several_actors", several)
        else:
            at[number] = found.take_for(row.actor_name or row.actor_org_number, hit)
    return at


class _Posts:
    """The posts that some actors have, by what they are called, and who held them when."""

    def __init__(self, posts: Iterable[Record], terms: Iterable[Record]) -> None:
        self._called: dict[tuple[UUID, str], list[tuple[UUID, str]]] = defaultdict(list)
        self.terms: dict[UUID, list[Any]] = defaultdict(list)
        for one in posts:
            self.add(one["actor_id"], one["title"], one["id"])
        for term in terms:
            self.terms[term["post_id"]].append(SimpleNamespace(**term))

    def add(self, actor: UUID, title: str, post: UUID) -> None:
        """One more post."""
        called = rules.plain(title)
        self._called[actor, without_marks(called)].append((post, called))

    def called(self, actor: UUID, title: str) -> list[UUID]:
        """Those of an actor that are called so: just so, where any of several is."""
        name = rules.plain(title)
        found = self._called[actor, without_marks(name)]
        return [post for post, called in found if called == name] or [post for post, _ in found]


async def _posts(work: Work, actors: Iterable[UUID]) -> _Posts:
    wanted = set(actors)
    if not wanted:
        return _Posts([], [])
    posts = await queries.posts_known(work.db, wanted)
    return _Posts(posts, await terms_at(work.db, [one["id"] for one in posts]))


class _Making:
    """What the rows become, one after the other; what they say was judged when they were read."""

    def __init__(self, found: Plan, hits: dict[int, list[Known]], posts: _Posts) -> None:
        self._found, self._hits, self._posts = found, hits, posts
        self._people: dict[Key, tuple[int, Record]] = {}
        self._held: set[tuple[Any, ...]] = set()
        self._terms: dict[UUID, list[int]] = defaultdict(list)
        self.holdings: dict[int, HoldingDraft] = {}
        self.who: dict[int, UUID] = {}  # each row's person
        self.twice: set[int] = set()  # rows that tell what an earlier one has told
        self.joined: dict[int, rules.Alike] = {}  # rows of an earlier one's person by name alone

    def take_all(self, at: Mapping[int, UUID]) -> None:
        """Every row whose post can be read, each with the actor that it names."""
        told, reading = self._found.wrong_in(OF_POST), self._found.reading
        for number, row in sorted((reading.whole | reading.parts).items()):
            if number not in told:
                self._take(number, row, at.get(number))

    def _take(self, number: int, row: ImportedPerson, actor: UUID | None) -> None:
        """A row: a person, or somebody who is known or stood there before, and a post of theirs."""
        if not _says_of_post(row):
            known = rules.same_person(row) in self._people
            self._person(number, row, None)
            if known:
                self._leave(number)
        elif actor is not None and row.post_title:
            self._hold(number, row, actor, self._posts.called(actor, row.post_title))

    def held_by(self, number: int) -> str:
        """Who holds a row's post then: what another row says, else somebody stored."""
        own = self.holdings[number]
        others = (n for n in self._terms[own.post_id] if n != number)
        other = next((n for n in others if together(self.holdings[n], own)), None)
        if other is not None:
            return f"row {other} says the same post then"
        stored = (one for one in self._posts.terms[own.post_id] if together(one, own))
        term = next((one for one in stored if one.cover == own.cover), None)
        if term is None:
            return "somebody holds the post then"
        until = f" to {term.valid_to}" if term.valid_to else ""
        return f"held then by person {term.person_id} from {term.valid_from}{until}"

    def _leave(self, number: int) -> None:
        self.twice.add(number)
        self._found.left.add(number)

    def _hold(self, number: int, row: ImportedPerson, actor: UUID, posts: list[UUID]) -> None:
        people = {hit[0]: hit for hit in self._hits.get(number, ())}
        for term in (term for post in posts for term in self._posts.terms[post]):
            if term.person_id in people and together(term, row):
                self._is_known(number, people[term.person_id])
                return
        if len(people) > 1:
            self._found.tell(number, "name", "several_people", "several people are called so")
        elif len(posts) > 1:
            self._found.tell(number, "post_title", "several_posts", "several posts are called so")
        else:
            self.who[number] = next(iter(people), None) or self._person(number, row, actor)
            self._let_hold(number, row, posts[0] if posts else self._post(number, row, actor))

    def _is_known(self, number: int, person: Known) -> None:
        self.who[number] = person[0]
        self._found.known[number] = (person[0], person[1], KnownReason.holding)
        self._found.left.add(number)

    def _let_hold(self, number: int, row: ImportedPerson, post: UUID) -> None:
        period: Any = {"valid_from": row.valid_from, "valid_to": row.valid_to}
        told = (self.who[number], post, *period.values())
        if told in self._held:
            self._leave(number)
            return
        self._held.add(told)
        self._terms[post].append(number)
        self.holdings[number] = HoldingDraft.model_construct(
            post_id=post,
            person_id=told[0],
            source=rules.source_of_days(row),
            example=row.example,
            **period,
        )

    def _person(self, number: int, row: ImportedPerson, actor: UUID | None) -> UUID:
        """Somebody new; several rows of the same name and address are one person.

        Without addresses those of the same name at the same actor are, unless they tell otherwise.
        """
        key, values = rules.same_person(row, actor), plain(row)
        for name in (*OF_POST, "said_of_days"):
            del values[name]
        first, before = self._people.get(key, (number, None))
        by_name = key[0] is KnownReason.name
        if before is None or (by_name and self._differ(before, values)):
            made = self._found.add("person", number, values)
            if key[1]:
                self._people.setdefault(key, (number, values))
        else:
            made = before["id"]
            self._mend(number, before, values)
            if by_name:
                self.joined[number] = (first, KnownReason.name)
        self.who[number] = made
        return made

    @staticmethod
    def _differ(before: Record, values: Record) -> bool:
        return any(values[name] not in {None, before[name]} for name in MENDED if before[name])

    def _mend(self, number: int, before: Record, values: Record) -> None:
        for name in MENDED:
            if before[name] is None:
                before[name] = values[name]
            elif values[name] not in {None, before[name]}:
                self._found.tell(number, name, "other_before", "an earlier row says otherwise")

    def _post(self, number: int, row: ImportedPerson, actor: UUID) -> UUID:
        title = row.post_title or ""
        draft = PostDraft.model_construct(
            actor_id=actor, title=title, function=PostFunction.other,
            source=row.source, example=row.example,
        )  # fmt: skip
        made = self._found.add("post", number, plain(draft))
        self._posts.add(actor, title, made)
        return made
