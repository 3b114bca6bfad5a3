"""Imports of people who are called as somebody with posts elsewhere."""

from tests.actors.test_import import told
from tests.actors.test_import_people import held, items, people, school
from tests.callers import Signed

DAN = {"name": "Exempelperson Dan"}
MAIL = {"email": "dan@exempel.se"}


async def test_a_namesake_at_another_organisation_gets_no_post_unless_somebody_says_so(
    actors: Signed,
) -> None:
    await school(actors)
    await actors.made("/actors", {"name": "Exempelbolaget", "kind": "company"})
    await actors.made("/imports", people(DAN | MAIL | held("Chef", "Exempelbolaget")))
    body = people(DAN | held("Rektor"))
    found = await told(actors, body)
    assert found["made_counts"] == {"person": 1, "post": 1, "holding": 1}
    assert (found["known_rows"], found["namesake_count"]) == ([], 1)
    (other,) = found["namesake_rows"]
    assert (other["row"], other["workplaces"]) == (0, ["Exempelbolaget"])
    for same in (
        people(DAN | held("Rektor"), same_names=True),
        people(DAN | MAIL | held("Rektor")),
    ):
        found = await told(actors, same)
        assert found["made_counts"] == {"post": 1, "holding": 1}
        assert found["namesake_count"] == 0
        assert found["known_rows"][0]["workplaces"] == ["Exempelbolaget"]
    at_work = await told(actors, people(DAN | held("Säljare", "Exempelbolaget")))
    assert at_work["made_counts"] == {"post": 1, "holding": 1}, "it is the same one there"
    assert (await told(actors, people(DAN)))["left_count"] == 1, "who gets no post is there already"
    await actors.made("/imports", body)
    assert len(await items(actors, "/people")) == 2
    assert (await told(actors, body))["left_count"] == 1, "nothing is made twice"


async def test_who_has_no_post_anywhere_is_the_one_who_is_called_so(actors: Signed) -> None:
    await school(actors)
    await actors.made("/people", DAN)
    found = await told(actors, people(DAN | held("Rektor")))
    assert found["made_counts"] == {"post": 1, "holding": 1}
    assert found["namesake_count"] == 0
