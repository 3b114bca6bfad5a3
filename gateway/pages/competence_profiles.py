"""The competence profile of process leaders: its editions, two compared, and one published."""

from collections.abc import Awaitable
from typing import Any, NamedTuple
from uuid import uuid4

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found
from gateway.form_fields import compact
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from gateway.swedish import sentence
from services.actors.contract import competence_profile as codes
from services.actors.contract.competence_profile import CompetenceProfileDraft
from services.kit.errors import Conflict, NotFound, Stale

area = Area("competence_profiles")
FILTERS = ("status", "as_of")
DROPPED = ".dropped"


class Change(NamedTuple):
    """A requirement before and after; one of them is None where it came or went."""

    before: Found | None
    after: Found | None


def compared(before: Found, after: Found) -> list[Change]:
    """What the later edition changed, requirement by requirement; what is alike is left out.

    A requirement is known by its words: one that is said otherwise is another.
    """
    was, now = _by_words(before), _by_words(after)
    found = [Change(was.get(words), one) for words, one in now.items()]
    found += [Change(one, None) for words, one in was.items() if words not in now]
    return [change for change in found if change.before != change.after]


def _by_words(profile: Found) -> dict[str, Found]:
    return {one["text"].casefold(): one for one in profile["requirements"]}


@area.show("/kompetensprofil", "list")
async def list_profiles(request: Request, house: Services) -> Response:
    """All editions, the newest first."""
    shown = await listed(request, house.actors.competence_profiles, FILTERS)
    return page(request, "competence_profiles/list.html", shown=shown, codes=codes)


files(area, "/kompetensprofil", lambda house: house.actors.competence_profiles, FILTERS)


@area.begin("/kompetensprofil/ny", "new")
async def new_profile(request: Request) -> Response:
    """An empty form: the first edition, or one that takes up nothing of those before."""
    return _form_page(request, Form.begun(request, CompetenceProfileDraft))


@area.take("/kompetensprofil/ny", "new")
async def make_profile(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await _posted(request)
    made = await saved(form, house.actors.competence_profiles.make(form.sent, once=form.once))
    if made:
        return go(request, "competence_profiles.show", id=made["id"], notice="Utkastet är sparat.")
    return _form_page(request, form, status=422)


async def _posted(request: Request, kept: Found | None = None) -> Form[CompetenceProfileDraft]:
    """What was sent, without the requirements that are to go."""
    form = await Form.received(request, CompetenceProfileDraft)
    going = {name.removesuffix(DROPPED) for name in form.values if name.endswith(DROPPED)}
    going = {row for row in going if form.ticked(f"{row}{DROPPED}")}
    stays = {n: texts for n, texts in form.values.items() if n.rpartition(".")[0] not in going}
    form.values = compact(stays)
    form.take_in(CompetenceProfileDraft, kept)
    return form


def _form_page(
    request: Request,
    form: Form[CompetenceProfileDraft],
    *,
    status: int = 200,
    profile: Found | None = None,
) -> Response:
    return page(
        request, "competence_profiles/form.html", status=status, form=form, profile=profile,
        codes=codes,
    )  # fmt: skip


@area.show("/kompetensprofil/{id}", "show")
async def show_profile(request: Request, house: Services, id: str) -> Response:
    """One edition, and those that it can be compared with."""
    times = times_of(request).times
    profile = await house.actors.competence_profiles.one(id, **times)
    editions = await house.actors.competence_profiles.whole(**times)
    others = [one for one in editions if one["id"] != id]
    return page(
        request, "competence_profiles/show.html", profile=profile, others=others, codes=codes
    )


@area.show("/kompetensprofil/{id}/jamfor/{other}", "compare")
async def compare(request: Request, house: Services, id: str, other: str) -> Response:
    """What came, went and changed from the earlier of two editions to the later."""
    known = times_of(request).known
    profiles = house.actors.competence_profiles
    two = [await profiles.one(one, **known) for one in (id, other)]
    before, after = sorted(two, key=lambda one: int(one["edition"]))
    return page(
        request, "competence_profiles/compare.html", before=before, after=after,
        changes=compared(before, after),
    )  # fmt: skip


@area.show("/kompetensprofil/{id}/andra", "edit")
async def edit_profile(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; a published edition leads to itself."""
    profile = await house.actors.competence_profiles.one(id)
    if profile["status"] == codes.ProfileStatus.published:
        return go(request, "competence_profiles.show", id=id, notice=sentence("published"))
    form = Form.showing(CompetenceProfileDraft, profile)
    return _form_page(request, form, profile=profile)


@area.take("/kompetensprofil/{id}/andra", "edit")
async def revise_profile(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed or published it meanwhile."""
    profile = await house.actors.competence_profiles.one(id)
    form = await _posted(request, profile)
    sending = house.actors.competence_profiles.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "competence_profiles.show", id=id, notice="Ändringen är sparad.")
    return _form_page(request, form, status=422, profile=profile)


@area.show("/kompetensprofil/{id}/publicera", "publish")
async def ask_publish(request: Request, house: Services, id: str) -> Response:
    """It is asked first: what is published never changes."""
    profile = await house.actors.competence_profiles.one(id)
    form = Form.showing(CompetenceProfileDraft, profile)
    return page(request, "competence_profiles/publish.html", profile=profile, form=form)


@area.take("/kompetensprofil/{id}/publicera", "publish")
async def publish(request: Request, house: Services, id: str) -> Response:
    """From here on it never changes; what somebody changed meanwhile is read first."""
    form: Form[Any] = await Form.posted(request, CompetenceProfileDraft)
    profiles = house.actors.competence_profiles
    sending = profiles.act(id, "publish", once=form.once, version=form.version)
    said = await _said(sending, "Versionen är publicerad.")
    return go(request, "competence_profiles.show", id=id, notice=said)


async def _said(sending: Awaitable[Any], done: str) -> str:
    try:
        await sending
    except Conflict as problem:
        return sentence(problem.errors[0].code)
    except Stale:
        return "Versionen har ändrats under tiden. Läs igenom den och försök igen."
    return done


@area.take("/kompetensprofil/{id}/ny-version", "next")
async def begin_next(request: Request, house: Services, id: str) -> Response:
    """A draft that holds what this edition says."""
    try:
        new = await house.actors.competence_profiles.act(id, "next", once=uuid4().hex)
    except Conflict as problem:
        said = sentence(problem.errors[0].code)
        return go(request, "competence_profiles.show", id=id, notice=said)
    said = "Utkastet är en kopia. Ändra det som är nytt."
    return go(request, "competence_profiles.edit", id=new["id"], notice=said)


@area.show("/kompetensprofil/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether a draft is to go."""
    profile = await house.actors.competence_profiles.one(id)
    form = Form.showing(CompetenceProfileDraft, profile)
    return page(request, "competence_profiles/remove.html", profile=profile, form=form)


@area.take("/kompetensprofil/{id}/ta-bort", "remove")
async def remove_profile(request: Request, house: Services, id: str) -> Response:
    """A draft goes; a published edition stays."""
    form: Form[Any] = await Form.posted(request, CompetenceProfileDraft)
    sending = house.actors.competence_profiles.remove(id, version=form.version)
    try:
        said = await _said(sending, "Utkastet är borttaget.")
    except NotFound:
        said = "Utkastet var redan borttaget."
    return go(request, "competence_profiles.list", notice=said)
