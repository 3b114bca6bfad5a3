"""Passwords: argon2id, at most two at once, and the same time spent on users that do not exist."""

import asyncio
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from services.kit.errors import Rejected

AT_ONCE = 2
FEWEST_LETTERS = 5
COMMON = ("password", "lösenord", "losenord", "kompetens", "sommar", "vinter", "12345678", "qwerty")
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)


class Passwords:
    """Makes and checks hashes without stopping the program for others."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def make(self, password: str) -> str:
        """The hash to store."""
        async with self._turn:
            return await asyncio.to_thread(_hasher.hash, password)

    async def fits(self, password: str, stored: str | None) -> bool:
        """Whether a password is the stored one; without a stored one it takes as long to say no."""
        async with self._turn:
            fits = await asyncio.to_thread(_fits, password, stored or _nobodys())
        return fits and stored is not None


def _fits(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")


def demand_good(password: str, again: str, *, email: str) -> None:
    """Rejected where a password is easily guessed or was not written the same twice."""
    if password != again:
        raise Rejected("the two differ", field="password_again", reason="differs")
    plain, own = password.lower(), email.partition("@")[0].lower()
    without = plain
    for word in (*COMMON, own):
        without = without.replace(word, "")
    if len(set(plain)) < FEWEST_LETTERS or len(set(without)) < FEWEST_LETTERS:
        raise Rejected("too easily guessed", field="password", reason="common_password")
