"""Actors: registered once, found before they are doubled, with level and status over time."""

import pytest

from services.actors.actor import queries
from services.actors.actor.rules import bare_name, org_number_of
from tests.callers import Signed

AUTHORITY = {"name": "Arbetsförmedlingen", "kind": "authority"}


@pytest.mark.parametrize("text", ["2021002114", "202100-2114", " 16202100-2114"])
def test_an_org_number_in_any_writing(text: str) -> None:
    assert org_number_of(text) == "202100-2114"


@pytest.mark.parametrize("text", ["202100-2115", "20210021", "810101-1234", "٢٠٢١٠٠٢١١٤", "abc"])
def test_not_an_org_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of three sentences
        org_number_of(text)


def test_names_are_compared_without_company_form() -> None:
    assert (
        bare_name("Exempelföretag 1 AB") == bare_name("AB exempelföretag 1") == "exempelföretag 1"
    )


def test_a_name_of_nothing_but_a_form_is_compared_as_it_stands() -> None:
    assert bare_name("Stiftelsen") == "stiftelsen"


FORMS_OF_COMPANIES = [
    ("Exempelsåg Handelsbolag", ("Exempelsåg HB", "Exempelsåg")),
    (
        "Exempelbygg Ekonomisk Förening",
        ("Exempelbygg ek. för.", "Exempelbygg ek.för", "Exempelbygg"),
    ),
    ("Exempelskog Kommanditbolag", ("Exempelskog KB", "Exempelskog")),
    ("Stiftelsen Exempelgård", ("Exempelgård stiftelse", "Exempelgård")),
    ("Aktiebolaget Exempelverk", ("Exempelverk AB (publ)", "Exempelverk")),
    ("Exempelkör Ideella Föreningen", ("Exempelkör ideell förening", "Exempelkör")),
]


@pytest.mark.parametrize(("name", "written"), FORMS_OF_COMPANIES)
async def test_a_company_form_is_no_name_spelled_out_or_short(
    actors: Signed, name: str, written: tuple[str, ...]
) -> None:
    await actors.made("/actors", {"name": name, "kind": "company"})
    for text in written:
        assert bare_name(text) == bare_name(name), "an import compares so"
        found = (await actors.get("/actors/likely-same", params={"name": text})).json()["items"]
        assert [one["name"] for one in found] == [name], text


async def test_who_is_called_so_in_short_is_probably_the_same(actors: Signed) -> None:
    long = "Exempelcentrum för jämställt arbete i väst (EXJAV)"
    for name in (long, "EXJUV", "Exempelförbundet"):
        await actors.made("/actors", {"name": name, "kind": "other"})

    async def alike(name: str) -> list[str]:
        found = await actors.get("/actors/likely-same", params={"name": name})
        return [actor["name"] for actor in found.json()["items"]]

    assert await alike("exjav") == [long]
    assert await alike("EXJAV ideell förening") == [long]
    assert await alike("Ett helt annat exempel på juridik (EXJUV)") == ["EXJUV"]
    assert await alike("jämställt") == []
    assert await alike("EX_AV") == [], "no letter is any letter"


async def test_level_and_status_change_over_time(actors: Signed) -> None:
    made = await actors.made("/actors", AUTHORITY)
    url = f"/actors/{made['id']}"
    assert (made["level"], made["status"]) == (None, None)

    async def place(day: str, level: str, status: str) -> int:
        body = {"actor_id": made["id"], "valid_from": day, "level": level, "status": status}
        return (await actors.post(f"{url}/place", body)).status_code

    assert await place("2018-01-01", "operative", "active") == 200
    assert await place("2019-02-01", "operative", "withdrawn") == 422, "it leaves by /withdraw"
    leaving = {"withdrawn_on": "2019-02-01", "reason": "Nytt uppdrag"}
    assert (await actors.post(f"{url}/withdraw", leaving)).status_code == 200
    assert await place("2020-10-01", "operative", "active") == 200

    async def status(day: str) -> str:
        found: str = (await actors.get(url, params={"as_of": day})).json()["status"]
        return found

    assert [await status(day) for day in ("2018-06-01", "2019-02-01", "2020-09-30")] == [
        "active",
        "withdrawn",
        "withdrawn",
    ]
    listed = (await actors.get("/actors?status=active")).json()["items"]
    assert [actor["name"] for actor in listed] == ["Arbetsförmedlingen"]
    assert not (await actors.get("/actors?status=withdrawn")).json()["items"]
    assert (await actors.get("/actors?status=withdrawn&as_of=2019-06-01")).json()["items"]


