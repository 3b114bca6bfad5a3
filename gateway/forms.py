"""Forms: text becomes a draft, or Swedish errors at their fields; what was typed is kept."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import uuid4

from fastapi import Request
from pydantic import BaseModel, ValidationError

from gateway import clash
from gateway.form_fields import (
    compact,
    enum_of,
    field_of,
    in_order,
    is_required,
    longest,
    moment_text,
    overlap,
    read,
    spoilt,
    typed,
    unfit,
)
from gateway.posted import fields_of, first, grouped, without_nul
from gateway.shapes import Choice
from gateway.swedish.codes import options_of
from gateway.swedish.fields import word_for
from gateway.swedish.problems import ANYWHERE, WHOLE, sentence, with_label
from services.kit.errors import Problem, Stale

D = TypeVar("D", bound=BaseModel)
OURS = frozenset({"csrf", "once", "version", "marks", "next"})
# What names one sending; it becomes a header, so nothing else is taken for it.
ONCE = re.compile(r"[A-Za-z0-9-]{1,64}")
# A field of this name would hide the property of its <form> that htmx reads; it is sent as another.
SENT_AS = {"form": "form_"}
NAMED = {sent: field for field, sent in SENT_AS.items()}


class Form(Generic[D]):
    """One form: a draft or errors, and the values to show in the fields."""

    def __init__(
        self, kind: type[D] | None, values: Mapping[str, list[str]], *, version: int | None = None
    ) -> None:
        self.kind, self.version = kind, version
        self.values, without = without_nul(values)
        self.draft: D | None = None
        self.said: dict[str, Any] = {}
        self.refused_by_contract = False
        self.had: frozenset[str] = frozenset()  # the fields that were sent
        self.wrong: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.choices: dict[str, Choice] = {}
        self.once = uuid4().hex
        self.at = "f"  # begins the ids of the fields; another letter for each further form
        self.next = ""
        for name in without:
            self.fail(name, "nul")
        self.sent_before = False  # whether the form made something before, with other words
        self.first = ""  # the address of that, as its service knows it
        self.marks = ""  # of what the form began with
        self.stored: dict[str, list[str]] = {}  # what is saved now, and its version
        self.newest: int | None = None
        self.stale = False  # whether somebody else saved meanwhile
        self.followed: set[str] = set()  # fields that only the other one changed
        self.put_back = False  # whether a browser put these words into a newer page (`ui.began`)

    @classmethod
    def empty(cls, kind: type[D] | None, /, **values: object) -> "Form[D]":
        """A form nobody has filled in, perhaps with a few values to begin with."""
        return cls(kind, typed(values))

    @classmethod
    def begun(cls, request: Request, kind: type[D], /, **values: object) -> "Form[D]":
        """An empty form with the key of its address (`Area.begin`)."""
        form = cls(kind, typed(values))
        told = request.query_params.get("once", "")
        form.once = told if ONCE.fullmatch(told) else form.once
        if wrong := unfit(kind, form.values):
            request.scope["misread"] = [form]
        for error in wrong:
            form._note(error)
        return form

    @classmethod
    def showing(
        cls, kind: type[D], thing: BaseModel | Mapping[str, Any], /, **begun: object
    ) -> "Form[D]":
        """A form that shows what is stored, perhaps with a few values begun anew.

        It carries the version for If-Match, and marks to tell who changed what by.
        """
        known = _plain(thing)
        stored = typed(_own(kind, known))
        form = cls(kind, stored | typed(begun), version=known.get("version"))
        form.marks, form.stored = clash.marks_of(kind, stored), stored
        return form

    @classmethod
    def asked(cls, request: Request) -> "Form[Any]":
        """A filter form: the values that stand in the address."""
        pairs = request.query_params.multi_items()
        return Form(None, grouped((key, value) for key, value in pairs if value))

    @classmethod
    async def posted(
        cls,
        request: Request,
        kind: type[D],
        /,
        *,
        kept: BaseModel | Mapping[str, Any] | None = None,
        **fixed: object,
    ) -> "Form[D]":
        """What was sent, read."""
        form = await cls.received(request, kind)
        form.take_in(kind, kept, **fixed)
        return form

    @classmethod
    async def received(cls, request: Request, kind: type[D]) -> "Form[D]":
        """What was sent, not yet read: values may still be put in place of what was typed."""
        sent = {NAMED.get(name, name): v for name, v in (await fields_of(request)).items()}
        form = cls(kind, compact({name: sent[name] for name in sent if name not in OURS}))
        ours, _ = without_nul({name: sent[name] for name in OURS if name in sent})
        form.once = told if ONCE.fullmatch(told := first(ours, "once")) else form.once
        form.next, began = first(ours, "next"), (first(ours, "version"), first(ours, "marks"))
        form.version, form.marks, form.put_back = clash.began(*began)
        form.had = frozenset(name.split(".")[0] for name in sent)
        return form

    def take_in(
        self,
        kind: type[D],
        kept: BaseModel | Mapping[str, Any] | None = None,
        /,
        **fixed: object,
    ) -> None:
        """A draft or errors. `kept` fills fields the form has not, `fixed` decides a field."""
        thing = _plain(kept)
        stored = _own(kind, thing)
        self.stored, self.newest = typed(stored), thing.get("version")
        in_order(self.values, self.stored)
        known = {name: stored[name] for name in stored if name not in self.had}
        self.said = known | read(kind, self.values) | fixed
        try:
            draft = kind.model_validate(self.said)
        except ValidationError as failure:
            self.refused_by_contract = True
            for error in failure.errors(include_url=False):
                self._note(error)
        else:
            self.draft = None if self.wrong else draft

    def _note(self, error: Any) -> None:
        context = error.get("ctx") or {}
        named = [str(context["field"])] if "field" in context else []
        field = field_of([*error["loc"], *named])
        code = error["type"]
        if code == "string_too_short" and context.get("min_length", 1) == 1:
            code = "missing"
        limits = (context[key] for key in context if key.startswith(("max_", "min_", "ge", "le")))
        limit = next(limits, context.get("gt", context.get("lt", "")))
        self.fail(field, code, limit=limit)

    def fail(self, field: str, code: str, *, limit: object = "") -> None:
        """Put an error at a field (or at none), unless it already has one."""
        self.wrong.setdefault(field, sentence(code, field, limit=limit))

    @property
    def sent(self) -> D | dict[str, Any]:
        """The draft; a wrong one as it was read, so that the service tells what else is wrong.

        What only the gateway refuses is spoilt: no service may take it.
        """
        if self.draft or self.refused_by_contract:
            return self.draft or self.said
        return reduce(spoilt, self.wrong, self.said)

    def blame(self, problem: Problem) -> None:
        """Show a service's problem at the fields it concerns, unless they are known as wrong."""
        told = tuple(self.wrong)
        self.draft = None
        if any(error.code == "reused" for error in problem.errors):
            self.once, self.sent_before, self.first = uuid4().hex, True, problem.first or ""
        for error in problem.errors:
            if any(overlap(error.field, field) for field in told):
                continue
            self.fail(error.field, error.code)
        if isinstance(problem, Stale):
            self._meet()
        if not self.wrong:
            code = "put_back" if self.stale and self.put_back else problem.code
            self.wrong[ANYWHERE] = WHOLE.get(code, WHOLE["rejected"])

    def _meet(self) -> None:
        """Somebody else saved first: go on from that, and follow them where nothing was typed."""
        self.stale, self.version = True, self.newest or self.version
        self.values, self.followed = clash.met(self.marks, self.values, self.stored)
        if self.put_back and self.kind:
            self.marks = clash.marks_of(self.kind, self.stored)

    def _changed(self, field: str) -> bool:
        """Whether what is saved in a field is another thing than the form began with."""
        began = "" if self.put_back else clash.marks_in(self.marks).get(field)
        return began is not None and self.stored != {} and clash.mark(self.stored, field) != began

    def differs(self, field: str) -> bool:
        """Whether somebody else saved a field with other words than stand in it."""
        other = clash.plain(self.stored, field) != clash.plain(self.values, field)
        return other and self._changed(field)

    def theirs(self, field: str, options: Iterable[tuple[Any, str]] | None = None) -> str:
        """What somebody else saved in a field where the words differ; empty where they agree."""
        if self.kind is None or not self.differs(field):
            return ""
        return clash.in_words(self.kind, self.stored, field, options)

    @property
    def errors(self) -> dict[str, str]:
        """Each wrong field with its sentence; the empty name holds what concerns them all."""
        return {field: self.error(field) for field in self.wrong}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The errors in the order of the fields on the page, each with the id to jump to.

        First those of fields that the page does not show, named by the field's own word.
        """
        order = {name: place for place, name in enumerate(self.labels)}
        unseen = (name for name in self.wrong if name not in order)
        said = (with_label(self.wrong[name], word_for(self.kind, name)) for name in unseen)
        shown = sorted((name for name in self.wrong if name in order), key=order.__getitem__)
        return [
            *((ANYWHERE, one) for one in dict.fromkeys(said)),
            *((n, self.error(n)) for n in shown),
        ]

    def error(self, field: str) -> str:
        """The sentence at a field, or nothing."""
        return with_label(self.wrong[field], self.labels.get(field)) if field in self.wrong else ""

    def sent_as(self, field: str) -> str:
        """The field's name in the page: its own, unless that would hide a part of the form."""
        return SENT_AS.get(field, field) if self.kind else field

    def value(self, field: str) -> str:
        """What stands in a field."""
        return next(iter(self.values.get(field, ())), "")

    def chosen(self, field: str) -> list[str]:
        """Everything chosen in a field of several values."""
        return self.values.get(field, [])

    def moment(self, field: str) -> str:
        """What stands in a field of date and time, as the clock on the wall in Sweden."""
        return moment_text(self.value(field))

    def ticked(self, field: str) -> bool:
        """Whether a checkbox is on."""
        return any(text.lower() in {"true", "on", "1"} for text in self.chosen(field))

    def name(self, field: str, label: str) -> str:
        """Learn a field's label, for the sentences about it; writes nothing on the page."""
        self.labels[field] = label
        return ""

    def optional(self, field: str) -> bool:
        """Whether the draft does without the field."""
        return self.kind is not None and not is_required(self.kind, field)

    def longest(self, field: str) -> int | None:
        """The most characters the draft takes."""
        return longest(self.kind, field) if self.kind else None

    def options(self, field: str) -> list[tuple[str, str]]:
        """The values of a coded field with their Swedish words."""
        codes = enum_of(self.kind, field) if self.kind else None
        if codes is None:
            raise LookupError(f"{field} is not a coded field; give its options")
        return options_of(codes)

    def rows(self, field: str, spare: int = 2) -> range:
        """The numbers of the rows of a list of objects: those filled in, and a few empty ones."""
        places = (name.split(".")[1] for name in self.values if name.startswith(f"{field}."))
        return range(max((int(p) for p in places if p.isdigit()), default=-1) + 1 + spare)


def _own(kind: type[BaseModel], thing: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft has of a thing."""
    return {name: thing[name] for name in kind.model_fields if name in thing}


def _plain(kept: BaseModel | Mapping[str, Any] | None) -> Mapping[str, Any]:
    return kept.model_dump(mode="json") if isinstance(kept, BaseModel) else kept or {}
