"""Access: who may open which page. What is not in the table is denied, and stops the start."""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from fastapi import Request
from starlette.routing import BaseRoute

from gateway.posted import MOST_BYTES, fields_of
from gateway.visitor import Visitor
from services.kit.errors import Forbidden, Malformed, TooLarge, Unauthenticated

Rule = Callable[[Visitor], bool]

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Pages where a file is sent, and how large one may be with the form around it.
WITH_FILE = frozenset({"imports.new"})
FILE_MOST = 21 * 1024 * 1024


def everyone(_visitor: Visitor) -> bool:
    """Also those who have not signed in."""
    return True


def signed_in(visitor: Visitor) -> bool:
    """Every user."""
    return visitor.signed_in


def roles(*names: str) -> Rule:
    """Users with any of these roles."""
    return lambda visitor: visitor.signed_in and visitor.has_role(*names)


administrators = roles("administrator")
staff = roles("process_leader", "strategist", "administrator")
step_takers = roles("process_leader", "strategist", "administrator", "council_member")
proposers = step_takers
leaders = roles("process_leader", "administrator")
interviewers = roles("process_leader")
interview_readers = roles("process_leader", "strategist")

RIGHTS: Mapping[str, Rule] = {
    "action_items.done": signed_in,
    "action_items.file": signed_in,
    "action_items.list": signed_in,
    "about.accessibility": everyone,
    "about.help": everyone,
    "about.personal": everyone,
    "account.everywhere": signed_in,
    "account.password": signed_in,
    "account.show": signed_in,
    "actors.choices": signed_in,
    "actors.edit": leaders,
    "actors.file": signed_in,
    "actors.history": signed_in,
    "actors.left": staff,
    "actors.list": signed_in,
    "actors.map": signed_in,
    "actors.merge": leaders,
    "actors.network": signed_in,
    "actors.new": leaders,
    "actors.alike": leaders,
    "actors.part": leaders,
    "actors.place": leaders,
    "actors.popolo": staff,
    "actors.return": leaders,
    "actors.show": signed_in,
    "actors.withdraw": leaders,
    "carried_issues.ambassadors": signed_in,
    "carried_issues.edit": leaders,
    "carried_issues.file": signed_in,
    "carried_issues.list": signed_in,
    "carried_issues.new": leaders,
    "carried_issues.remove": leaders,
    "contacts.bridges": staff,
    "contacts.done": step_takers,
    "contacts.edit": staff,
    "contacts.file": staff,
    "contacts.list": staff,
    "contacts.new": staff,
    "contacts.remove": staff,
    "contacts.reopen": step_takers,
    "contacts.show": signed_in,
    "relations.edit": leaders,
    "relations.new": leaders,
    "door.link": everyone,
    "door.sign_in": everyone,
    "door.sign_out": signed_in,
    "api_docs.index": everyone,
    "api_docs.noun": everyone,
    "api_docs.problems": everyone,
    "analysis.choices": signed_in,
    "analysis.file": signed_in,
    "analysis.list": signed_in,
    "analysis.occupation": signed_in,
    "analysis.source": signed_in,
    "continuity.council": signed_in,
    "continuity.councils": signed_in,
    "continuity.councils_file": signed_in,
    "continuity.file": signed_in,
    "continuity.list": signed_in,
    "councils.add_seat": leaders,
    "councils.close": staff,
    "councils.edit": staff,
    "councils.edit_sexes": staff,
    "councils.end_seat": leaders,
    "councils.fast_track": leaders,
    "councils.file": signed_in,
    "councils.list": signed_in,
    "councils.move": staff,
    "councils.new": staff,
    "councils.remove_sexes": staff,
    "councils.reopen": staff,
    "councils.report_sexes": staff,
    "councils.show": signed_in,
    "agenda.call_for_need": staff,
    "agenda.item": staff,
    "agenda.put_need": staff,
    "criteria.edit": leaders,
    "criteria.file": staff,
    "criteria.list": staff,
    "criteria.new": leaders,
    "criteria.remove": leaders,
    "decisions.edit": staff,
    "decisions.file": signed_in,
    "decisions.list": signed_in,
    "decisions.replace": staff,
    "decisions.show": signed_in,
    "leader_assignments.edit": leaders,
    "leader_assignments.file": signed_in,
    "leader_assignments.list": signed_in,
    "leader_assignments.new": leaders,
    "leader_assignments.remove": leaders,
    "leader_assignments.show": signed_in,
    "leadership.loads": signed_in,
    "leadership.loads_file": signed_in,
    "leadership.means": signed_in,
    "leadership.means_file": signed_in,
    "competence_profiles.compare": signed_in,
    "competence_profiles.edit": leaders,
    "competence_profiles.file": signed_in,
    "competence_profiles.list": signed_in,
    "competence_profiles.new": leaders,
    "competence_profiles.next": leaders,
    "competence_profiles.publish": leaders,
    "competence_profiles.remove": leaders,
    "competence_profiles.show": signed_in,
    "methods.edit": leaders,
    "methods.file": signed_in,
    "methods.list": signed_in,
    "methods.new": leaders,
    "methods.print": signed_in,
    "methods.remove": leaders,
    "methods.remove_use": staff,
    "methods.restore": leaders,
    "methods.retire": leaders,
    "methods.show": signed_in,
    "methods.use": staff,
    "gallery.events": signed_in,
    "gallery.show": signed_in,
    "gains.edit": leaders,
    "gains.new": leaders,
    "imports.check": leaders,
    "imports.columns": leaders,
    "imports.errors": leaders,
    "imports.forget": leaders,
    "imports.list": leaders,
    "imports.new": leaders,
    "imports.sheet": leaders,
    "imports.show": leaders,
    "imports.undo": leaders,
    "initiatives.add_step": staff,
    "initiatives.edit": staff,
    "initiatives.file": signed_in,
    "initiatives.list": signed_in,
    "initiatives.move": staff,
    "initiatives.new": staff,
    "initiatives.new_outcome": staff,
    "initiatives.resume": staff,
    "initiatives.show": signed_in,
    "initiatives.step_done": staff,
    "interviews.default_map": interviewers,
    "interviews.edit": interviewers,
    "interviews.list": interview_readers,
    "interviews.need": interviewers,
    "interviews.new": interviewers,
    "interviews.show": interview_readers,
    "interviews.step": interviewers,
    "joinings.edit": leaders,
    "joinings.file": staff,
    "joinings.find": leaders,
    "joinings.lapse": leaders,
    "joinings.list": staff,
    "joinings.new": leaders,
    "joinings.remove": leaders,
    "joinings.show": signed_in,
    "mandates.edit": leaders,
    "mandates.endorse": leaders,
    "mandates.endorsements": signed_in,
    "mandates.file": signed_in,
    "mandates.list": signed_in,
    "mandates.new": leaders,
    "mandates.remove": leaders,
    "mandates.renew": leaders,
    "mandates.show": signed_in,
    "mandates.without": signed_in,
    "meetings.add_action": staff,
    "meetings.add_item": staff,
    "meetings.approve": staff,
    "meetings.attend": staff,
    "meetings.calendar": signed_in,
    "meetings.decide": staff,
    "meetings.edit": staff,
    "meetings.file": signed_in,
    "meetings.list": signed_in,
    "meetings.new": staff,
    "meetings.show": signed_in,
    "minutes.pdf": signed_in,
    "needs.drop": staff,
    "needs.edit": staff,
    "needs.file": signed_in,
    "needs.list": signed_in,
    "needs.meet": staff,
    "needs.new": proposers,
    "needs.show": signed_in,
    "needs.step": staff,
    "overview.start": signed_in,
    "people.depart": leaders,
    "people.edit": leaders,
    "people.left": staff,
    "people.list": staff,
    "people.new": leaders,
    "people.show": signed_in,
    "pledges.deliver": roles("process_leader", "administrator", "council_member"),
    "pledges.edit": leaders,
    "pledges.file": signed_in,
    "pledges.list": signed_in,
    "pledges.new": leaders,
    "priorities.edit": leaders,
    "priorities.file": staff,
    "priorities.list": staff,
    "priorities.new": leaders,
    "priorities.remove": leaders,
    "priorities.show": staff,
    "posts.appoint": leaders,
    "posts.edit": leaders,
    "posts.end_holding": leaders,
    "posts.file": signed_in,
    "posts.handover": signed_in,
    "posts.list": signed_in,
    "posts.new": leaders,
    "posts.remove_holding": leaders,
    "posts.show": signed_in,
    "programmes.add_intake": leaders,
    "programmes.edit": leaders,
    "programmes.edit_intake": leaders,
    "programmes.file": signed_in,
    "programmes.list": signed_in,
    "programmes.map": signed_in,
    "programmes.map_file": signed_in,
    "programmes.new": leaders,
    "programmes.show": signed_in,
    "role_trials.edit": leaders,
    "role_trials.file": signed_in,
    "role_trials.list": signed_in,
    "role_trials.new": leaders,
    "role_trials.show": signed_in,
    "readiness.assess": leaders,
    "readiness.edit": leaders,
    "saved_filters.edit": signed_in,
    "saved_filters.new": signed_in,
    "saved_filters.remove": signed_in,
    "search.find": signed_in,
    "settings.show": administrators,
    "thread.list": signed_in,
    "takeovers.done": roles("process_leader", "administrator", "council_member"),
    "takeovers.file": staff,
    "takeovers.list": staff,
    "takeovers.new": leaders,
    "users.close": administrators,
    "users.link": administrators,
    "users.list": administrators,
    "users.new": administrators,
    "users.reopen": administrators,
    "users.user": administrators,
}


