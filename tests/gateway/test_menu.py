"""The menu: few parts with headings, the page one is on marked, and nothing one may not open."""

import pytest

from tests.gateway.whole import Whole


async def test_the_menu_stands_in_parts_and_marks_the_page(whole: Whole) -> None:
    page = await (await whole.browser("process_leader")).get("/behov")
    headings = [heading.text() for heading in page.all(".nav h2")]
    assert headings == ["Behov", "Råd", "Aktörer", "Processledning", "Kunskap", "Snabbt"]
    assert max(len(part.css("a")) for part in page.all(".nav ul")) <= 6
    (current,) = page.all(".nav [aria-current]")
    assert (current.text(), current.attributes["aria-current"]) == ("Behov", "page")
    assert page.one('.nav ul[aria-labelledby="menu-needs"]').css("[aria-current]")


async def test_a_thing_marks_the_list_it_stands_in(whole: Whole) -> None:
    actor = await whole.actor()
    page = await (await whole.browser("reader")).get(f"/aktorer/{actor['id']}")
    (current,) = page.all(".nav [aria-current]")
    assert (current.text(), current.attributes["aria-current"]) == ("Aktörer", "true")
    assert not {"Snabbt", "Administration"} & {one.text() for one in page.all(".nav h2")}


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/pakopplingar", "Aktörer"),
        ("/arbete-utan-mandat", "Mandat"),
        ("/checklistmallar", "Checklistor"),
    ],
)
async def test_what_stands_in_no_menu_marks_what_it_belongs_to(
    whole: Whole, path: str, label: str
) -> None:
    page = await (await whole.browser("process_leader")).get(path)
    (current,) = page.all(".nav [aria-current]")
    assert (current.text(), current.attributes["aria-current"]) == (label, "true")
