"""People (personal data): who holds posts, and how they are reached. No identity numbers, ever."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from services.kit.contract import Draft, LanguageCode, Line, LongText, Name, Thing

_BORN = r"(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_IDENTITY_NUMBER = re.compile(rf"(?<!\d){_BORN}[-+ ]?\d{{4}}(?!\d)")
_LONG_IDENTITY_NUMBER = re.compile(rf"(?<!\d)(?=19|20){_BORN}[-+ ]?\d{{4}}(?!\d)")


def _no_identity_number(text: str) -> str:
    if _IDENTITY_NUMBER.search(text):
        raise PydanticCustomError("identity_number", "personal identity numbers are not kept")
    return text


def no_long_identity_number(text: str) -> str:
    """Ten digits may be a telephone number; twelve from 19 or 20 on are not."""
    if _LONG_IDENTITY_NUMBER.search(text):
        raise PydanticCustomError("identity_number", "personal identity numbers are not kept")
    return text


# Written as such, or beginning as no telephone number does.
_SHORT_IDENTITY_NUMBER = re.compile(rf"{_BORN}[-+]\d{{4}}|(?![0+]){_BORN}\d{{4}}")


def is_identity_number(text: str) -> bool:
    """Whether a text is an identity number and nothing else, and no telephone number."""
    digits = re.sub(r"[ ()/]", "", text)
    long = _LONG_IDENTITY_NUMBER.fullmatch(digits.replace("-", ""))
    return bool(long or _SHORT_IDENTITY_NUMBER.fullmatch(digits))


def _no_identity_as_phone(text: str) -> str:
    if is_identity_number(text):
        raise PydanticCustomError("identity_number", "personal identity numbers are not kept")
    return text


PersonName = Annotated[Name, AfterValidator(_no_identity_number)]
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,63}$"),
    AfterValidator(_no_identity_number),
]
Phone = Annotated[
    str,
    StringConstraints(min_length=5, max_length=30, pattern=r"^\+?[0-9][0-9 ()/-]*$"),
    AfterValidator(_no_identity_as_phone),
]
# Ten digits together may be a telephone number in a note; twelve are somebody's identity.
Told = Annotated[LongText, AfterValidator(no_long_identity_number)]


class PersonDraft(Draft):
    """Somebody who holds or has held a post. Personal data, all of it."""

    name: PersonName
    email: Email | None = None
    phone: Phone | None = None
    language: LanguageCode = Field("sv", description="ISO 639: the language to write to them in")
    note: Annotated[Line, AfterValidator(_no_identity_number)] | None = None


class Person(Thing, PersonDraft):
    """Somebody who holds or has held a post, and how many posts they hold on the day."""

    post_count: int
