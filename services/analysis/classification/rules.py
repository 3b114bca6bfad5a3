"""Rules about classifications: how publicly known files of codes are read."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from services.analysis.contract.classification import (
    CodeDraft,
    CodeRelation,
    CodeSystem,
    CorrespondenceDraft,
)
from services.kit.errors import Rejected

SCB, TAXONOMY = "SCB", "JobTech Taxonomy"
SHARED = "Lika fördelat: ingen känd fördelning"
FINE = Decimal("0.000001")

Fact = Mapping[str, str]
Found = tuple[type[BaseModel], dict[str, Any]]


class Unclassified(NamedTuple):
    """Codes that are none, where a classification of their kind is loaded."""

    municipalities: frozenset[str] = frozenset()
    occupations: frozenset[str] = frozenset()


@dataclass
class Codes:
    """What a file told: codes and correspondences, each once."""

    codes: dict[tuple[str, str], CodeDraft] = field(default_factory=dict)
    correspondences: dict[tuple[str, ...], CorrespondenceDraft] = field(default_factory=dict)

    def take(self, draft: BaseModel) -> None:
        """Keep one; the same told again is the same."""
        if isinstance(draft, CodeDraft):
            self.codes.setdefault((draft.system, draft.code), draft)
        elif isinstance(draft, CorrespondenceDraft):
            key = (draft.from_system, draft.from_code, draft.to_system, draft.to_code)
            self.correspondences.setdefault(key, draft)


@dataclass(frozen=True)
class CodeFile:
    """One known file of codes: its columns, and what each row tells."""

    columns: frozenset[str]
    told: Callable[[Fact], Iterator[Found]]


def _code(system: CodeSystem, code: str, name: str, **more: Any) -> Found:
    facts = {"system": system, "code": code, "name": name, "level": 1, "source": TAXONOMY}
    return CodeDraft, facts | more


def _to(relation: CodeRelation, one: Found, other: Found) -> Found:
    """How a code stands to another."""
    facts = {"from_system": one[1]["system"], "from_code": one[1]["code"], "relation": relation}
    facts |= {"to_system": other[1]["system"], "to_code": other[1]["code"], "source": TAXONOMY}
    return CorrespondenceDraft, facts


def _tree(system: CodeSystem) -> CodeFile:
    """A file with every code of one system at every level."""

    def told(row: Fact) -> Iterator[Found]:
        more = {"parent_code": row["parent_code"], "concept_id": row["jobtech_concept_id"]}
        more |= {"definition": row.get("definition_sv", ""), "level": row["level"]}
        yield _code(system, row["code"], row["label_sv"], **more)

    columns = {"code", "level", "label_sv", "parent_code", "jobtech_concept_id"}
    return CodeFile(frozenset(columns), told)


def _municipality(row: Fact) -> Iterator[Found]:
    county, more = row["county_code"], {"source": SCB, "concept_id": row["jobtech_concept_id"]}
    yield _code(CodeSystem.county, county, row["county_name"], source=SCB)
    code, name = row["municipality_code"], row["name"]
    yield _code(CodeSystem.municipality, code, name, parent_code=county, **more)


def _finer_occupation(row: Fact) -> Iterator[Found]:
    """SCB's groups of managers have a level each where the taxonomy has one group for all."""
    name, _, level = row["label_en"].partition(", level ")
    group = _code(CodeSystem.ssyk2012, row["jobtech_ssyk4"], row["jobtech_label_sv"])
    swedish = row["jobtech_label_sv"] or name
    named = f"{swedish}, nivå {level}" if level else swedish
    own = _code(CodeSystem.ssyk2012_scb, row["scb_ssyk4"], named, level=4, source=SCB)
    yield own
    if row["jobtech_ssyk4"]:
        same = row["relation"] == "same"
        yield _to(CodeRelation.same if same else CodeRelation.broader, own, group)


def _occupation_name(row: Fact) -> Iterator[Found]:
    concept = row["occupation_concept_id"]
    name = _code(CodeSystem.occupation_name, concept, row["occupation_name"], concept_id=concept)
    yield name
    group = _code(CodeSystem.ssyk2012, row["ssyk4_code"], row["ssyk4_label"])
    yield _to(CodeRelation.broader, name, group)


def _isco(row: Fact) -> Iterator[Found]:
    own = _code(CodeSystem.ssyk2012, row["ssyk4_jobtech"], row["ssyk_benamning"])
    other = _code(
        CodeSystem.isco08, row["isco08"], row["isco_benamning_sv"],
        level=4, concept_id=row["isco_concept_id"],
    )  # fmt: skip
    yield other
    yield _to(CodeRelation(row["relation"]), own, other)


