"""Looking back: the day a page is about, and the moment that it tells what was known at."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from fastapi import Request

from gateway.forms import Form
from gateway.visitor import NOBODY
from gateway.whom import staff
from services.kit import clock
from services.kit.clock import STOCKHOLM

DAY, MOMENT = "as_of", "known_at"
# Pages that look back, and whether a day means something there; all know moments.
PAGES = {
    "actors.history": True,
    "actors.left": True,
    "actors.list": True,
    "actors.map": True,
    "actors.network": True,
    "actors.show": True,
    "actors.together": True,
    "carried_issues.ambassadors": True,
    "carried_issues.list": True,
    "challenges.list": True,
    "challenges.show": True,
    "charters.council": True,
    "charters.list": True,
    "charters.show": True,
    "competence_profiles.compare": False,
    "competence_profiles.list": True,
    "competence_profiles.show": True,
    "contacts.bridges": True,
    "contacts.list": True,
    "contacts.show": True,
    "criteria.list": True,
    "directions.list": True,
    "directions.show": True,
    "health_checks.council": True,
    "health_checks.list": True,
    "health_checks.show": True,
    "imports.list": True,
    "imports.show": True,
    "lead_times.list": True,
    "leader_assignments.list": True,
    "leader_assignments.show": True,
    "leadership.loads": True,
    "leadership.means": True,
    "initiatives.show": True,
    "joinings.list": True,
    "joinings.show": True,
    "mandates.endorsements": True,
    "mandates.list": True,
    "mandates.show": True,
    "mandates.without": True,
    "methods.list": True,
    "methods.print": True,
    "methods.show": True,
    "people.left": True,
    "people.list": True,
    "people.show": True,
    "pledges.list": True,
    "priorities.list": True,
    "priorities.show": True,
    "picture.list": True,
    "posts.handover": True,
    "posts.list": True,
    "posts.show": True,
    "programmes.list": True,
    "programmes.map": True,
    "programmes.show": True,
    "projects.list": True,
    "projects.show": True,
    "relations.show": True,
    "role_trials.list": True,
    "role_trials.show": True,
    "signals.list": True,
    "signals.show": True,
    "takeovers.list": True,
    "trends.list": True,
    "trends.show": True,
}
# What a field of such a page narrows itself by: of the same moment.
FIELDS = dict.fromkeys(("actors.choices", "things.choices"), False)
BOTH = PAGES | FIELDS
# What may still be opened while looking back: nothing is changed in what was.
READS = frozenset(
    {"accessibility", "ambassadors", "bridges", "calendar", "compare", "endorsements", "file"}
    | {"find", "handover", "help", "history", "left", "list", "loads", "map", "means"}
    | {
        "network",
        "occupation",
        "personal",
        "popolo",
        "print",
        "show",
        "source",
        "start",
        "together",
        "without",
    }
)


@dataclass(frozen=True)
class Lookback:
    """The two times of a page; the form holds what was typed, with what could not be read."""

    day: str | None = None
    moment: str | None = None
    dated: bool = False
    knows: bool = False
    form: Form[Any] = field(default_factory=lambda: Form(None, {}))

    @property
    def active(self) -> bool:
        """Whether the page shows something else than today."""
        return bool(self.day or self.moment)

    @property
    def on(self) -> date:
        """The day that the page is about."""
        return date.fromisoformat(self.day) if self.day else clock.today()

    @property
    def behind(self) -> bool:
        """Whether what is known may have come after the day: it was known on a later one."""
        moment = datetime.fromisoformat(self.moment) if self.moment else clock.now()
        return bool(self.day) and date.fromisoformat(self.day or "") < clock.day_of(moment)

    @property
    def known(self) -> dict[str, str]:
        """What is asked of things without periods."""
        return {MOMENT: self.moment} if self.moment else {}

    @property
    def times(self) -> dict[str, str]:
        """What is asked of things with periods."""
        return ({DAY: self.day} if self.day else {}) | self.known

    def kept_in(self, page: str) -> dict[str, str]:
        """The times that a link to a page carries on."""
        if page not in BOTH:
            return {}
        return self.times if BOTH[page] else self.known


def lookback_of(request: Request) -> Lookback | None:
    """The times in the address of a page that looks back; None on all other pages."""
    if "lookback" not in request.scope:
        request.scope["lookback"] = _read(request)
    found: Lookback | None = request.scope["lookback"]
    return found


def times_of(request: Request) -> Lookback:
    """The times of a page; today where it does not look back."""
    return lookback_of(request) or Lookback()


def _read(request: Request) -> Lookback | None:
    name = getattr(request.scope.get("route"), "name", "")
    area, _, kind = name.partition(".")
    page = f"{area}.list" if kind == "file" else name.removesuffix("_file")
    if page not in BOTH:
        return None
    dated, knows = BOTH[page], staff(request.scope.get("visitor", NOBODY))
    form = Form.asked(request)
    day = _day(form) if dated else None
    return Lookback(day, _moment(form) if knows else None, dated, knows, form)


def _day(form: Form[Any]) -> str | None:
    text = form.value(DAY)
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        form.fail(DAY, "unreadable")
        return None


def _moment(form: Form[Any]) -> str | None:
    """By the clock on the wall in Sweden, unless a zone is said."""
    text = form.value(MOMENT)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
        there = found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)
        # At the ends of the calendar a moment is read in one zone and lies beyond it in another.
        for zone in (STOCKHOLM, UTC):
            there.astimezone(zone)
        return there.isoformat()
    except (OverflowError, ValueError):
        form.fail(MOMENT, "unreadable")
        return None
