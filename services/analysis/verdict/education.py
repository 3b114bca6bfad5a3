"""Education: the programmes that needs are weighed against, and their starts, each found at once.

Made once for any number of needs: none of them looks through all that there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.analysis.verdict.arithmetic import Fact


class Education:
    """Programmes by the occupations that they lead to, and starts by their programme."""

    def __init__(self, programmes: Iterable[Fact], intakes: Iterable[Fact]) -> None:
        self._leading: dict[str, list[Fact]] = defaultdict(list)
        self._starts: dict[str, list[Fact]] = defaultdict(list)
        for programme in programmes:
            for code in dict.fromkeys(programme["occupation_codes"]):
                self._leading[code].append(programme)
        for intake in intakes:
            self._starts[intake["programme_id"]].append(intake)

    def leading_to(self, occupation: str | None) -> Sequence[Fact]:
        """The programmes that lead to an occupation, in the order they came."""
        return self._leading.get(occupation or "", ())

    def starts_of(self, programme: Fact) -> Sequence[Fact]:
        """A programme's starts, in the order they came."""
        return self._starts.get(programme["id"], ())
