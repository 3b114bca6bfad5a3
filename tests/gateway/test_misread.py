"""What a page cannot read in its address: 400, and the page says what, in its field or above."""

import pytest

from tests.gateway.whole import Whole

pytestmark = pytest.mark.usefixtures("whole")
LISTS = ("/roda-traden", "/behov", "/aktorer", "/aktorer/karta", "/aktorer/nat", "/kontinuitet")
OTHERS = ("/", "/ambassadorer", "/utbildningar/karta", "/analys", "/belastning", "/branschrad/nytt")


async def test_what_only_the_apis_lists_know_is_refused(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for path in (*LISTS, *OTHERS):
        key = f"once={'0' * 32}&" if path.endswith("nytt") else ""
        page = await browser.get(f"{path}?{key}limit=nonsens&after=nonsens")
        assert page.status == 400, path
        for name in ("limit", "after"):
            assert f"Sidan har inget val som heter {name}." in page.errors, path
        assert (await browser.get(f"{path}?{key}".rstrip("?&"))).status == 200, path


async def test_a_list_refuses_a_choice_that_it_has_not(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for path in ("/roda-traden", "/kontinuitet", "/ambassadorer", "/aktorer/karta?kind=region"):
        page = await browser.get(f"{path}{'&' if '?' in path else '?'}nonsens=1&page=sju")
        assert page.status == 400, path
        assert "Sidan har inget val som heter nonsens." in page.errors, path
    page = await browser.get("/roda-traden?kind=nonsens&page=noll")
    told = page.errors
    assert "Sidan har inget val som heter kind." in told
    assert "Adressen går till en del av listan som inte finns." in told
    assert (await browser.get("/roda-traden?page=0")).status == 400
    assert (await browser.get("/roda-traden?page=99999999&broken=true&sort=")).status == 200
    assert (await browser.http.get("/behov.csv?kind=nonsens")).status_code == 400
    script = {"hx-request": "true", "hx-target": "div#results"}
    assert (await browser.http.get("/behov?kind=x", headers=script)).status_code == 200


async def test_a_choice_that_a_page_reads_itself_is_one_of_those_it_offers(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for path, field in (
        ("/aktorer?council_part=nonsens", "council_part"),
        ("/ambassadorer?carried=nonsens", "carried"),
        ("/ambassadorer?vacant=nonsens", "vacant"),
        ("/analys?area=nonsens", "area"),
        ("/analys?which=nonsens", "which"),
        ("/utbildningar?answers=nonsens", "answers"),
        ("/utbildningar/karta?form=nonsens", "form"),
        (f"/moten/nytt?once={'0' * 32}&council_id=nonsens", "council_id"),
    ):
        page = await browser.get(path)
        assert page.status == 400, path
        assert page.error(field), path
    for path in ("/ambassadorer?sort=nonsens", "/overtaganden?kvar=nonsens", "/behov?sort=nonsens"):
        page = await browser.get(path)
        assert (page.status, bool(page.errors)) == (400, True), path
    assert (await browser.http.get("/ambassadorer.csv?carried=nonsens")).status_code == 400
