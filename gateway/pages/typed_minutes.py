"""Minutes that were typed on a page: what it changed, and what is to be chosen where two wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2s
from re import findall
from typing import Any

from services.councils.contract.minutes import LONGEST

Sent = Mapping[str, list[str]]
Found = dict[str, Any]
Pieces = list[tuple[str, bool]]
MOST_PAGES = 20  # that one page was restored from, one after the other
MOST_WORDS = 4000  # beyond it the texts are marked as a whole


@dataclass(frozen=True)
class Clash:
    """Two texts of one point: somebody else's, which is saved, and one's own, which is not."""

    item: Found
    theirs: Pieces
    mine: Pieces


@dataclass(frozen=True)
class Typed:
    """What a page sent: its texts by point, with the version and text that each began from."""

    sent: Sent

    @property
    def ids(self) -> list[str]:
        """The points that the page shows."""
        return [name.partition(".")[2] for name in self.sent if name.startswith("minutes.")]

    def text(self, id: str) -> str:
        """What stands in a point's field."""
        return _last(self.sent, f"minutes.{id}").strip()

    def changed(self, id: str) -> bool:
        """Whether it is something else than the page began with, or saved last."""
        return mark_of(self.text(id)) != self.mark(id)

    def wants(self, choice: str, id: str) -> bool:
        """Whether a button says what becomes of the two texts of a point."""
        return id in self.sent.get(choice, ())

    def version(self, id: str) -> int:
        """The version that a text began from; the one seen beside it where it is to be saved.

        Where a browser put older words into a newer page nobody knows: it is the first.
        """
        seen = _last(self.sent, f"seen.{id}") if self.wants("save", id) else ""
        return number(seen or (self.mark(id) and _last(self.sent, f"version.{id}")))

    def too_long(self, agenda: Mapping[str, Found]) -> list[str]:
        """The points whose text no service takes."""
        changed = (one for one in self.ids if one in agenda and self.changed(one))
        return [one for one in changed if len(self._wanted(agenda[one]) or "") > LONGEST]

    def body(self, agenda: Mapping[str, Found]) -> Found:
        """What the service is asked to save: each changed text at a point that is still there."""
        unfit = {*self.too_long(agenda), *self.sent.get("theirs", ())}
        known = (agenda[one] for one in self.ids if one in agenda and one not in unfit)
        items = [self._item(item) for item in known if self.changed(item["id"])]
        turn, writer = number(_last(self.sent, "turn")), _last(self.sent, "once")[:100] or None
        return {"items": items, "writer": writer, "turn": turn, "earlier": self._earlier()}

    def _earlier(self) -> dict[str, int]:
        """The pages that this one was restored from, each with the last turn it sent."""
        pairs = (one.rpartition(":") for one in _last(self.sent, "earlier").split()[-MOST_PAGES:])
        return {writer[:100]: number(turn) for writer, _, turn in pairs if writer}

    def _item(self, item: Found) -> Found:
        """One's own text; after theirs as it is now where both are wanted: no word is lost."""
        key, both = item["id"], self.wants("both", item["id"])
        version = item["version"] if both else self.version(key)
        return {"agenda_item_id": key, "minutes": self._wanted(item), "version": version}

    def _wanted(self, item: Found) -> str | None:
        theirs = item["minutes"] if self.wants("both", item["id"]) else None
        return "\n\n".join(filter(None, [theirs, self.text(item["id"])])) or None

    def went_on_from(self) -> dict[str, tuple[str, str]]:
        """The version and mark of each text that the page has saved before."""
        saved = (one for one in self.ids if len(self.sent.get(f"version.{one}", ())) > 1)
        return {one: (self.sent[f"version.{one}"][-1], self.mark(one)) for one in saved}

    def mark(self, id: str) -> str:
        """The mark of the text that the page began with, or saved last."""
        return _last(self.sent, f"base.{id}")

    def kept(self, agenda: Mapping[str, Found], settled: set[str]) -> dict[str, list[str]]:
        """The fields as they are shown again: what is stored, under what is not saved."""
        found = stored_in(agenda.values())
        unsaved = (one for one in self.ids if one in agenda and self.changed(one))
        for one in unsaved:
            if one not in settled:
                names = (f"{part}.{one}" for part in ("minutes", "version", "base"))
                found |= {name: [_last(self.sent, name)] for name in names}
        return found | {
            "turn": self.sent.get("turn", ["0"]),
            "earlier": self.sent.get("earlier", []),
        }


def stored_in(agenda: Iterable[Found]) -> dict[str, list[str]]:
    """Stored minutes as the values of the fields."""
    found: dict[str, list[str]] = {}
    for item in agenda:
        text = item["minutes"] or ""
        values = {"minutes": text, "base": mark_of(text), "version": str(item["version"])}
        found |= {f"{part}.{item['id']}": [value] for part, value in values.items()}
    return found


def mark_of(text: str) -> str:
    """Tells two texts apart; stands hidden beside the field."""
    return blake2s(text.strip().encode(), digest_size=8).hexdigest()


def number(text: str) -> int:
    """A whole number that a page sent; 1 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004


def clash_of(item: Found, mine: str) -> Clash:
    """Both texts of a point, word by word, with whether each piece stands in one of them only."""
    theirs = item["minutes"] or ""
    return Clash(item, *_apart(_words(theirs), _words(mine)))


def _words(text: str) -> list[str]:
    return findall(r"\S+\s*|\s+", text)


def _apart(theirs: list[str], mine: list[str]) -> tuple[Pieces, Pieces]:
    if max(len(theirs), len(mine)) > MOST_WORDS:
        theirs, mine = ["".join(theirs)], ["".join(mine)]
    left: Pieces = []
    right: Pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, theirs, mine).get_opcodes():
        left.append(("".join(theirs[a:b]), tag != "equal"))
        right.append(("".join(mine[c:d]), tag != "equal"))
    return _joined(left), _joined(right)


def _joined(pieces: Pieces) -> Pieces:
    return [(text, only) for text, only in pieces if text]


def _last(values: Sent, name: str) -> str:
    """The last value of a name: what was saved meanwhile stands after what the page began with."""
    return next(reversed(values.get(name, [])), "")
