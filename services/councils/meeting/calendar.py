"""Meetings as iCalendar: what a calendar needs, and nobody's name."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText

from services.kit.clock import STOCKHOLM
from services.kit.store import Record

MEDIA = "text/calendar; charset=utf-8"
EVERY = timedelta(hours=1)
# Nothing that a calendar program answers is read: the letter has a link for that.
_SAID = {"attendee": {"PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}}
_STATUS = {"planned": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED"}


@cache
def _stockholm() -> Timezone:
    return Timezone.from_tzid(str(STOCKHOLM))


def calendar_of(
    meetings: Iterable[Record], council_name: str, *, method: str = "PUBLISH", **people: str
) -> bytes:
    """Meetings of one council as a calendar; a changed meeting takes the old one's place.

    `people`, an organizer's and an attendee's addresses, stand in letters alone.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kompetensnav//Kompetensnav//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", vText(council_name))
    if method == "PUBLISH":  # whoever follows it asks again
        calendar.add("refresh-interval", vDuration(EVERY), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(EVERY))
    calendar.add_component(_stockholm())
    for meeting in meetings:
        event = _event(meeting, meeting.get("council_name", council_name))
        for part, address in people.items():
            event.add(part, vCalAddress(f"mailto:{address}"), _SAID.get(part, {}))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Record, council_name: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting['id']}@kompetensnav")
    event.add("sequence", meeting["version"])
    event.add("dtstamp", meeting["updated_at"])
    event.add("dtstart", meeting["starts_at"].astimezone(STOCKHOLM))
    if meeting["ends_at"]:
        event.add("dtend", meeting["ends_at"].astimezone(STOCKHOLM))
    event.add("summary", meeting["title"])
    event.add("description", council_name)
    event.add("status", _STATUS[meeting["status"]])
    if meeting["place"]:
        event.add("location", meeting["place"])
    if meeting["link"]:
        event.add("url", meeting["link"])
    return event
