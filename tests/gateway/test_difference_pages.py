"""Two snapshots of a source side by side, reached from the source."""

from pathlib import Path

from tests.analysis.importing import employed, handed_in
from tests.analysis.test_difference import NEW, OLD
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole


async def test_what_differs_stands_row_by_row(whole: Whole, tmp_path: Path) -> None:
    analysis = analysis_of(whole)
    first = await handed_in(analysis, tmp_path, employed(*OLD))
    browser = await whole.browser("reader")
    alone = await browser.get(f"/analys/ogonblicksbilder/{first.snapshot['id']}/skillnad")
    assert "Det finns ingen tidigare ögonblicksbild" in alone.text("#results")
    second = await handed_in(analysis, tmp_path, employed(*NEW))
    source = await browser.get(f"/analys/kallor/{first.snapshot['source_id']}")
    path = f"/analys/ogonblicksbilder/{second.snapshot['id']}/skillnad"
    assert path in {one.attributes["href"] for one in source.all("a")}
    page = await browser.get(path)
    words = " ".join(page.text("#results").split())
    for said in ("Nya 1", "Borta 1", "Ändrade 2", "968 → 1 914", "Metodbrott 2023", "+5"):
        assert said in words.replace("\u00a0", " "), said
    rows = [" ".join(row.text(separator=" ").split()) for row in page.all("tbody tr")]
    assert any("Finns inte" in row and "7523" in row for row in rows)
    assert any("Okänt" in row and "7521" in row for row in rows)
    later = await browser.get(f"{path}?since={first.snapshot['id']}")
    assert later.all("select option[selected]")
    wrong = await browser.get(f"{path}?since=nothing")
    assert wrong.status == 400
