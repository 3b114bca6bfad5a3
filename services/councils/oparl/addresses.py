"""Addresses: an object's id in OParl is where it is found, and which row of ours that is."""

import re
from uuid import NAMESPACE_URL, UUID, uuid5

ROOT = "/export/oparl"
SCHEMA = "https://schema.oparl.org/1.1"
OWN = "kompetensnav:own"
# The only body: the municipal association itself.
BODY = UUID(int=1)
# What the lists are called, and the type of what they hold.
TYPES = {
    "bodies": "Body",
    "legislative-terms": "LegislativeTerm",
    "organizations": "Organization",
    "people": "Person",
    "memberships": "Membership",
    "meetings": "Meeting",
    "agenda-items": "AgendaItem",
    "papers": "Paper",
    "consultations": "Consultation",
    "files": "File",
    "locations": "Location",
}
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OURS = re.compile(f"{ROOT}/({'|'.join(TYPES)})/({_UUID})$")


class Addresses:
    """What our things are called outside."""

    def __init__(self, house: str) -> None:
        self.house = house
        self.root = f"{house}/api/v1{ROOT}"

    def of(self, kind: str, id: object) -> str:
        """An object's own address."""
        return f"{self.root}/{kind}/{id}"

    def list(self, kind: str) -> str:
        """A list's address."""
        return f"{self.root}/{kind}"

    @property
    def body(self) -> str:
        """The body that everything belongs to."""
        return self.of("bodies", BODY)


def key_of(id: str, part: str = "") -> UUID:
    """Which row an object is: ours keep their ids, others get one that follows from theirs.

    So the same archive is the same rows again, and nobody has to remember what was called how.
    """
    ours = None if part else _OURS.search(id)
    return UUID(ours[2]) if ours else uuid5(NAMESPACE_URL, id + part)
