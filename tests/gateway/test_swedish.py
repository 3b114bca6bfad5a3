"""Swedish: dates, numbers, periods and words as people here write them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from gateway import swedish
from gateway.drafts import Role
from gateway.swedish import fields
from gateway.swedish.at_fields import FIELD_SENTENCES
from gateway.swedish.fields import word_for
from gateway.swedish.problems import SENTENCES, WHOLE
from gateway.swedish.rhythms import in_words
from gateway.swedish.words import BY_KIND, CODES
from services.actors.contract.contact import ContactDraft
from services.actors.contract.readiness import GainDraft
from services.councils.contract.council import CouncilClosing, CouncilDraft
from services.councils.contract.decision import ActionItemDraft, DecisionDraft
from services.councils.contract.fast_track import FastTrackDraft
from services.councils.contract.interview import InterviewDraft
from services.councils.contract.meeting import MeetingDraft
from services.councils.contract.need import NeedDraft
from services.councils.contract.quality_circle import QualityCircleDraft

HARD = "\N{NO-BREAK SPACE}"


def test_dates() -> None:
    assert swedish.day(date(2026, 11, 26)) == "26 nov 2026"
    assert swedish.day("2026-05-01", weekday=True) == "fre 1 maj 2026"
    assert swedish.day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1 jan 2027"
    assert swedish.day(None) == "–"
    assert swedish.moment("2026-07-01T10:05:00Z") == "1 jul 2026 kl. 12.05"


def test_a_period_is_shown_with_its_last_day() -> None:
    assert swedish.days("2026-01-01", "2027-01-01") == "1 jan 2026–31 dec 2026"
    assert swedish.days("2026-01-01", None) == "från 1 jan 2026"


def test_numbers() -> None:
    assert swedish.number(1240) == f"1{HARD}240"
    assert swedish.number(Decimal("-3.5"), 1) == "\N{MINUS SIGN}3,5"
    assert swedish.number(None) == "–"
    few = {"0": "0", "0.28": "0,3", "0.04": "0,04", "6.00": "6", "9.96": "10", "12.4": "12"}
    assert {amount: swedish.roughly(amount) for amount in few} == few
    assert swedish.roughly("0.5", 2) == "0,50"
    assert swedish.percent(0.825, 1) == f"82,5{HARD}%"
    assert swedish.money("1250.50") == f"1{HARD}250,50{HARD}kr"
    assert swedish.money("1250.00") == f"1{HARD}250{HARD}kr"


def test_amounts_and_lists() -> None:
    assert swedish.counted(1, "aktör", "aktörer") == f"1{HARD}aktör"
    assert swedish.counted([], "aktör", "aktörer") == "inga aktörer"
    assert swedish.listed(["Skara", "Hjo", "Tibro"]) == "Skara, Hjo och Tibro"


def test_an_unknown_code_is_readable_all_the_same() -> None:
    assert swedish.label("being_tried") == "Being tried"
    assert swedish.label("process_leader") == "Processledare"


def glossary() -> dict[str, str]:
    """The words of each class of codes, as the glossary has them."""
    codes = Path("docs/glossary.md").read_text(encoding="utf-8").partition("## Codes")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in codes.splitlines()]
    return {
        "".join(word.capitalize() for word in row[1].split()): row[3]
        for row in rows
        if len(row) == 4 and row[0] != "Swedish" and not row[0].startswith("---")
    }


def test_pages_say_what_the_glossary_says() -> None:
    known = dict(line.split(" | ", 1) for line in CODES.read_text(encoding="utf-8").splitlines())
    assert known == glossary()


def classes_of_codes() -> Iterator[type[StrEnum]]:
    """Every class of coded values that a contract has."""
    for service in ("actors", "councils", "analysis"):
        package = import_module(f"services.{service}.contract")
        for found in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{found.name}")
            for kind in vars(module).values():
                if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
                    yield kind


def test_every_code_of_every_contract_has_a_word() -> None:
    missing = [
        f"{kind.__name__}.{code}"
        for kind in {*classes_of_codes(), Role}
        for code in kind
        if code not in BY_KIND.get(kind.__name__, {})
    ]
    assert missing == []


REASONS = re.compile(r'(?:reason=|wrong\("\w*",\s*|PydanticCustomError\(\s*)"([a-z_]+)"')


def test_every_reason_a_service_gives_has_a_sentence() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path("services").rglob("*.py"))
    reasons = {reason for source in sources for reason in REASONS.findall(source)}
    known = {*SENTENCES, *WHOLE, *(code for _, code in FIELD_SENTENCES)}
    assert len(reasons) > 30
    assert sorted(reasons - known) == []


def test_a_code_has_one_sentence() -> None:
    """The last of two would be said of the other's fault too."""
    for name in ("problems.txt", "nouns.txt", "codes.txt", "fields.txt"):
        lines = Path("gateway/swedish", name).read_text(encoding="utf-8").splitlines()
        codes = [re.split(r": | \| ", line, maxsplit=1)[0] for line in lines]
        assert sorted(code for code, many in Counter(codes).items() if many > 1) == [], name


