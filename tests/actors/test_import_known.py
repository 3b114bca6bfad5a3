"""What an import finds in the registry already."""

from tests.actors.test_import import NUMBER, actors_of, told
from tests.callers import Signed


async def test_rows_are_compared_with_the_registry_as_names_are_looked_up(actors: Signed) -> None:
    known = (
        {"name": "Arbetsförmedlingen", "kind": "authority"},
        {"name": "Tibro kommun", "kind": "municipality", "municipality_code": "1472"},
        {"name": "Åkeriet Exempel AB", "kind": "company", "municipality_code": "1472"},
    )
    ids = [(await actors.made("/actors", one))["id"] for one in known]
    rows = [
        {"name": "Arbetsformedlingen", "kind": "authority"},
        {"name": "Tibro", "kind": "municipality", "municipality_code": "1472"},
        {"name": "Tibro", "kind": "company", "municipality_code": "1472"},
        {"name": "Kommunen Tibro", "kind": "municipality", "municipality_code": "1472"},
    ]
    found = await told(actors, actors_of(rows=rows))
    assert [(one["row"], one["id"], one["reason"]) for one in found["known_rows"]] == [
        (0, ids[0], "name"), (1, ids[1], "municipality_code"), (3, ids[1], "municipality_code"),
    ]  # fmt: skip
    assert {(one["row"], one["other_row"], one["reason"]) for one in found["alike_rows"]} == {
        (2, 1, "name"), (3, 1, "municipality_code"),
    }  # fmt: skip
    course = {"name": "Kurs", "form": "other", "provider_name": "Akeriet Exempel"}
    body = {"noun": "programme", "file_name": "kurser.csv", "rows": [course]}
    body |= {"make_providers": True}
    assert (await told(actors, body))["made_counts"] == {"programme": 1}
    await actors.made("/actors", {"name": "Akeriet Exempel", "kind": "company"})
    assert not (await told(actors, body))["errors"], "who is written just so is meant"


async def test_another_municipality_by_its_code_is_not_there_already(actors: Signed) -> None:
    """Of the country's 290 two are called alike but for a letter; companies there are no matter."""
    municipal = {"kind": "municipality"}
    habo = await actors.made("/actors", {"name": "Habo", "municipality_code": "0643"} | municipal)
    rows = [
        municipal | {"name": f"Exempelkommun {code}", "municipality_code": code}
        for code in (f"{county}{number:02}" for county in (12, 13, 14, 17) for number in range(72))
    ]
    rows += [
        municipal | {"name": "Håbo", "municipality_code": "0305"},
        municipal | {"name": "Habo kommun", "municipality_code": "0643"},
        municipal | {"name": "Habo"},
        {"name": "Habo", "kind": "company", "municipality_code": "0305"},
    ]
    found = await told(actors, actors_of(rows=rows, leave_known=True))
    known = [(one["row"], one["id"], one["reason"]) for one in found["known_rows"]]
    assert known == [
        (289, habo["id"], "municipality_code"),
        (290, habo["id"], "name"),
        (291, habo["id"], "name"),
    ]
    assert found["made_counts"] == {"actor": 289}, "all but Habo"
    both = [municipal | {"name": "Håbo", "municipality_code": "0305"}, rows[289]]
    both[1] = both[1] | {"name": "Habo"}
    assert not (await told(actors, actors_of(rows=both)))["alike_rows"]


async def test_it_is_told_which_actor_each_name_in_a_file_is_taken_for(actors: Signed) -> None:
    school = await actors.made("/actors", {"name": "Exempelskolan AB", "kind": "company"})
    await actors.made("/actors", {"name": "Bageriet", "kind": "company", "org_number": NUMBER})
    given = {"form": "vocational_university", "municipality_code": "1496"}
    rows = [
        {"name": f"Exempelkurs {place}", **given, **by}
        for place, by in enumerate(
            (
                {"provider_name": "Exempelskolan AB"},
                {"provider_org_number": NUMBER},
                {"provider_name": "exempelskolan"},
                {"provider_name": "exempelskolan"},
                {"provider_name": "Exempelhuset"},
                {"provider_name": "Exempelhuset"},
            )
        )
    ]
    body = {"noun": "programme", "file_name": "p.csv", "make_providers": True, "rows": rows}
    found = await told(actors, body)
    assert found["new_providers"] == ["Exempelhuset"]
    assert found["named_count"] == 3
    assert [(one["said"], one["name"], one["row_count"]) for one in found["named_actors"]] == [
        (NUMBER, "Bageriet", 1),
        ("exempelskolan", "Exempelskolan AB", 2),
        ("Exempelskolan AB", "Exempelskolan AB", 1),
    ]
    assert found["named_actors"][1]["id"] == school["id"]


async def test_a_municipality_that_gives_programmes_is_one(actors: Signed) -> None:
    """Files write it Köpings and Köpings kommun; Habo kommun is not Håbo kommun."""
    givers = (
        ("Köpings", "1983"), ("Köpings kommun", "1983"),
        ("Habo kommun", "0643"), ("Håbo kommun", "0305"),
    )  # fmt: skip
    rows = [
        {"name": f"Exempelkurs {code}", "form": "other", "provider_name": name}
        | {"provider_municipality_code": code}
        for name, code in givers
    ]
    body = {"noun": "programme", "file_name": "p.csv", "make_providers": True, "rows": rows}
    await actors.made("/imports", body)
    made = (await actors.get("/actors?sort=municipality_code")).json()["items"]
    assert [(one["name"], one["kind"], one["municipality_code"]) for one in made] == [
        ("Håbo kommun", "municipality", "0305"), ("Habo kommun", "municipality", "0643"),
        ("Köpings", "municipality", "1983"),
    ]  # fmt: skip
    short = [("Köping", "1983"), ("Habo", "0643"), ("Håbo", "0305")]
    listed = [{"name": n, "kind": "municipality", "municipality_code": c} for n, c in short]
    found = await told(actors, actors_of(rows=listed, leave_known=True))
    assert (found["known_count"], found["made_counts"]) == (3, {})


async def test_an_actor_without_code_that_is_called_as_a_town_may_be_its_municipality(
    actors: Signed,
) -> None:
    for name in ("Jönköpings kommun", "Köpings", "Habo kommun", "Malmö"):
        await actors.made("/actors", {"name": name, "kind": "education_provider"})
    short = [("Jönköping", "0680"), ("Köping", "1983"), ("Håbo", "0305"), ("Mala", "2418")]
    listed = [{"name": n, "kind": "municipality", "municipality_code": c} for n, c in short]
    found = await told(actors, actors_of(rows=listed))
    known = [(one["row"], one["name"], one["reason"]) for one in found["known_rows"]]
    assert known == [(0, "Jönköpings kommun", "name"), (1, "Köpings", "name")]