async def test_likely_duplicates_come_first_by_number_then_by_name(actors: Signed) -> None:
    await actors.made("/actors", {"name": "Exempelföretag 1 AB", "kind": "company"})
    await actors.made(
        "/actors", {"name": "Något annat", "kind": "company", "org_number": "202100-2114"}
    )
    query = {"name": "exempelföretag1 aktiebolag", "org_number": "202100-2114"}
    found = (await actors.get("/actors/likely-same", params=query)).json()["items"]
    assert [actor["name"] for actor in found] == ["Något annat", "Exempelföretag 1 AB"]


async def test_a_name_is_found_without_its_letters_form_and_as_it_was(actors: Signed) -> None:
    for more in (
        {"name": "Ögrens Såg AB", "org_number": "202100-2114"},
        {"name": "Möbelfabriken i Tibro", "other_names": "Skövde exempelverkstad\nTräligan HB"},
        {"name": "Ideella föreningen Exempel"},
    ):
        await actors.made("/actors", {"kind": "company", **more})

    async def alike(name: str, **more: str) -> list[str]:
        query = {"name": name, **more}
        found = (await actors.get("/actors/likely-same", params=query)).json()["items"]
        return [actor["name"] for actor in found]

    assert await alike("Ogrens sag") == ["Ögrens Såg AB"]
    assert await alike("AB Ögrens såg (publ)") == ["Ögrens Såg AB"]
    assert await alike("Mobelfabriken Tibro") == ["Möbelfabriken i Tibro"]
    assert await alike("Traligan") == ["Möbelfabriken i Tibro"], "a former name"
    assert await alike("Exempelverkstad i Skövde") == ["Möbelfabriken i Tibro"]
    assert await alike("Tibro") == []
    assert await alike("Något annat", org_number="2021002114") == ["Ögrens Såg AB"]
    assert await alike("Något annat", org_number="12") == []
    by_number = await actors.get("/actors/likely-same?org_number=202100-2114")
    assert [one["name"] for one in by_number.json()["items"]] == ["Ögrens Såg AB"]
    assert (await actors.get("/actors/likely-same?org_number=12")).json()["items"] == []
    assert (await actors.get("/actors/likely-same")).status_code == 400
    old = await actors.made("/actors", {"kind": "company", "name": "Exempelhyvleriet"})
    into = (await actors.get("/actors?q=Såg")).json()["items"][0]["id"]
    assert (await actors.post(f"/actors/{old['id']}/merge", {"into_id": into})).is_success
    assert await alike("Exempelhyvleriet AB") == ["Ögrens Såg AB"], "the one that it lives on in"


async def test_a_taken_or_wrong_number_is_blamed_on_its_field(actors: Signed) -> None:
    await actors.made("/actors", AUTHORITY | {"org_number": "2021002114"})
    taken = await actors.post("/actors", AUTHORITY | {"org_number": "202100-2114"})
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (409, "org_number")
    wrong = await actors.post("/actors", AUTHORITY | {"org_number": "123"})
    assert wrong.json()["errors"][0]["code"] == "not_an_org_number"
    mistyped = await actors.post("/actors", AUTHORITY | {"org_number": "5560160681"})
    assert mistyped.json()["errors"][0]["code"] == "checksum", "it has its ten digits"


async def test_a_renamed_actor_keeps_its_former_name_where_that_is_asked(actors: Signed) -> None:
    said = {"name": "Exempelträ AB", "kind": "company", "other_names": "Trä i Exempel"}
    made = await actors.made("/actors", said | {"keep_former_name": True})
    assert (made["other_names"], "keep_former_name" in made) == ("Trä i Exempel", False)
    path, keeps = f"/actors/{made['id']}", said | {"keep_former_name": True}
    for version, (body, names) in enumerate(
        [
            (keeps, "Trä i Exempel"), (said | {"name": "Felskrift AB"}, "Trä i Exempel"),
            (keeps, "Trä i Exempel\nFelskrift AB"),
            (keeps | {"name": "Trä i Exempel"}, "Exempelträ AB"),
        ],
        start=1,
    ):  # fmt: skip
        answer = await actors.put(path, body, version=version)
        assert (answer.status_code, answer.json().get("other_names")) == (200, names)
    long = keeps | {"name": "Exempel", "other_names": "x" * 20_000}
    answer = await actors.put(path, long, version=5)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "other_names")
    rows = [said | {"name": "Exempelråd", "keep_former_name": True}]
    assert (await actors.post("/actors/bulk", rows)).is_success


async def test_who_is_called_just_so_is_found_among_more_than_are_likened(
    actors: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_NEAR", 2)
    for name in (*(f"Exempelbolaget {n} AB" for n in range(20)), "AB Exempelbolaget"):
        await actors.made("/actors", {"name": name, "kind": "company"})
    for name, first in (
        ("Exempelbolaget 17", "Exempelbolaget 17 AB"), ("Exempelbolaget", "AB Exempelbolaget"),
    ):  # fmt: skip
        found = await actors.get("/actors/likely-same", params={"name": name})
        assert found.json()["items"][0]["name"] == first
