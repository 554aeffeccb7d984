"""How long the readers are tried with random files: `make fuzz` takes its time."""

from hypothesis import HealthCheck, settings

FUZZ = "fuzz"
settings.register_profile(
    FUZZ,
    max_examples=20_000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
