"""What a need's page tells of those who leave its occupation by age."""

from pathlib import Path

from tests.analysis.importing import employed, handed_in
from tests.analysis.test_replacement import aged
from tests.analysis.test_verdict import MEN, WOMEN
from tests.councils.work import a_need
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole

PART = "section[aria-labelledby=replacement-title]"


async def test_who_leaves_by_age_stands_beside_the_figures(whole: Whole, tmp_path: Path) -> None:
    facts = {"occupation_code": "7522", "headcount_per_year": 6, "municipality_codes": ["1472"]}
    need = await whole.councils.made("/needs", a_need(**facts))
    reader = await whole.browser("reader")
    assert not (await reader.get(f"/behov/{need['id']}")).all(PART)
    for content in (employed(MEN, WOMEN), aged(_25_29=860, _60_64=100, _65_69=40)):
        await handed_in(analysis_of(whole), tmp_path, content)
    told = (await reader.get(f"/behov/{need['id']}")).text(PART)
    assert "20,2 per år" in told
    assert "av 1 011 anställda (2024)" in told.replace("\u00a0", " ")
    assert "I riket 20,0 per år, av 1 000 (2024)" in told.replace("\u00a0", " ")
    assert "Räknas inte in i behovet" in told