def _key(row: Fact) -> Iterator[Found]:
    """A key between two systems, told in full: codes, names, and the share that goes where."""
    said = row["source"] or "Inläst kodnyckel"
    one, other = (
        _code(CodeSystem(row[f"{side}_system"]), row[f"{side}_code"], row[f"{side}_name"], level=4)
        for side in ("from", "to")
    )
    for code in (one, other):
        if code[1]["name"]:
            yield code[0], code[1] | {"source": said}
    kind, facts = _to(CodeRelation(row["relation"] or "related"), one, other)
    weight = {"weight": row["weight"].replace(",", ".")} if row["weight"] else {}
    yield kind, facts | {"source": said} | weight


FILES: Mapping[str, CodeFile] = {
    **{
        str(system): _tree(system)
        for system in (
            CodeSystem.ssyk2012,
            CodeSystem.sun2020_field,
            CodeSystem.sun2020_level,
            CodeSystem.sni2007,
        )
    },
    "municipalities": CodeFile(
        frozenset(
            {"municipality_code", "name", "county_code", "county_name", "jobtech_concept_id"}
        ),
        _municipality,
    ),
    "ssyk4_scb_to_jobtech": CodeFile(
        frozenset({"scb_ssyk4", "label_en", "jobtech_ssyk4", "jobtech_label_sv", "relation"}),
        _finer_occupation,
    ),
    "occupation_name_to_ssyk4": CodeFile(
        frozenset({"occupation_concept_id", "occupation_name", "ssyk4_code"}), _occupation_name
    ),
    "classification_key": CodeFile(
        frozenset(
            f"{side}_{part}" for side in ("from", "to") for part in ("system", "code", "name")
        )
        | {"relation", "weight", "source"},
        _key,
    ),
    "ssyk4_jobtech_isco08": CodeFile(
        frozenset({"ssyk4_jobtech", "isco08", "isco_benamning_sv", "relation"}), _isco
    ),
}


def codes_in(file: CodeFile, rows: Iterator[tuple[int, Fact]], names: set[str]) -> Codes:
    """All that a file tells. Rejected with row and column where something cannot be."""
    if missing := sorted(file.columns - names):
        raise _wrong("the file needs this column", 1, missing[0])
    found = Codes()
    for number, row in rows:
        for kind, facts in _told(file, number, row):
            try:
                found.take(kind.model_validate(facts))
            except ValidationError as failure:
                error = failure.errors()[0]
                raise _wrong(error["msg"], number, str(error["loc"][0])) from None
    _share(found)
    return found


def _told(file: CodeFile, number: int, row: Fact) -> list[Found]:
    try:
        return list(file.told(row))
    except (ValueError, KeyError) as failure:
        raise _wrong(f"the row cannot be read: {failure}", number, "relation") from None


def _share(found: Codes) -> None:
    """A code with several counterparts is counted to each in equal parts, and says so."""
    several: dict[tuple[str, ...], list[CorrespondenceDraft]] = defaultdict(list)
    for key, draft in found.correspondences.items():
        several[key[:3]].append(draft)
    for key, draft in found.correspondences.items():
        parts = len(several[key[:3]])
        if _are_weighed(several[key[:3]]):
            continue
        if parts > 1:
            weight = (Decimal(1) / parts).quantize(FINE, ROUND_DOWN)
            told = {"weight": weight, "source": f"{draft.source}. {SHARED}"}
            found.correspondences[key] = draft.model_copy(update=told)


def _are_weighed(drafts: list[CorrespondenceDraft]) -> bool:
    """Whether a code's counterparts tell their own shares. Rejected where only some do.

    No code gives away more than all of itself.
    """
    told = [one for one in drafts if "weight" in one.model_fields_set]
    if not told:
        return False
    about = f"{drafts[0].from_system} {drafts[0].from_code}"
    if len(told) < len(drafts):
        text = f"{about}: either every counterpart has a weight or none"
        raise Rejected(text, field="file", reason="unreadable_file")
    if sum(one.weight for one in told) > 1 + FINE * len(told):
        text = f"{about}: the weights add up to more than 1"
        raise Rejected(text, field="file", reason="unreadable_file")
    return True


def _wrong(text: str, row: int, column: str) -> Rejected:
    said = f"row {row}, column {column}: {text}"
    return Rejected(said, field="file", reason="unreadable_file")
