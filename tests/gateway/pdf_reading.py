"""PDFs as a screen reader takes them: the tags in their order, the text, and what is claimed."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


class Pdf:
    """A PDF file that has been read."""

    def __init__(self, body: bytes) -> None:
        self.reader = PdfReader(BytesIO(body))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        """The words of each page, with single spaces."""
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        """The words of all pages."""
        return " ".join(self.pages)

    @property
    def tags(self) -> list[str]:
        """The kinds of all tags, in the order they are read."""
        return _kinds(self.root["/StructTreeRoot"])

    @property
    def claims_accessibility(self) -> bool:
        """Whether it says of itself that it is PDF/UA-1."""
        claimed = self.root["/Metadata"].get_data().decode()
        return "<pdfuaid:part>1</pdfuaid:part>" in claimed

    def holds(self, *texts: str) -> None:
        """Assert that these stand in the text, in this order."""
        at = 0
        for text in texts:
            found = self.text.find(text, at)
            assert found >= 0, f"{text!r} is not after place {at} of {self.text}"
            at = found + len(text)


def _kinds(tag: Any) -> list[str]:
    tag = tag.get_object()
    if isinstance(tag, list):
        return [kind for one in tag for kind in _kinds(one)]
    if not isinstance(tag, dict):
        return []
    below = _kinds(tag["/K"]) if "/K" in tag else []
    return [str(tag["/S"])[1:], *below] if "/S" in tag else below
