"""Meetings on the start page: today's until it is over, what is to come, and what waits since."""

from datetime import date, timedelta

from gateway.clients.councils import Councils

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def asked(councils: Councils, today: date, shown: dict[str, object]) -> dict[str, str]:
    """The questions, for the batch that the page asks anyway.

    The first decision of a meeting makes it held, while it goes on: it stays all that day.
    """
    meetings = councils.meetings
    return {
        "meetings": meetings.asked(
            status=["planned", "held"], starts_from=today, starts_until=today + WEEK,
            sort="starts_at", **shown,
        ),
        "unheld": meetings.asked(
            status="planned", starts_until=today - DAY, sort="-starts_at", **shown
        ),
        "unapproved": meetings.asked(
            status="held", minutes_state="draft", starts_until=today - DAY, sort="-starts_at",
            **shown,
        ),
    }  # fmt: skip
