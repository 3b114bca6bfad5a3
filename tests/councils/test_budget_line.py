"""Budget lines: what an initiative costs line by line; their sums are the initiative's figures."""

from urllib.parse import quote
from uuid import uuid4

import pytest

from services.councils.budget_line.queries import BUDGET_LINES
from services.kit import clock
from tests.callers import READER, Signed, somebody
from tests.callers import municipality as key_of
from tests.councils.builders import blamed, changed
from tests.councils.work import Body, an_initiative


async def removed(councils: Signed, url: str) -> None:
    """Taken away."""
    assert (await councils.delete(url, version=1)).status_code == 204


def a_line(initiative: Body, **more: object) -> Body:
    """A planned line of a budget."""
    body = {"initiative_id": initiative["id"], "label": "Lärare", "kind": "education"}
    return body | {"plan": "100000.00", "financier_actor_id": somebody()} | more


async def test_lines_tell_what_an_initiative_costs(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative(budget="50000", actual="1"))
    url = f"/initiatives/{made['id']}"
    assert (made["budget"], made["variance"]) == ("50000.00", "-49999.00")
    line = await councils.made("/budget-lines", a_line(made))
    assert line["variance"] is None
    more = {"plan": "0.10", "actual": "0.30", "cause": "Momsen glömdes"}
    later = await councils.made("/budget-lines", a_line(made, label="Resor", **more))
    assert later["variance"] == "0.20"
    whole = (await councils.get(url)).json()
    told = ("budget", "actual", "variance", "budget_line_count", "open_budget_line_count")
    assert [whole[name] for name in told] == ["100000.10", "0.30", "0.20", 2, 1]
    listed = (await councils.get(f"{url}/budget-lines?told=false")).json()["items"]
    assert [one["id"] for one in listed] == [line["id"]]
    for one in (line, later):
        await removed(councils, f"/budget-lines/{one['id']}")
    back = (await councils.get(url)).json()
    assert (back["budget"], back["budget_line_count"]) == ("50000.00", 0), "nothing is lost"


async def test_one_figure_does_not_gainsay_the_lines(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative(budget="50000"))
    await councils.made("/budget-lines", a_line(made))
    url, same = f"/initiatives/{made['id']}", {"lead_actor_id": made["lead_actor_id"]}
    for figures in ({"budget": "7"}, {"actual": "7"}):
        refused = await councils.put(url, an_initiative(**same, **figures), version=1)
        assert blamed(refused) == (422, *figures, "told_by_lines")
    kept = await councils.put(url, an_initiative(**same, budget="100000"), version=1)
    assert kept.json()["budget"] == "100000.00"
    (line,) = (await councils.get(f"{url}/budget-lines")).json()["items"]
    await removed(councils, f"/budget-lines/{line['id']}")
    assert (await councils.get(url)).json()["budget"] == "50000.00"


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"actual": "100000.01"}, "cause", "variance_unexplained"),
        ({"actual": "0"}, "cause", "variance_unexplained"),
        ({"plan": None}, "plan", "missing"),
        ({"plan": "1.005"}, "plan", "decimal_max_places"),
        ({"actual": "-1", "cause": "x"}, "actual", "greater_than_equal"),
        ({"initiative_id": str(uuid4())}, "initiative_id", "unknown_reference"),
        ({"kind": "gold"}, "kind", "enum"),
    ],
)
async def test_what_does_not_fit_is_blamed(
    councils: Signed, more: Body, field: str, code: str
) -> None:
    made = await councils.made("/initiatives", an_initiative())
    draft = {name: value for name, value in a_line(made, **more).items() if value is not None}
    refused = await councils.post("/budget-lines", draft)
    assert blamed(refused) == (422, field, code)


async def test_sums_may_be_more_than_a_line_may(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative())
    for _ in range(2):
        await councils.made("/budget-lines", a_line(made, plan="9999999999.99"))
    assert (await councils.get(f"/initiatives/{made['id']}")).json()["budget"] == "19999999999.98"


async def test_a_key_writes_lines_of_its_own_initiatives(councils: Signed) -> None:
    other = await councils.made("/initiatives", an_initiative())
    skovde = councils.by(key_of("1496"))
    own = await skovde.made("/initiatives", an_initiative(reported_by="1496"))
    refused = await skovde.post("/budget-lines", a_line(other))
    assert blamed(refused) == (422, "initiative_id", "unknown_reference")
    await skovde.made("/budget-lines", a_line(own))
    assert (await councils.by(READER).post("/budget-lines", a_line(own))).status_code == 403


async def test_lines_as_a_file_and_as_they_were(councils: Signed) -> None:
    made = await councils.made("/initiatives", an_initiative())
    line = await councils.made("/budget-lines", a_line(made, label="=HYPERLINK()"))
    then = quote(clock.now().isoformat())
    await changed(councils, BUDGET_LINES, line["id"], actual="99999.50", cause="Billigare")
    before = (await councils.get(f"/initiatives/{made['id']}?known_at={then}")).json()
    assert (before["actual"], before["open_budget_line_count"]) == (None, 1)
    sheet = await councils.get("/budget-lines", headers={"Accept": "text/csv"})
    assert '"-0.50"' in sheet.text, "an amount is a number, not a text"
    assert "=HYPERLINK" not in sheet.text.replace("'=HYPERLINK", ""), "no formula reaches Excel"
