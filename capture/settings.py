"""Settings: built once, handed on as an argument. Only this module reads the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What may differ between two installations; every one as `GREENSHOOTS_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="GREENSHOOTS_", frozen=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("greenshoots", appauthor=False),
        description="The folder that holds the store and the jobs.",
    )
    host: str = Field(
        default="127.0.0.1", description="The address the service listens on; loopback by default."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The port it listens on.")
    address: str | None = Field(
        default=None,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$",
        description="The public address, when a proxy stands in front: https://research.example.org",
    )
    model: str = Field(
        default="all-MiniLM-L6-v2",
        description="The embedding model: the default, or a folder of a sentence-transformers one.",
    )
    precision: str = Field(
        default="auto",
        pattern="^(auto|fp32|bf16)$",
        description="How vectors are computed: auto chooses by CPU, or fp32, or bf16.",
    )
    ner_model: str | None = Field(
        default=None,
        description="A spaCy model that finds names too: an installed one, or a folder.",
    )
    session_hours: int = Field(
        default=12, ge=1, le=24 * 30, description="How long a sign-in lasts, in hours."
    )
    secure_cookies: bool = Field(
        default=False, description="Cookies over HTTPS only: set to true behind a TLS proxy."
    )

    @property
    def opened_at(self) -> str:
        """Where people open the service, without a slash at the end."""
        if self.address:
            return self.address.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def host_names(self) -> frozenset[str]:
        """The names that the service answers to, in lower case, without ports."""
        public = urlsplit(self.address or "").hostname
        return frozenset({"localhost", self.host.lower(), *([public] if public else [])})

    @property
    def database(self) -> Path:
        """The store's file."""
        return self.data / "greenshoots.sqlite"

    @property
    def jobs_database(self) -> Path:
        """The file in which durable jobs keep their place."""
        return self.data / "jobs.sqlite"

    @property
    def runner_lock(self) -> Path:
        """The file whose lock says which process runs the jobs."""
        return self.data / "runner.lock"
