"""What registers tell of an occupation in words: on its page, with level, round and source."""

from pathlib import Path

import pytest

from tests.analysis.importing import csv_bytes, handed_in
from tests.analysis.test_classification import TREE, settled
from tests.gateway.test_analysis_pages import OWN, analysis_of
from tests.gateway.whole import Whole

NATIONAL = ("yrkesomrade", "yb_yrke", "ssyk4_jobtech", "ssyk_text", "rekryteringssituation",
            "jobbmojligheter", "prognos", "omgang", "lan")  # fmt: skip
COUNTIES = ("yb_concept_id", "yb_yrke", "yrkesomrade", "ssyk4_jobtech", "lanskod", "region",
            "jobbmojligheter", "prognos", "namnkalla")  # fmt: skip
FLOW = ("from_ssyk4", "rank", "to_ssyk4")
WAGES = ("ssyk4", "p10", "median", "p90")
OFFER = ("ssyk4", "ssyk_label", "utbildningstyp", "namn", "ort", "ort_in_skaraborg", "url",
         "beskrivning_400")  # fmt: skip
FILES = (
    (NATIONAL, [("Exempel", "Exempelsnickare", "7521;7522", "Snickare", "brist", "stora", "öka",
                 "2026-1", "00")]),
    (COUNTIES, [("k1", "Exempelsnickare", "Exempel", "7522", area, "Område", chance, "minska", "x")
                for area, chance in (("00", "små"), ("14", "medelstora"), ("01", "stora"))]),
    (FLOW, [("7522", rank, to) for rank, to in enumerate(("7521", "Nej", *["7521"] * 9), 1)]),
    (WAGES, [("7522", "25000", "", "35000")]),
    (OFFER, [("7522", "Snickare", "aub", f"Exempelkurs <{n}>", "Hjo", n % 2,
              "https://example.org/kurs", "Text") for n in (0, 1, 1)]),
)  # fmt: skip


@pytest.fixture
async def in_words(whole: Whole, tmp_path: Path) -> None:
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    analysis, codes = analysis_of(whole), tmp_path / "ssyk2012.csv"
    rows = [(code, 4, f"Exempelyrke {code}", code[:3], f"c{code}") for code in ("7521", "7522")]
    codes.write_bytes(csv_bytes(TREE, rows))
    await settled(analysis, codes)
    for number, (names, facts) in enumerate(FILES):
        await handed_in(analysis, tmp_path, csv_bytes(names, facts), name=f"{number}.csv")


@pytest.mark.usefixtures("in_words")
async def test_assessments_stand_with_place_round_and_source(whole: Whole) -> None:
    page = await (await whole.browser("reader")).get("/analys/yrken/7522?area=1472")
    words = page.text("[aria-labelledby=record-assessment-heading]")
    for word in ("Riket", "Län 14", "brist", "2026-1", "medelstora", "Bedömningar i ord, inte"):
        assert word in words
    assert "Län 01" not in words
    assert "Tibro" not in words
    assert "Licens: CC0 1.0" in words
    assert "Okänd period" in words  # the file of the counties does not say which round it is


@pytest.mark.usefixtures("in_words")
async def test_what_leads_on_is_a_link_and_what_is_no_code_is_unknown(whole: Whole) -> None:
    page = await (await whole.browser("reader")).get("/analys/yrken/7522")
    related = "[aria-labelledby=record-related-heading]"
    assert page.all(f"{related} a[href^='/analys/yrken/7521']")
    assert "Okänt" in page.text(related)
    assert "Visa 3 till" in page.text(f"{related} summary")
    wage = page.text("[aria-labelledby=record-wage-heading]")
    assert "Okänt" in wage
    assert "inte bekräftade" in wage
    education = page.text("[aria-labelledby=record-education-heading]")
    assert education.index("Exempelkurs <1>") < education.index("Exempelkurs <0>")
    assert education.count("Exempelkurs <1>") == 1


@pytest.mark.usefixtures("in_words")
async def test_a_round_that_cannot_be_read_is_refused_with_its_place(
    whole: Whole, tmp_path: Path
) -> None:
    bad = [(*FILES[0][1][0][:7], "våren", "00")]
    with pytest.raises(Exception, match="row 2, column omgang"):
        await handed_in(analysis_of(whole), tmp_path, csv_bytes(NATIONAL, bad))
