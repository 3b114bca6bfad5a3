"""Real public files through the pages: municipalities, the YH round of 2024, Susa-navet."""

import asyncio
import csv
from collections import Counter
from typing import Any

import orjson
import pytest

from gateway.importing import susa
from gateway.importing.headings import guessed
from services.actors.contract.importing import ImportNoun
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.test_import_pages import SEE_OTHER, followed, sent
from tests.gateway.whole import Whole
from tests.real_data import real_file


async def imported(browser: Browser, name: str, noun: str, **chosen: str) -> str:
    """A file through all three steps, some columns corrected; what the check and result say."""
    content = real_file(name).read_bytes()
    place, columns = await followed(browser, await sent(browser, name, content, noun))
    asked = columns.fields(place) | chosen
    check, _ = await followed(browser, await browser.send(place, **asked))
    shown = await worked(browser, check)
    assert "fel att rätta" not in shown.text().lower(), shown.text()[:2000]
    await browser.send(check, **shown.fields(check))
    _, result = await followed(browser, await worked(browser, check))
    return shown.text() + result.text()


async def worked(browser: Browser, path: str) -> Page:
    """The page of a file when nobody works on it any more."""
    async with asyncio.timeout(120):
        while (page := await browser.get(path)).status != SEE_OTHER:
            if page.h1 != "Arbetar med filen":
                break
            await asyncio.sleep(0.5)
    return page


async def everything(whole: Whole, path: str) -> list[dict[str, Any]]:
    """A whole list."""
    found: list[dict[str, Any]] = []
    url: str | None = f"{path}{'&' if '?' in path else '?'}limit=200"
    while url:
        page = (await whole.actors.get(url)).json()
        found += page["items"]
        url = page["next"]
    return found


async def test_the_290_municipalities(whole: Whole) -> None:
    heads = ["municipality", "name", "other_names", "", "", "", ""]
    columns = {f"column_{number}": field for number, field in enumerate(heads)}
    browser = await whole.browser("process_leader")
    said = await imported(
        browser, "municipalities.csv", "actor", constant="municipality", **columns
    )
    assert "290 nya ur 290 rader" in said
    actors = await everything(whole, "/actors")
    assert Counter(actor["kind"] for actor in actors) == {"municipality": 290}
    assert len({actor["municipality_code"] for actor in actors}) == 290
    skovde = next(actor for actor in actors if actor["municipality_code"] == "1496")
    assert skovde["name"] == "Skövde"


