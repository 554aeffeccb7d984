"""`greenshoots init`, `demo` and `serve`: a store, something to try, the service."""

import typer

from api.commands.analysis import analyse_study
from api.commands.collect import ingest_listing
from api.commands.console import opened, say, warn
from api.commands.people import add_person
from api.serving import check_port, serve_until_stopped
from capture.settings import Settings
from transcripts.folders import list_files
from transcripts.manifest import read_manifest
from transcripts.samples import SAMPLE_MANIFEST, SAMPLE_STUDY, sample_folder

DEMO_EMAIL = "you@greenshoots.example"


def init() -> None:
    """Make the data folder and an empty store in it, or bring an older store up to date.

    Example: greenshoots init
    """
    with opened() as (_store, settings):
        say(f"The store is ready: {settings.database}")


def demo() -> None:
    """Try everything on an invented study: read it, analyse it, and open the review service.

    Example: greenshoots demo
    """
    check_port(Settings())
    folder = sample_folder()
    manifest_file = folder / SAMPLE_MANIFEST
    with opened() as (store, settings):
        manifest = read_manifest(SAMPLE_MANIFEST, manifest_file.read_bytes())
        ingest_listing(store, SAMPLE_STUDY, list_files([folder], manifest=manifest_file), manifest)
        job = analyse_study(store, settings, SAMPLE_STUDY)
        if job.state == "failed":
            warn(job.sentence or "The analysis failed.")
            raise typer.Exit(1)
        with store.writing() as session:
            link = add_person(session, DEMO_EMAIL, "Sample admin", SAMPLE_STUDY, "admin")
    _announce(settings, link)
    serve_until_stopped(settings)


def serve() -> None:
    """Open the review service on this machine.

    Example: greenshoots serve
    """
    check_port(Settings())
    with opened() as (_store, settings):
        _announce(settings, None)
    serve_until_stopped(settings)


def _announce(settings: Settings, link: str | None) -> None:
    say(f"Greenshoots is at {settings.opened_at} (Ctrl-C stops it).")
    if link:
        say(f"Sign in once with this link, within the hour: {settings.opened_at}{link}")
    else:
        say("No way in yet? greenshoots user add NAME@EXAMPLE.ORG --study STUDY prints a link.")
