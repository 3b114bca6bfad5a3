"""The base of every contract: what a draft refuses, what a thing carries, and shared types."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import FunctionType, UnionType
from typing import Annotated, Any, ClassVar, LiteralString, Self, TypeVar, get_args, get_origin
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from services.kit.faults import Readable, Rule, Unread, faults_of, lines, together, told
from services.kit.texts import cleaned, is_blank, one_line

FIRST_YEAR, LAST_YEAR = 1900, 2200
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _no_bool(value: Any) -> Any:
    """Yes is not the number one."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a whole number, neither true nor false")
    return value


def _iso(value: Any) -> Any:
    """Dates and moments are ISO 8601: a bare number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO.match(value.strip())):
        return value
    raise PydanticCustomError("date_parsing", "a date as ISO 8601, for example 2026-01-31")


def _between_years(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_range", "the year must be 1900 to 2200")
    return value


Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(one_line)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(one_line)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Text = LongText
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
# The first two digits are the county's, of which there are these.
MUNICIPALITY = r"^(0[13-9]|1[02-4789]|2[0-5])[0-9]{2}$"
MunicipalityCode = Annotated[
    str,
    StringConstraints(pattern=MUNICIPALITY),
    Field(
        description="Four digits, of which two are a county's; `/codes` knows which there are",
        examples=["1472"],
    ),
]
OccupationCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}$"),
    Field(
        description="SSYK 2012; checked for its form only: `/codes` knows which there are",
        examples=["7111"],
    ),
]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']{3,490}$")]
Money = Annotated[Decimal, Field(ge=0, le=Decimal("9999999999.99"), decimal_places=2)]
NoBool = BeforeValidator(_no_bool)
Count = Annotated[int, Field(ge=0, le=1_000_000), NoBool]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR), NoBool]
Score = Annotated[int, Field(ge=1, le=5), NoBool]
IsoDate = Annotated[date, BeforeValidator(_iso)]
Day = Annotated[IsoDate, AfterValidator(_between_years)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso), AfterValidator(_between_years)]
Reference = UUID


def wrong(field: str, code: str, message: LiteralString) -> PydanticCustomError:
    """An error of a rule over several fields, blamed on one of them."""
    return PydanticCustomError(code, message, {"field": field})


Faults = Iterator[PydanticCustomError]
R = TypeVar("R", bound=Callable[..., Faults])
M = TypeVar("M", bound=BaseModel)


def rule(method: R) -> R:
    """Marks a method of a draft as a rule over several fields: it yields all that is `wrong`."""
    method.__dict__["cases"] = ((),)
    return method


def rule_for(*cases: Any) -> Callable[[R], R]:
    """Marks a rule that holds for several fields, or pairs of them: asked for each by itself."""

    def marked(method: R) -> R:
        method.__dict__["cases"] = tuple(c if isinstance(c, tuple) else (c,) for c in cases)
        return method

    return marked


class Ruled(BaseModel):
    """Fields with rules over several of them. All faults are told at once.

    A rule that asks for a field that cannot be read is passed over; the others are asked still.
    """

    rules: ClassVar[tuple[Rule, ...]] = ()
    is_part: ClassVar[bool] = False

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        """Learn the class's rules, inherited ones too."""
        super().__pydantic_init_subclass__(**more)
        cls.rules = tuple(_rules_of(cls))

    @model_validator(mode="wrap")
    @classmethod
    def _judged(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Every fault of the fields and of the rules over them."""
        try:
            whole = handler(value)
        except ValidationError as failure:
            if cls.is_part or not cls.rules or not isinstance(value, Mapping):
                raise
            faults = faults_of(cls.rules, _read_of(cls, value, failure))
            raise together(cls.__name__, [*told(failure), *lines(faults, value)]) from None
        if not cls.is_part and (faults := faults_of(cls.rules, whole)):
            raise together(cls.__name__, lines(faults, value))
        return whole


def _rules_of(kind: type[Ruled]) -> Iterator[Rule]:
    """A rule of a base first; one of the same name takes its place."""
    named: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        named |= vars(base)
    for method in named.values():
        if isinstance(method, FunctionType):  # what Pydantic builds when it is asked is not asked
            for case in vars(method).get("cases", ()):
                yield method, case


def _read_of(kind: type[Ruled], value: Mapping[str, Any], failure: ValidationError) -> Readable:
    unread = {str(error["loc"][0]) for error in failure.errors() if error["loc"]}
    rest = {name: value[name] for name in value if name not in unread}
    return Readable(part_of(kind).model_validate(rest), unread)


@cache
def part_of(kind: type[M]) -> type[M]:
    """The draft with every field free to be missing, asked for no rule over several fields."""
    fields: dict[str, Any] = {
        name: (_part_type(field) | None, _nothing_for(field))
        for name, field in kind.model_fields.items()
        if field.is_required() or ruled_in(field) or listed_in(field)
    }
    part = create_model(f"{kind.__name__}Part", __base__=kind, **fields)
    part.is_part = True  # type: ignore[attr-defined]
    return part


def _part_type(field: FieldInfo) -> Any:
    """A draft within the draft may be read in part, too, and so may each one of a list."""
    if one := listed_in(field):
        # What limits the list is told of it as it was sent: of a part of it, it means nothing.
        return list[part_of(one)]  # type: ignore[misc]
    kind = ruled_in(field)
    return part_of(kind) if kind else field.rebuild_annotation()


def _nothing_for(field: FieldInfo) -> Any:
    return Field(default_factory=field.default_factory) if field.default_factory else None


def ruled_in(field: FieldInfo) -> type[Ruled] | None:
    """The draft that a field holds, or may hold; None where it holds something else."""
    held: Any = field.annotation
    kinds = get_args(held) if isinstance(held, UnionType) else (held,)
    found = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Ruled))
    return next(found, None)


def listed_in(field: FieldInfo) -> type[BaseModel] | None:
    """What a field holds a list of, where each has fields of its own."""
    held: Any = field.annotation
    (one, *_) = get_args(held) if get_origin(held) is list else (None,)
    return one if isinstance(one, type) and issubclass(one, BaseModel) else None


def was_told(draft: Any, field: str) -> bool:
    """Whether something stands in a field, also what cannot be read."""
    try:
        return getattr(draft, field) is not None
    except Unread:
        return True


def each_once(draft: Any, field: str) -> Faults:
    """A fault where a list names something twice."""
    given = getattr(draft, field)
    if len(set(given)) < len(given):
        yield wrong(field, "repeated", "each is named once")


class Sent(Ruled):
    """What somebody sends: refuses unknown fields and unreadable text."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @property
    def waits(self) -> bool:
        """Whether it is refused while those who keep the things that it names do not answer."""
        return True

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, str) and not field.is_required() and is_blank(value):
            return field.get_default(call_default_factory=True)
        return cleaned(value)


class Draft(Sent):
    """What somebody wants to store, with where it comes from."""

    source: Line | None = Field(None, description="Where the fact comes from")
    example: bool = Field(False, description="Invented, and marked so wherever it is shown")


class Thing(BaseModel):
    """What every stored thing carries: its id, version, and two moments in UTC."""

    model_config = ConfigDict(defer_build=True)
    id: UUID
    version: int = Field(ge=1, description='Counts changes from 1; the ETag of 2 is `"v2"`')
    created_at: datetime
    updated_at: datetime


class Period(Ruled):
    """A half-open range of dates: from valid_from until, not including, valid_to."""

    valid_from: Day
    valid_to: Day | None = Field(None, description="Exclusive; null while it lasts")

    @rule
    def _not_empty(self) -> Faults:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            yield wrong("valid_to", "empty_period", "valid_to must be later than valid_from")