@pytest.mark.slow
async def test_the_applications_for_yh_of_2024(whole: Whole) -> None:
    path = real_file("myh_yh_applications_2024.csv")
    with path.open(encoding="utf-8-sig") as file:
        told = list(csv.DictReader(file))
    heads = list(told[0])
    meant = {
        "utbildningsnamn": "name", "anordnare": "provider_name",
        "municipality_code": "municipality", "sun2020_4": "sun_code",
        "studieform": "delivery", "studietakt_procent": "pace",
        "beslut": "decision", "diarienummer": "source",
        "antal_kommuner": "municipality_count", "sokta_platser": "seats_sought",
    }  # fmt: skip
    meant |= {f"bev_platser_{number}": f"seats_{number}" for number in range(1, 6)}
    meant["bev_platser_totalt"] = "seats"
    guess = dict(zip(heads, guessed(ImportNoun.programme, heads), strict=True))
    assert {head: field for head, field in guess.items() if field} == meant
    columns = {f"column_{n}": field for n, field in enumerate(guess.values())}
    name = "myh_yh_applications_2024.csv"
    browser = await whole.browser("process_leader")
    said = await imported(browser, name, "programme", constant="higher_vocational", **columns)
    assert "1 272 rader i filen" in said.replace("\xa0", " ")
    assert "928 rader gäller en ansökan som inte är beviljad" in said.replace("\xa0", " ")
    programmes = await everything(whole, "/programmes")
    granted = [row for row in told if row["beslut"] == "Beviljad"]
    assert len(told) == 1272
    assert len(programmes) == len(granted), "nobody offers what was not granted"
    refused = await everything(whole, "/programmes?decision=refused&decision=withdrawn")
    assert len(refused) == len(told) - len(granted)
    assert {one["intake_count"] for one in refused} == {0}, "and it has no starts"
    every = {one["source"]: one for one in (*programmes, *refused)}
    for row in told:
        one, several = every[row["diarienummer"]], row["kommun"] == "Flera kommuner"
        assert one["seats_sought"] == int(row["sokta_platser"])
        assert one["municipality_code"] == (row["municipality_code"] or None)
        assert one["municipality_count"] == (int(row["antal_kommuner"]) if several else None)
        assert one["municipality_codes"] == [], "which they are is not told"
    intakes = await everything(whole, "/intakes")
    assert len(intakes) == sum(int(row["beviljade_omgangar"]) for row in granted)
    assert sum(one["seats"] for one in intakes) == sum(
        int(row["bev_platser_totalt"]) for row in granted
    )
    assert {one["starts_on"] for one in intakes} == {None}, "no file says when they begin"
    by_source = {one["source"]: one for one in programmes}
    for row in granted:
        one = by_source[row["diarienummer"]]
        assert one["undated_seats"] == int(row["bev_platser_totalt"])
        assert (one["coming_seats"], one["next_starts_on"]) == (None, None)
    providers = await everything(whole, "/actors")
    assert {one["kind"] for one in providers} == {"education_provider", "municipality"}
    towns = {one["municipality_code"] for one in providers if one["kind"] == "municipality"}
    assert {"0680", "0191"} <= towns, "Jönköpings kommun, Sigtuna Kommun"
    assert None not in towns
    heads = ["municipality", "name", "other_names", "", "", "", ""]
    columns = {f"column_{number}": field for number, field in enumerate(heads)}
    await imported(browser, "municipalities.csv", "actor", constant="municipality", **columns)
    codes = [
        one["municipality_code"] for one in await everything(whole, "/actors?kind=municipality")
    ]
    assert len(codes) == len(set(codes)) == 290, "each is one"


@pytest.mark.parametrize(
    "name", ["susa_emil3_educationEvents.json", "susa_navet_emil3_events_fixture.json"]
)
def test_events_of_susa_navet(name: str) -> None:
    rows = susa.rows_of(real_file(f"samples/{name}").read_bytes())
    by_name = {row["name"]: row for row in rows}
    assert "Allmän kurs, Göteborg-inriktning" not in by_name, "it is cancelled"
    lead = by_name["Yrkesteknisk produktionsledare – distans"]
    assert (lead["form"], lead["municipality_code"], lead["pace"]) == (
        "higher_vocational", "2281", 100,
    )  # fmt: skip
    assert lead["delivery"] == "distance"
    assert [(one["starts_on"], one["ends_on"]) for one in lead["intakes"]] == [
        ("2025-08-25", "2027-06-04")
    ]


def test_an_info_and_a_provider_name_what_an_event_does_not() -> None:
    info = orjson.loads(real_file("samples/susa_emil3_educationInfo.json").read_bytes())
    provider = orjson.loads(real_file("samples/susa_emil3_educationProvider.json").read_bytes())
    info["content"]["subjects"] = [{"type": "AUB_Subject", "code": "7212"}]
    event = {
        "identifier": "e.1", "education": info["content"]["identifier"],
        "providers": [provider["content"]["identifier"]],
        "locations": [{"town": "A", "areaCode": "0180"}, {"town": "B", "areaCode": "0380"}],
    }  # fmt: skip
    whole = {
        "educationEvents": [{"status": "ACTIVE", "content": event}],
        "educationInfos": [info],
        "educationProviders": [provider],
    }
    (row,) = susa.rows_of(orjson.dumps(whole))
    assert (row["name"], row["form"]) == ("Elektronik för ingenjörer", "higher_education")
    assert row["occupation_codes"] == ["7212"]
    assert row["provider_org_number"] == "2021006237"
    assert row.get("municipality_code") is None, "two places are no one municipality"
    assert row["municipality_codes"] == ["0180", "0380"]
