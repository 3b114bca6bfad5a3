"""Approval sheets: a respondent reads what was written down, without an account, by a secret link.

Looking changes nothing, as with reply links: the services are asked by the hash of the address.
"""

from typing import Any

from fastapi import Request, Response

from gateway.admission import UNTOLD
from gateway.areas import Area
from gateway.clients.councils import Councils
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.reply_links import counted, kept_of
from gateway.pages.saving import saved
from services.councils.contract.approval import SheetState, WishList
from services.kit.errors import Conflict, NotFound

area = Area("approval_sheets")
WISH = "wish."
DONE = {
    "approve": "Tack, svaren är godkända.",
    "want-changes": "Tack, dina önskemål är skickade. Du får läsa igen när svaren är ändrade.",
}


@area.show("/intervjusvar/{token}", "show")
async def show(request: Request, token: str) -> Response:
    """The answers as they were written down."""
    await counted(request)
    councils, kept = kept_of(request, token)
    return await _sheet(request, token, councils, kept, Form.empty(WishList))


@area.take("/intervjusvar/{token}", "show")
async def answer(request: Request, token: str) -> Response:
    """They are approved, or something is to be changed first."""
    councils, kept = kept_of(request, token)
    await counted(request, kept)
    form = await Form.received(request, WishList)
    verb, body = _said(form)
    if not form.wrong:
        sending = councils.approval_sheets.act(kept, verb, body, once=form.once)
        try:
            if await saved(form, sending):
                return _gone(request, token, DONE[verb])
        except NotFound:
            return _unknown(request)
        _name_wishes(form, body)
    return await _sheet(request, token, councils, kept, form, status=422)


def _said(form: Form[Any]) -> tuple[str, dict[str, Any]]:
    """What the respondent chose, and what goes with it."""
    read = form.value("read")
    version = int(read) if read.isascii() and read.isdigit() and len(read) < 9 else 0  # noqa: PLR2004
    wishes = [
        {"question_key": name.removeprefix(WISH), "text": form.value(name)}
        for name in form.values
        if name.startswith(WISH) and form.value(name).strip()
    ]
    reason = form.value("reason").strip() or None
    if form.value("do") == "change":
        return "want-changes", {"version": version, "reason": reason, "wishes": wishes}
    if wishes or reason:
        form.fail("reason", "wishes_typed")
    return "approve", {"version": version}


def _name_wishes(form: Form[Any], body: dict[str, Any]) -> None:
    """Errors of wishes stand at their own fields."""
    for place, wish in enumerate(body.get("wishes", ())):
        for part in ("text", "question_key"):
            if said := form.wrong.pop(f"wishes.{place}.{part}", ""):
                form.wrong[f"{WISH}{wish['question_key']}"] = said


@area.take("/intervjusvar/{token}/aterta", "withdraw")
async def withdraw(request: Request, token: str) -> Response:
    """The consent ends, and what was said is removed."""
    councils, kept = kept_of(request, token)
    await counted(request, kept)
    try:
        await councils.approval_sheets.act(kept, "withdraw")
    except NotFound:
        return _unknown(request)
    except Conflict:  # the page says what is so
        return _gone(request, token, "")
    return _gone(request, token, "Samtycket är återtaget, och svaren är borttagna.")


def _gone(request: Request, token: str, said: str) -> Response:
    gone = go(request, "approval_sheets.show", token=token, notice=said)
    gone.headers.update(UNTOLD)
    return gone


def _unknown(request: Request) -> Response:
    return page(request, "interviews/sheet_unknown.html", status=404, headers=UNTOLD)


async def _sheet(
    request: Request,
    token: str,
    councils: Councils,
    kept: str,
    form: Form[Any],
    *,
    status: int = 200,
) -> Response:
    try:
        found: Found = await councils.approval_sheets.one(kept)
    except NotFound:
        return _unknown(request)
    typed = [form.value(name) for name in ("reason", *form.values) if _is_text(name)]
    lost = [] if found["state"] == SheetState.open else [one for one in typed if one.strip()]
    return page(
        request, "interviews/sheet.html", status=status, headers=UNTOLD, form=form, sheet=found,
        token=token, lost=list(dict.fromkeys(lost)),
    )  # fmt: skip


def _is_text(name: str) -> bool:
    return name == "reason" or name.startswith(WISH)
