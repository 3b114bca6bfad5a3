"""Sources: the outside registers that figures come from, and the snapshots taken of them."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.kit.contract import (
    Code,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Moment,
    Name,
    Reference,
    Thing,
    Url,
    rule,
    wrong,
)

ContentHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Rows = Annotated[int, Field(ge=0, le=1_000_000_000)]
Bytes = Annotated[int, Field(ge=0, le=2_000_000_000)]


class SourceKind(StrEnum):
    """Which connector reads a source: a register's own interface, or a file format."""

    pxweb = "pxweb"
    jobsearch = "jobsearch"
    historical_ads = "historical_ads"
    yrkesbarometern = "yrkesbarometern"
    taxonomy = "taxonomy"
    susa_navet = "susa_navet"
    skolenhetsregistret = "skolenhetsregistret"
    kolada = "kolada"
    csv = "csv"
    excel = "excel"
    json_stat = "json_stat"


# These are handed in; all others are fetched.
FILE_KINDS = frozenset({SourceKind.csv, SourceKind.excel, SourceKind.json_stat})


class UpdateRhythm(StrEnum):
    """How often a register gets new figures."""

    daily = "daily"
    monthly = "monthly"
    quarterly = "quarterly"
    twice_a_year = "twice_a_year"
    yearly = "yearly"
    irregular = "irregular"
    ended = "ended"


class AreaLevel(StrEnum):
    """The finest area that a figure is true for, finest first."""

    municipality = "municipality"
    labour_market_region = "labour_market_region"
    county = "county"
    nation = "nation"


class MethodBreak(BaseModel):
    """A year from which figures are not comparable with those before."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    year: Annotated[int, Field(ge=1900, le=2200)]
    reason: Line


class SourceDraft(Draft):
    """An outside register, table or file that figures come from."""

    key: Code = Field(description="A name for commands and addresses; unique")
    name: Name
    kind: SourceKind
    publisher: Name
    address: Url | None = Field(None, description="Where it is fetched; null: files are handed in")
    table_code: Line | None = Field(None, description="The register's own name for the table")
    selection: LongText | None = Field(None, description="What is asked, as its interface says")
    licence: Name | None = Field(None, description="For example CC0 1.0; null: not known")
    licence_url: Url | None = None
    update_rhythm: UpdateRhythm = UpdateRhythm.irregular
    area_level: AreaLevel
    method_breaks: list[MethodBreak] = Field(default_factory=list, max_length=50)
    successor_id: Reference | None = Field(None, description="The source that took its place")
    note: LongText | None = Field(None, description="What a reader of its figures must know")


class FetchFailure(StrEnum):
    """Why a fetch left the last good snapshot as it was."""

    unreachable = "unreachable"
    refused = "refused"
    slow = "slow"
    busy = "busy"
    too_large = "too_large"
    answered_no = "answered_no"
    unreadable = "unreadable"
    incomplete = "incomplete"
    changed = "changed"
    wrong_selection = "wrong_selection"
    unkept = "unkept"


class SourceState(BaseModel):
    """What the last attempts to fetch a source gave."""

    fetch_asked_at: Moment | None = Field(None, description="Somebody asked for it, and waits")
    fetching_at: Moment | None = Field(None, description="A fetch began then and has not ended")

    fetched_at: Moment | None = Field(None, description="The last time it went well")
    failed_at: Moment | None = Field(
        None, description="The last failure, where none went well since"
    )
    failure: Line | None = Field(None, description="What was found, in the connector's words")
    failure_kind: FetchFailure | None = None


class Source(Thing, SourceState, SourceDraft):
    """An outside register, and the last good snapshot of it."""

    latest_snapshot_id: UUID | None
    snapshot_count: int
    age_days: int | None = Field(description="Days since the last good fetch")


class SnapshotDraft(Draft):
    """What a source said at one moment. It never changes; its content hash is its name."""

    source_id: Reference
    content_hash: ContentHash = Field(description="SHA-256 of the Parquet file, hexadecimal")
    fetched_at: Moment
    first_period: Line | None = Field(None, description="The earliest period in it: 2014, 2024-03")
    last_period: Line | None = Field(None, description="The latest period in it")
    published_on: Day | None = Field(None, description="The day the register published it")
    row_count: Rows
    byte_count: Bytes
    columns: list[Name] = Field(min_length=1, max_length=200)
    file_name: Name | None = Field(None, description="The name of a file that was handed in")

    @rule
    def _own_columns(self) -> Faults:
        if len(set(self.columns)) < len(self.columns):
            yield wrong("columns", "repeated", "each column has a name of its own")


class Register(BaseModel):
    """A register that is known without being described, and its source where it is one here."""

    key: str
    name: str
    kind: SourceKind
    publisher: str
    licence: str | None
    update_rhythm: UpdateRhythm
    area_level: AreaLevel
    note: str | None
    source_id: UUID | None = Field(description="Null: it is no source here yet")


class RegisterList(BaseModel):
    """Registers that are known without being described."""

    items: list[Register]
    next: None


class SnapshotRows(BaseModel):
    """A part of a snapshot's rows, as they stand in it."""

    columns: list[str]
    items: list[dict[str, str | int | None]]
    next: str | None
    count: int = Field(description="All rows of the snapshot")
    withheld: bool = Field(description="Rows are not told, for they would tell of few people")


class Snapshot(Thing, SnapshotDraft):
    """What a source said at one moment."""

    latest: bool = Field(description="It is what its source says now")
    previous_id: UUID | None = Field(description="The one its source had before")
