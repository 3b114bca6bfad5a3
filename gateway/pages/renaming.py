"""Renaming: an actor that gets another name is found by its former one too, unless it was wrong."""

from typing import Any

from gateway.clients.service import Found
from gateway.forms import Form
from services.actors.contract.actor import ActorDraft

FORMER = "former"


def renamed(form: Form[ActorDraft], actor: Found) -> bool:
    """Whether the name that goes is to be kept among the other ones."""
    draft = form.draft
    return bool(draft and form.ticked(FORMER) and draft.name != actor["name"])


def with_former(form: Form[ActorDraft], actor: Found) -> ActorDraft | dict[str, Any]:
    """What is sent: the draft, with the name that goes where it is to be kept."""
    draft = form.draft
    if draft is None or not renamed(form, actor):
        return form.sent
    names = dict.fromkeys([*(draft.other_names or "").splitlines(), actor["name"]])
    names.pop(draft.name, None)
    return draft.model_copy(update={"other_names": "\n".join(names)})
