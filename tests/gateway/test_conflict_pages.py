"""What a need's page tells where sources say different things."""

from pathlib import Path

from tests.analysis.importing import csv_bytes, handed_in
from tests.councils.work import a_need
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole


async def test_sources_that_conflict_stand_side_by_side(whole: Whole, tmp_path: Path) -> None:
    names = ("yb_concept_id", "yb_yrke", "yrkesomrade", "ssyk4_jobtech", "lanskod", "region",
             "jobbmojligheter", "prognos", "namnkalla")  # fmt: skip
    row = ("c", "Snickare", "Bygg", "7522", "14", "Län", "små", "öka", "egen")
    await handed_in(analysis_of(whole), tmp_path, csv_bytes(names, [row]))
    facts = {"occupation_code": "7522", "headcount_per_year": 6, "municipality_codes": ["1472"]}
    need = await whole.councils.made("/needs", a_need(**facts))
    page = await (await whole.browser("reader")).get(f"/behov/{need['id']}")
    told = page.text("section[aria-labelledby=conflicts-title]")
    assert "6 personer per år behövs" in told
    assert "Snickare: möjligheterna till jobb är små" in told
    assert "Yrkesbarometern: riket och län, Arbetsförmedlingen" in told
    assert "källan säger inte när" in told