def may(visitor: Visitor, page: str) -> bool:
    """Whether a visitor is let in to a page; what stands in no table is closed."""
    rule = RIGHTS.get(page)
    return rule is not None and rule(visitor)


def demand_declared(routes: Iterable[BaseRoute], rights: Mapping[str, Rule] = RIGHTS) -> None:
    """Refuse to start where a page has not said whom it is for."""
    names = {getattr(route, "name", "") for route in routes}
    missing = sorted(names - set(rights))
    if missing:
        raise RuntimeError(f"no entry in RIGHTS of gateway/access.py for {', '.join(missing)}")


async def admit(request: Request) -> None:
    """What comes before every page: who is it, may they, and did our own form send it."""
    visitor: Visitor = await request.app.state.sessions.recognise(request)
    if not may(visitor, request.scope["route"].name):
        raise Forbidden if visitor.signed_in else Unauthenticated
    if request.method in UNSAFE:
        await _demand_own_form(request, visitor)


async def _demand_own_form(request: Request, visitor: Visitor) -> None:
    demand_same_origin(request)
    length = request.headers.get("content-length", "0")
    if not length.isdigit():
        raise Malformed("content-length is not a number")
    files = int(request.scope["route"].name in WITH_FILE)
    most = FILE_MOST if files else MOST_BYTES
    if int(length) > most:
        raise TooLarge(f"at most {most} bytes")
    token = (await fields_of(request, files=files)).get("csrf", [""])[0]
    if not visitor.accepts(token):
        await request.close()
        raise Forbidden("the form is too old, or not ours", reason="csrf", field="csrf")


def demand_same_origin(request: Request) -> None:
    """Forbidden where a browser says that another site sent the form."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site not in {"same-origin", "none"}:
        raise Forbidden("sent from another site", reason="csrf", field="csrf")
    ours = {request.headers.get("host", ""), request.app.state.base_host}
    if origin is not None and urlsplit(origin).netloc not in ours - {""}:
        raise Forbidden("sent from another site", reason="csrf", field="csrf")
