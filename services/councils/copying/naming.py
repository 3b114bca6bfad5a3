"""Whom a text may name: names that are known, and all that looks like somebody.

Too much is taken rather than too little: what is replaced is read and put right by who copies.
Words are taken whole, so that no name of somebody called Berg tears a word such as Bergslagen.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SHORTEST = 3
MARK = "[namn]"
_LINES = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
_WORDS = {name: frozenset(told.split()) for name, told in (one.split(": ", 1) for one in _LINES)}
# Common given names that are no Swedish words: those that are stand out by their capital within a
# sentence, and in the registry. What has a capital there and is nobody, or says who does a thing.
# And what a sentence begins with before a name. What is a word in small letters, whoever has it.
GIVEN, NOBODY, SMALL = _WORDS["given"], _WORDS["nobody"], _WORDS["small"]
WORDS = _WORDS["words"] | SMALL
# As people write it who hide an address from machines: sara(at)exempel.se.
_AT, _DOT = r"(?:@|[ ]?[(\[](?:at|a|snabel-a)[)\]][ ]?)", r"(?:\.|[ ]?[(\[](?:dot|punkt)[)\]][ ]?)"
_PATTERNS = (
    rf"[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)+",  # addresses of e-mail
    r"(?:https?://|www\.)[^\s<>\"']+",
    r"(?<![\w-])(?:19|20)?\d{6}[-+]\d{4}(?!\w)",  # personal numbers, and organisations'
    r"(?<![\w,.-])(?<!\d[ \u00a0])(?:\+\d|0)\d?(?:[ /()–-]{0,2}\d){5,12}(?!\w)",  # telephones'
)
_NUMBERS = re.compile("|".join(_PATTERNS))
_WORD = r"[^\W\d_][\w'’]*(?:-\w+)*"
_CAPITAL = rf"(?=[A-ZÅÄÖÉÜ]){_WORD}"
_BETWEEN = r"[ \t]+(?:(?:von|af|de|van|der) )*"
_CAPITALS = re.compile(rf"(?<![\w@-]){_CAPITAL}(?:{_BETWEEN}{_CAPITAL})*")
# What surnames end with, and hardly a word that begins a sentence does (not näringsgren).
_SURNAME = re.compile(r"\w{2,}(?:sson|[qk]vist|ström|(?<!s)gren|berg|lund|dahl|stedt|holm)s?")
_SHORTENED = re.compile(
    r"(?:\w\.\w+|\b(?:ca|dr|tel|tfn|kl|nr|resp|inkl|ev|[^\W\d_]))\.$", re.IGNORECASE
)


def numbers_in(text: str) -> list[str]:
    """Addresses and numbers by which somebody is reached, or is known."""
    return [found[0] for found in _NUMBERS.finditer(text)]


def _begins(text: str, at: int) -> bool:
    """Whether a sentence, or a line, begins there."""
    before = text[:at].rstrip(" \t\"'”»(–•*-")
    if not before or before[-1] == "\n":
        return True
    return before[-1] in ".!?" and not _SHORTENED.search(before)


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words with capitals that follow each other, and whether they begin a sentence."""
    for found in _CAPITALS.finditer(text):
        words, begins = found[0].split(), _begins(text, found.start())
        if begins and len(words) > 1 and words[0] in SMALL:
            words, begins = words[1:], False
        yield words, begins


def _shouted(word: str) -> bool:
    """Whether a word in capitals is no given name: a shortened one, such as IDC."""
    return word.isupper() and word.capitalize() not in GIVEN


def _told(words: Iterable[str]) -> Iterator[str]:
    """The words of a run that may be a name: in capitals what follows a given name, as LARS EK."""
    given = False
    for word in words:
        if word not in NOBODY and (given or not _shouted(word)):
            yield word
        given = given or word.capitalize() in GIVEN


def _named_so(word: str) -> bool:
    """Whether a word that begins a sentence is somebody's all the same, by its own look."""
    return word.capitalize() in GIVEN or _SURNAME.fullmatch(word) is not None


def suspects_in(text: str) -> list[str]:
    """What looks like a name, whoever it is: capitals within a sentence, or several in a row."""
    found = list[str]()
    for words, begins in _runs(text):
        told = list(_told(words))
        alone = len(words) == 1
        if not told or (alone and begins and not _named_so(words[0])):
            continue
        found.append(" ".join(words) if len(told) == len(words) else " ".join(told))
        begun = 1 if begins and not alone and words[0].capitalize() not in GIVEN else 0
        found += [word for word in told[begun:] if word[0].isupper()]
    return found + numbers_in(text)


def only_a_name(text: str) -> list[str]:
    """The word that is all of a text: who keeps the minutes, perhaps."""
    word = text.strip(" \t\n.,;")
    return [word] if re.fullmatch(_CAPITAL, word) else []


def doubtful_in(text: str) -> set[str]:
    """Words that only the registry can tell from names: those that begin a sentence, and IDC."""
    found = set[str]()
    for words, begins in _runs(text):
        doubtful = words[:1] if begins else []
        found |= {word for word in words if word.isupper() or word in doubtful}
    found -= NOBODY | SMALL
    return found | {one.removesuffix("s") for one in found}


def pattern_of(name: str) -> str:
    """Where a name stands, as a whole word with its endings.

    Of a single word the letters are heeded as they are, for many names are words; an ending is a
    genitive's. A word with a * after it is a stem, of a post perhaps: any letters, any ending.
    """
    stem = name.endswith("*")
    name = name.removesuffix("*")
    words = re.escape(" ".join(name.split())).replace(r"\ ", r"\s+")
    single = " " not in name and (name[:1].isupper() or (name.isalpha() and not stem))
    if len(name) < SHORTEST or single:
        return rf"(?<![\w-]){words}(?::?s)?(?![\w-])"
    return rf"(?<!\w)(?i:{words})\w*(?::s)?"


def _found(names: Iterable[str]) -> re.Pattern[str] | None:
    wanted = {" ".join(one.split()) for one in names} - {""}
    longest = sorted(wanted, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(pattern_of, longest))) if longest else None


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of some names that a text has, as they are written there."""
    found = _found(names)
    return sorted({" ".join(one[0].split()) for one in found.finditer(text)}) if found else []


def without(text: str, names: Iterable[str]) -> str:
    """The text with a mark in place of each name."""
    found = _found(names)
    marked = found.sub(MARK, text) if found else text
    return re.sub(rf"{re.escape(MARK)}(?:[ \t]+{re.escape(MARK)})+", MARK, marked)


def small_in(text: str, names: Iterable[str]) -> set[str]:
    """Names of a single word as a text writes them without a capital, whole or as a genitive."""
    small = (one.lower() for one in names if " " not in one and len(one) >= SHORTEST)
    return {
        one for one in small if re.search(rf"(?<![\w-]){re.escape(one)}(?::?s)?(?![\w-])", text)
    }


def parts_of(people: Iterable[str]) -> set[str]:
    """People by their whole names, their first and their last."""
    told = [one.split() for one in people]
    single = {word for words in told for word in words if word[:1].isupper()}
    return single | {" ".join(words) for words in told}
