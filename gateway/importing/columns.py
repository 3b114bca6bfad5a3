"""Columns: which column of a file fills which field, as guessed, shown and corrected."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.forms import Form
from gateway.importing.cells import day
from gateway.importing.headings import guessed, is_identity
from gateway.importing.sheets import Sheet, Unreadable, letter
from gateway.importing.susa import unnamed_in
from gateway.importing.values import CONSTANT, place_key
from gateway.swedish.problems import ANYWHERE
from services.actors.contract.importing import OF_POST, ImportNoun
from services.actors.contract.person import is_identity_number

EXAMPLES, LONGEST = 3, 60
NEEDED: dict[ImportNoun, tuple[tuple[str, ...], ...]] = {
    ImportNoun.actor: (("name",),),
    ImportNoun.person: (("name", "first_name", "last_name"),),
    ImportNoun.programme: (("name",), ("provider_name", "provider_org_number")),
}
NEEDED_OF_POST = (("post_title",), ("actor_name", "actor_org_number"))
SWITCHES = ("leave_known", "make_providers", "own_years", "same_names")


@dataclass(frozen=True)
class Column:
    """A column of the file, with what stands first in it."""

    number: int
    heading: str
    examples: list[str]
    identity: bool


def columns_of(sheet: Sheet) -> list[Column]:
    """Every column, with its first different values."""
    found = []
    for number, heading in enumerate(sheet.headings):
        cells = (cells[number] for _, cells in sheet.rows[:200] if cells[number])
        first = list(dict.fromkeys(cell[:LONGEST] for cell in cells))[:EXAMPLES]
        named = _named(sheet.headings, number)
        identity = is_identity(heading) or (bool(first) and all(map(is_identity_number, first)))
        found.append(Column(number, named, [] if identity else first, identity))
    return found


def dropped_in(sheet: Sheet, fields: Sequence[str]) -> list[str]:
    """What the columns are called that say something and fill no field."""
    return [
        _named(sheet.headings, number)
        for number, field in enumerate(fields)
        if not field and any(cells[number] for _, cells in sheet.rows)
    ]


def _named(headings: Sequence[str], number: int) -> str:
    return headings[number] or f"Kolumn {letter(number)}"


def first_choices(
    fields: Sequence[str],
    *,
    sheet: str = "",
    headed: bool = True,
    unnamed: Sequence[str] | None = None,
) -> dict[str, Any]:
    """What is chosen before anybody has chosen. `unnamed`: of Susa-navet, its providers' ids."""
    return {
        "fields": list(fields), "sheet": sheet, "constant": {}, "source": "", "leave_known": True,
        "make_providers": True, "own_years": True, "same_names": False, "headed": headed,
        "susa": unnamed is not None, "providers": dict.fromkeys(unnamed or (), ""),
    }  # fmt: skip


def form_of(choices: dict[str, Any]) -> Form[Any]:
    """The choices as they stand in the form."""
    values = {f"column_{n}": [field] for n, field in enumerate(choices["fields"])}
    values |= {name: ["true"] if choices.get(name) else [] for name in SWITCHES}
    names = choices.get("providers", {}).values()
    values |= {f"provider_{n}": [name] for n, name in enumerate(names)}
    values["headed"] = ["true"] if choices.get("headed", True) else []
    values["source"] = [choices["source"] or ""]
    values["constant"] = list(choices["constant"].values())
    return Form(None, values)


def is_turned(form: Form[Any], before: dict[str, Any]) -> bool:
    """Whether the first row became headings, or a row: then the columns are other ones."""
    return "headed" in form.values and form.ticked("headed") != before.get("headed", True)


def turned(
    form: Form[Any], noun: ImportNoun, before: dict[str, Any], sheet: Sheet
) -> dict[str, Any]:
    """What was chosen, for the columns as they are called now; guessed where nothing was."""
    chosen = choices_of(form, noun, before, judged=False) | {"headed": sheet.headed}
    fields = chosen["fields"] if any(chosen["fields"]) else guessed(noun, sheet.headings)
    count = len(sheet.headings)
    return chosen | {"fields": [*fields, *[""] * count][:count]}


def choices_of(
    form: Form[Any], noun: ImportNoun, before: dict[str, Any], *, judged: bool = True
) -> dict[str, Any]:
    """What was chosen; what does not go together stands in the form."""
    fields = [form.value(f"column_{number}") for number in range(len(before["fields"]))]
    chosen = before | {"fields": fields, "source": form.value("source").strip()[:500] or None}
    chosen |= {name: form.ticked(name) for name in SWITCHES}
    ids = before.get("providers", ())
    named = {one: form.value(f"provider_{n}").strip()[:200] for n, one in enumerate(ids)}
    chosen["providers"] = named
    constant, value = CONSTANT[noun], day(form.value("constant").strip())
    chosen["constant"] = {constant: value} if value else {}
    if judged and not before["susa"]:
        _judge(form, noun, fields, value)
    for number, name in enumerate(named.values()):
        if not name:
            form.fail(f"provider_{number}", "provider_unnamed")
    return chosen


def _judge(form: Form[Any], noun: ImportNoun, fields: list[str], value: str) -> None:
    often = Counter(field for field in fields if field)
    for number, field in enumerate(fields):
        if often[field] > 1:
            form.fail(f"column_{number}", "column_twice")
    of_post = noun is ImportNoun.person and any(often[name] for name in OF_POST)
    for one_of in NEEDED[noun] + (NEEDED_OF_POST if of_post else ()):
        if not any(often[name] for name in one_of):
            form.fail(ANYWHERE, f"column_missing_{one_of[0]}")
    person, somewhere = noun is ImportNoun.person, often[CONSTANT[noun]] or value
    if not somewhere and (of_post or not person):
        form.fail("constant", f"column_missing_{CONSTANT[noun] if person else 'constant'}")
    if value and person and not _is_day(value):
        form.fail("constant", "date_parsing")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def unnamed_providers(content: bytes) -> list[str]:
    """The ids of those that Susa-navet's file does not name. Unreadable where it is not one."""
    try:
        return unnamed_in(content)
    except ValueError:
        raise Unreadable("file_no_susa") from None


def places(known: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Municipalities by name as it is compared."""
    pairs = [(place_key(name), code) for code, name in known]
    return {f"{name}s": code for name, code in pairs} | dict(pairs)
