"""Settings: everything the outside decides, read once from the environment at the door."""

from functools import cached_property
from pathlib import Path
from typing import Literal

import orjson
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One program's settings. Names in the environment are the field names in capitals."""

    model_config = SettingsConfigDict(extra="ignore", secrets_dir=None)

    database_url: str = ""
    data_dir: Path = Path(".data")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    postgres_bin: Path | None = None
    pool_size: int = Field(default=8, ge=1, le=100)
    behind_pooler: bool = False
    service_keys_file: Path | None = None
    service_keys: dict[str, str] = {}
    actors_urls: str = ""
    councils_urls: str = ""
    analysis_urls: str = ""
    base_url: str = ""
    statistics_engine: str = Field(default="duckdb", repr=False)  # an address has a password
    small_counts_below: int = Field(default=5, ge=0, le=1000)
    import_most_bytes: int = Field(default=20 * 1024 * 1024, ge=1)
    fetch_hosts: dict[str, list[str]] = {}
    fetch_by_rhythm: bool = False
    fetch_loopback: bool = False
    log_level: str = "INFO"
    drain_seconds: float = Field(default=2.0, ge=0, le=60)
    anchor_seconds: float = Field(default=3600.0, gt=0)
    pepper_file: Path | None = None
    requests_per_minute: int = Field(default=6000, ge=1)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65_535)
    smtp_tls: Literal["starttls", "implicit", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    mail_from: str = Field(default="kompetensnav@localhost", pattern=r"^[!-?A-~]+@[!-?A-~]+$")

    @property
    def address(self) -> str:
        """Where people reach the house: what its letters lead to."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @cached_property
    def keys(self) -> dict[str, bytes]:
        """The shared secret of each pair of programs: {"gateway>actors": bytes}."""
        found = dict(self.service_keys)
        if self.service_keys_file is not None:
            found |= orjson.loads(self.service_keys_file.read_bytes())
        return {pair: secret.encode() for pair, secret in found.items()}

    def urls(self, service: str) -> list[str]:
        """The addresses of a service's replicas; empty where it lives in this process."""
        listed: str = getattr(self, f"{service}_urls")
        return [url.strip().rstrip("/") for url in listed.split(",") if url.strip()]
