"""Archives: what other systems publish as OParl, generated: nothing in it is anybody's."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CITY = "https://oparl.exempel.se"
SCHEMA = "https://schema.oparl.org/1.1"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
Out = dict[str, Any]


def one(kind: str, number: object, /, **said: Any) -> Out:
    """An object of some city."""
    return {"id": f"{CITY}/{kind.lower()}/{number}", "type": f"{SCHEMA}/{kind}"} | said


def named(kind: str, number: object) -> str:
    """What such an object is called."""
    return str(one(kind, number)["id"])


def committee(number: int, **said: Any) -> Out:
    """A council of a city."""
    told = {"body": named("Body", 1), "name": f"Exempelnämnd {number}", "startDate": "2014-06-01"}
    return one("Organization", number, **told, organizationType="Gremium") | said


def party(number: int) -> Out:
    """On whose behalf somebody sits."""
    return one("Organization", f"p{number}", name=f"Exempelpartiet {number}",
               organizationType="Fraktion")  # fmt: skip


def person(number: int, councils: int) -> Out:
    """Somebody whose memberships stand inside, as cities publish them."""
    sits = {
        "organization": named("Organization", number % councils + 1),
        "onBehalfOf": named("Organization", f"p{number // councils % 3 + 1}"),
        "startDate": f"201{4 + number % 5}-06-01",
        "role": "Mitglied",
        "votingRight": True,
    }
    inside = [one("Membership", number, **sits)]
    return one("Person", number, name=f"Exempelperson {number}", membership=inside, gender="x")


def item(meeting: int, order: int, *, paper: bool, decided: bool) -> Out:
    """A point with a file; it may be about a paper, and may have been decided."""
    number = f"{meeting}-{order}"
    file = one("File", number, name="Bilaga", accessUrl=f"{CITY}/f/{number}.pdf", size=1000)
    said: Out = {"number": str(order), "order": order, "name": f"Exempelärende {number}"}
    said |= {"public": True, "auxiliaryFile": [file]}
    said |= {"consultation": named("Consultation", number)} if paper else {}
    said |= {"result": "Bifall", "resolutionText": f"Exempelbeslut {number}"} if decided else {}
    return one("AgendaItem", number, **said)


def meeting(number: int, councils: int, today: date) -> Out:
    """A meeting with its agenda and place inside; the last of each council is to come."""
    day = today - timedelta(days=number // councils * 14 - 13)  # none today, whatever the hour
    start = datetime(day.year, day.month, day.day, 17, tzinfo=STOCKHOLM)
    said: Out = {
        "name": f"Exempelsammanträde {number}",
        "start": start.isoformat(),
        "end": (start + timedelta(hours=2)).isoformat(),
        "organization": [named("Organization", number % councils + 1)],
        "location": one("Location", number % 5, description="Exempelhuset", room="Sal A"),
        "agendaItem": [
            item(number, order, paper=order == 2, decided=order == 3) for order in range(1, 5)
        ],
        "created": "2020-01-01T00:00:00+01:00",
        "license": "https://exempel.se/licens",
    }
    return one("Meeting", number, **said)


def paper(number: int) -> Out:
    """A paper that was dealt with at the second point of a meeting."""
    main = one("File", f"d{number}", name="Underlag", accessUrl=f"{CITY}/f/d{number}.pdf")
    at = {"agendaItem": named("AgendaItem", f"{number}-2"), "meeting": named("Meeting", number)}
    dealt = one("Consultation", f"{number}-2", **at, role="Beschlussfassung")
    said = {"name": f"Exempelhandling {number}", "reference": f"2026/{number}", "mainFile": main}
    return one("Paper", number, **said, consultation=[dealt], paperType="Antrag")


def archive(meetings: int, councils: int, today: date) -> list[Out]:
    """A whole city."""
    members = councils * 6
    return [
        one("System", 0, oparlVersion=f"{SCHEMA}/", body=f"{CITY}/bodies"),
        one("Body", 1, name="Exempelstad", legislativeTerm=[one("LegislativeTerm", 1)]),
        *(committee(number) for number in range(1, councils + 1)),
        *(party(number) for number in range(1, 4)),
        *(person(number, councils) for number in range(members)),
        *(meeting(number, councils, today) for number in range(meetings)),
        *(paper(number) for number in range(meetings)),
    ]


def pages(objects: list[Out], size: int = 100) -> list[Out]:
    """The same as pages of a list."""
    parts = [objects[start : start + size] for start in range(0, len(objects), size)]
    return [{"data": part, "pagination": {}, "links": {}} for part in parts]
