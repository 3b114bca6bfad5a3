"""The gallery: every component on one page, for tests and for those who build pages."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import date
from enum import StrEnum

from fastapi import Request, Response
from pydantic import BaseModel, Field

from gateway import charts
from gateway.areas import Area
from gateway.charts.model import model
from gateway.charts.spans import Span as Days
from gateway.charts.timelines import Row as Span
from gateway.events import stream
from gateway.forms import Form
from gateway.html import fragment, go, page
from gateway.shapes import Choice, Event, Figure, Occupation, Step
from services.kit.contract import (
    Count,
    Draft,
    Line,
    Moment,
    MunicipalityCode,
    Name,
    OccupationCode,
    Period,
    Text,
)

area = Area("gallery")


class GalleryHorizon(StrEnum):
    """Codes to choose from."""

    short = "short"
    long = "long"


class Part(BaseModel):
    """One row of a list of objects."""

    text: Line
    due_on: date | None = None


class GalleryDraft(Draft, Period):
    """One field of each kind."""

    name: Name
    statement: Text
    horizon: GalleryHorizon
    kinds: list[GalleryHorizon] = Field(default_factory=list)
    headcount: Count | None = None
    occupation_code: OccupationCode | None = None
    starts_at: Moment | None = None
    municipality_codes: list[MunicipalityCode] = Field(default_factory=list, max_length=3)
    email: str = ""
    words: list[Line] = Field(default_factory=list)
    steps: list[Part] = Field(default_factory=list)
    shared: bool = False


class Shown(BaseModel):
    """Something invented, for the rows of tables."""

    name: str
    kind: str
    state: str
    headcount: int
    due_on: date
    example: bool = True


ROWS = [
    Shown(name=f"Exempelbehov {number}", kind=kind, state=state, headcount=amount, due_on=day)
    for number, (kind, state, amount, day) in enumerate(
        [
            ("Utbildning", "identified", 12, date(2026, 12, 3)),
            ("Matchning", "being_met", 1240, date(2027, 1, 15)),
            ("Mottagarkompetens", "met", 46, date(2026, 11, 1)),
            ("Matchning", "dropped", 8, date(2026, 11, 20)),
            ("Utbildning", "closed", 9, date(2027, 2, 28)),
        ],
        1,
    )
]
MUNICIPALITIES = [("0001", "Exempelkommun 1"), ("0002", "Exempelkommun 2")]
OCCUPATIONS = Choice(
    meant=[Occupation("0001", "Exempelyrke 1", ("Exempelord",)), Occupation("0002")]
)
EVENTS = [
    Event(date(2026, 9, 3), "Intervju med Exempelföretag 1", "#", "Dialogkarta 18", "done"),
    Event(date(2026, 10, 1), "Analysen visar brist på 430 personer per år", look="done"),
    Event(None, "Beslut saknas", note="Behovet har väntat i 54 dagar", look="missing"),
]
STEPS = [
    Step("Intervju", "Exempelföretag 1", date(2026, 9, 3), "#", "done"),
    Step("Behov", "Exempelbehov 2", date(2026, 9, 14), "#", "done"),
    Step("Råd", "Exempelråd", date(2026, 10, 1), "#", "done"),
    Step("Beslut", "Inget beslut finns", state="missing"),
    Step("Initiativ", state="ahead"),
    Step("Resultat", state="ahead"),
]
FIGURES = [
    Figure("Öppna behov", "27", "4 fler än förra månaden", "#"),
    Figure("Initiativ i gång", "11", "2 försenade"),
    Figure("Aktiva branschråd", "6", "varav 1 tillfälligt"),
    Figure("Svar på pulsen", "82 %", "mål 75 %"),
]
YEARS = list(range(2018, 2027))
SERIES = [("Vård", list(zip(YEARS, [210, 214, 220, 232, 240, 251, 262, 270, 275], strict=True)))]
NODES = [
    ("1", "Exempelråd", "council", "Branschråd"),
    ("2", "Exempelkommun 1", "municipality", "Kommun"),
    ("3", "Exempelskola", "education", "Utbildningsanordnare"),
    ("4", "Exempelmyndighet", "authority", "Myndighet"),
    ("5", "Exempelföretag 1", "company", "Företag"),
    ("6", "Exempelföretag 2", "company", "Företag"),
]
TIES = [
    ("1", "2", "trusting", "Exempel: tillitsfull"),
    ("1", "3", "working", "Exempel: fungerande"),
    ("1", "4", "rebuild", "Exempel: behöver byggas upp"),
    ("1", "5", "working", "Exempel: fungerande"),
    ("5", "6", "new", "Exempel: ny"),
    ("3", "2", "strained", "Exempel: ansträngd"),
    ("3", "2", "working", "Exempel: fungerande"),
]


@area.show("/_galleri", "show")
async def show(request: Request) -> Response:
    """Everything at once."""
    form = Form.empty(GalleryDraft, name="Exempelnamn", horizon="long", valid_from="2026-11-23")
    return _shown(request, form)


@area.take("/_galleri", "show")
async def take(request: Request) -> Response:
    """What a form does when it is sent."""
    form = await Form.posted(request, GalleryDraft)
    if form.draft:
        return go(request, "gallery.show", notice="Exemplet är sparat.", undo="/_galleri")
    return _shown(request, form, status=422)


@area.show("/_galleri/handelser", "events")
async def events(request: Request) -> Response:
    """A live part: one update at once, then silence."""
    return stream(_updates(request))


SPANS: list[Span] = [
    ("Exempelkurs", "going", date(2026, 9, 1), date(2027, 1, 31), [(date(2026, 10, 1), "done")]),
    ("Exempelstudie", "rest", date(2026, 10, 15), None, [(date(2026, 12, 1), "ahead")]),
]
PLANNED = Days(date(2026, 9, 1), date(2026, 12, 1))
PLAN = [("Exempelkurs", PLANNED, Days(date(2026, 10, 1), None))]
PLAN_WORDS = [["Exempelkurs", "1 sep 2026", "1 dec 2026", "1 okt 2026", ""]]


MODEL = model(
    [
        ("Strategisk", [("a", "Exempelgrupp", "shell", [])]),
        ("Operativ", [("b", "Exempelråd", "filled", []), ("c", "Exempelnät", "empty", [])]),
    ],
    [("a", "b", "direction", "Exempelgrupp till Exempelråd")],
)


async def _updates(request: Request) -> AsyncGenerator[str, None]:
    yield fragment(request, "gateway/gallery.html", "live", updates=1)
    await asyncio.Event().wait()


def _shown(request: Request, form: Form[GalleryDraft], *, status: int = 200) -> Response:
    form.choices["occupation_code"] = OCCUPATIONS
    return page(
        request,
        "gateway/gallery.html",
        status=status,
        form=form,
        updates=0,
        last=Form.empty(None),
        asked=Form.asked(request),
        rows=ROWS,
        events=EVENTS,
        steps=STEPS,
        figures=FIGURES,
        municipalities=MUNICIPALITIES,
        series=SERIES,
        forecast=[(2027, 270, 281, 292), (2028, 268, 288, 308), (2029, 262, 294, 326)],
        bars=[("Vård och omsorg", 1240, 810), ("Industri", 640, 320), ("Transport", 210, None)],
        gaps=[("Undersköterskor", 310, 190), ("CNC-operatörer", 140, 52), ("Elektriker", 71, 85)],
        ranges=[("Undersköterskor", 20, 61, 42), ("CNC-operatörer", 35, 90, None)],
        shares=[("Barn och pedagogik", 88), ("Handel", 52), ("Bygg", 6)],
        circle=[
            ("Relationer", 4.1),
            ("Tänka tillsammans", 3.6),
            ("Handla tillsammans", 3.2),
            ("Resultat", None),
        ],
        drawn_model=MODEL,
        pulses=[
            ("1 mar 2026", [3, 3, 2, 2], ""),
            ("1 jun 2026", [4, 4, 2, 3], ""),
            ("1 sep 2026", [None] * 4, "+2 \N{MINUS SIGN}1"),
            ("1 nov 2026", [3, 4, 3, 3], "+1"),
        ],
        counts={"1496": 12, "1472": 7, "1494": 3, "1499": 1},
        spans=charts.timeline(SPANS, date(2026, 11, 26)),
        plan=PLAN,
        plan_words=PLAN_WORDS,
        today=date(2026, 11, 26),
        nodes=NODES,
        ties=TIES,
    )
