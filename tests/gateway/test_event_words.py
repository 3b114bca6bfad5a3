"""What anybody writes about an event, or from its floor, is text wherever it is shown."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.requests import Request

from gateway.floor import message
from gateway.pages.event_floor import _draw
from tests.councils.test_event import DOOR, event_in, held
from tests.councils.test_event_question import asked, floor, session_in
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole

WORDS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><b onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<button hx-post=/konferenser hx-trigger=load>x</button>",
    "</li></ol></div><form action=//ond.exempel><button>Rösta</button>",
    "<!--", "]]>", "&lt;script&gt;", "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//ond.exempel>", "<base href=//ond.exempel>",
    "id: 1\n\ndata: <script>alert(1)</script>",
)  # fmt: skip
ALL = "\n".join(WORDS)


def harmless(html: str) -> None:
    """Nothing in it does anything."""
    tree = LexborHTMLParser(html)
    for one in tree.css("*"):
        names = {name.lower() for name in one.attributes}
        assert not {name for name in names if name.startswith("on")}, one.html
        assert one.tag not in {"iframe", "base", "style"}, one.html
        assert one.attributes.get("hx-trigger") != "load"
        for name in ("href", "action", "src", "hx-post", "srcdoc"):
            value = (one.attributes.get(name) or "").strip().lower()
            assert not value.startswith(("javascript:", "//")), one.html
    scripts = tree.css("script")
    assert all(one.attributes.get("nonce") and not one.text().strip() for one in scripts)
    assert all(one.attributes.get("http-equiv") is None for one in tree.css("meta"))


@pytest.fixture
async def told(whole: Whole) -> dict[str, Any]:
    """An event of such words, held, with a question that is answered."""
    line = " ".join(WORDS).replace("\n", " ")[:190]
    title = f"{WORDS[0]} {WORDS[1]}"
    event = await event_in(
        whole.councils, title=title, about=ALL, place=line, audiences=[line],
        source=line, link="https://exempel.se/x?y=1", recording_link="https://exempel.se/z",
    )  # fmt: skip
    session = await session_in(whole.councils, event, title=title, about=ALL, speakers=[line])
    for words in WORDS:
        one = await asked(whole.councils, event, session, words)
        path = f"/event-questions/{one['id']}"
        await whole.councils.made(f"{path}/moderate", {"state": "shown"})
        await whole.councils.made(f"{path}/answer", {"answer": words})
    for number, words in enumerate(WORDS):
        who = {"name": words.replace("\n", " "), "organisation": line, "consent": True}
        who |= {"email": f"e{number}@exempel.se"}
        await whole.councils.made(f"/events/{event['id']}/sign-ups", who)
    await held(whole.councils, event)
    for browser in "abcde":
        said = {"whole": 3, "text": ALL, "browser": browser * 64}
        await whole.councils.by(DOOR).made(f"/event-doors/{event['address']}/feedback", said)
    return event | {"session": session}


async def test_every_page_of_an_event_shows_words_as_words(
    whole: Whole, told: dict[str, Any]
) -> None:
    staff, guest = await whole.browser("process_leader"), Browser(whole.app)
    door = f"/konferens/{told['address']}"
    part = f"{door}/pass/{told['session']['id']}"
    for path in (door, f"{door}/omdome", f"{door}/anmalan", part, f"{part}/skarm"):
        page = await guest.get(path)
        assert page.status == 200, path
        harmless(page.answer.text)
    inside = f"/konferenser/{told['id']}"
    session = f"/konferenspass/{told['session']['id']}"
    for path in (
        "/konferenser", inside, f"{inside}/anmalda", f"{inside}/andra", f"{session}/fragor",
        f"{session}/andra", f"{session}/ta-bort",
    ):  # fmt: skip
        page = await staff.get(path)
        assert page.status == 200, path
        harmless(page.answer.text)


async def test_what_comes_live_shows_words_as_words(whole: Whole, told: dict[str, Any]) -> None:
    (live,) = await floor(whole.councils, told["session"])
    assert len(live["items"]) == len(WORDS)
    request = _request(whole)
    pieces = _draw(request, told["address"], live)
    assert [number for number, *_ in pieces.each] == [one["number"] for one in live["items"]]
    drawn = pieces.joined({1, 3}, "TOKEN")
    harmless(drawn)
    assert drawn.count("TOKEN") == len(WORDS)
    assert drawn.count("Ta tillbaka rösten") == 2
    lines = message(drawn).split("\n")
    assert all(line.startswith("data: ") for line in lines[:-2])


def _request(whole: Whole) -> Any:
    return Request({"type": "http", "app": whole.app, "path": "/", "headers": [],
                    "query_string": b"", "method": "GET"})  # fmt: skip


async def test_a_question_keeps_what_was_typed_where_it_is_refused(whole: Whole) -> None:
    event = await event_in(whole.councils)
    session = await session_in(whole.councils, event)
    guest, path = Browser(whole.app), f"/konferens/{event['address']}/pass/{session['id']}"
    wrong = await guest.submit(path, text=WORDS[0] + "x" * 600)
    assert (wrong.status, bool(wrong.error("text"))) == (422, True)
    harmless(wrong.answer.text)
    assert wrong.fields(path)["text"][0].startswith("<script>")
    assert (await guest.submit(path, text=WORDS[0])).status == SEE_OTHER