def test_a_field_is_called_what_it_is_where_it_stands() -> None:
    for draft, field, word in (
        (NeedDraft, "statement", "Vad som behövs"),
        (GainDraft, "statement", "Vinst"),
        (InterviewDraft, "held_on", "Dag för intervjun"),
        (ContactDraft, "held_on", "Dag för kontakten"),
        (QualityCircleDraft, "judged_on", "Bedömt den"),
        (ActionItemDraft, "done_on", "Klar den"),
        (MeetingDraft, "title", "Rubrik"),
        (FastTrackDraft, "first_meeting.title", "Rubrik"),
        (CouncilDraft, "predecessor_id", "Rådet före"),
        (CouncilClosing, "result", "Resultat"),
        (DecisionDraft, "review_on", "Följs upp"),
        (None, "title", "Rubrik"),
    ):
        assert word_for(draft, field) == word, (draft, field)
    assert swedish.field_word("title", "post") == "Titel"


def test_no_field_has_two_words() -> None:
    text = Path(fields.__file__).with_name("fields.txt").read_text(encoding="utf-8")
    names = [line.partition(":")[0] for line in text.splitlines()]
    assert not [name for name, count in Counter(names).items() if count > 1]


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("Arbetsförmedlingen", "Arbets-för-med-lingen"),
        ("marknadsföringsinsatser", "mark-nads-fö-ringsinsatser"),
        ("Tibro kommun", "Tibro kommun"),
    ],
)
def test_long_words_may_be_broken_between_syllables(word: str, broken: str) -> None:
    assert swedish.FILTERS["hyphenated"](word).replace("\N{SOFT HYPHEN}", "-") == broken


@pytest.mark.parametrize(
    ("rhythm", "every", "days", "said"),
    [
        ("weeks", 2, ["2027-01-14", "2027-01-28", "2027-02-12"], "Varannan torsdag"),
        ("weeks", 1, [], "Varje vecka"),
        ("weeks", 9, ["2027-01-15"], "Var 9:e fredag"),
        ("months", 1, ["2027-01-12", "2027-02-09"], "Andra tisdagen varje månad"),
        ("months", 3, ["2027-01-29", "2027-04-30"], "Sista fredagen var tredje månad"),
        ("months", 2, ["2027-02-26", "2027-04-30"], "Sista fredagen varannan månad"),
        ("months", 2, [], "Varannan månad"),
        ("days", 1, ["2027-01-12"], "Uppräknade datum"),
    ],
)
def test_a_series_is_called_by_its_rhythm(
    rhythm: str, every: int, days: list[str], said: str
) -> None:
    found = in_words({"rhythm": rhythm, "every": every}, [date.fromisoformat(d) for d in days])
    assert found == said
