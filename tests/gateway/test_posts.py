"""A user who is a known person acts with the posts that person holds today."""

from typing import Any

import httpx

from gateway.app import _posts_from
from gateway.session import Sessions
from gateway.switchboard import Switchboard
from tests.callers import KEYS, Signed
from tests.gateway.signing_in import Browser, user


async def a_person_with_posts(actors: Signed) -> tuple[str, str]:
    """A person who holds one post today and has held another; its id and the first post's."""
    actor = await actors.made("/actors", {"name": "Exempelkommun 1", "kind": "municipality"})
    person = await actors.made("/people", {"name": "Exempelperson 1"})
    posts = [
        await actors.made("/posts", {"actor_id": actor["id"], "title": f"Exempelbefattning {n}"})
        for n in (1, 2)
    ]
    for post, days in zip(posts, ({}, {"valid_to": "2021-01-01"}), strict=True):
        held = {"post_id": post["id"], "person_id": person["id"], "valid_from": "2020-01-01"}
        await actors.made("/holdings", held | days)
    return person["id"], posts[0]["id"]


async def test_signing_in_finds_the_posts_held_today(gateway: Any, actors: Signed) -> None:
    person, post = await a_person_with_posts(actors)
    line = [("http://inside", httpx.ASGITransport(actors.app))]
    keys = {pair: secret.encode() for pair, secret in KEYS.items()}
    posts_of = _posts_from(Switchboard(keys, {"actors": line}))
    gateway.state.sessions = Sessions(gateway.state.database, https=False, posts_of=posts_of)
    await user(gateway, "process_leader", person_id=person)
    browser = Browser(gateway)
    await browser.sign_in("anna@exempel.se")
    visitor = await gateway.state.sessions._visitor(browser.session, "test")
    assert [str(held) for held in visitor.caller.post_ids] == [post]
    assert str(visitor.caller.person_id) == person


async def test_one_can_sign_in_while_the_registry_is_away(gateway: Any) -> None:
    await user(gateway, "process_leader", person_id="01890000-0000-7000-8000-000000000000")
    browser = Browser(gateway)
    assert (await browser.sign_in("anna@exempel.se")).status == 303
    visitor = await gateway.state.sessions._visitor(browser.session, "test")
    assert visitor.caller.post_ids == ()
