"""`greenshoots ingest`: files and folders into a study."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, get_args

import typer

from api.commands.console import bars, opened, say, warn
from capture.collecting import Collected, collect, expanded, from_disk
from capture.errors import Unfit
from capture.store import Store
from codebook.beginnings import begin
from transcripts.errors import RefusedManifest
from transcripts.folders import MANIFEST_NAME, Listing, list_files
from transcripts.manifest import Manifest, read_manifest
from transcripts.manifest_entries import file_key
from transcripts.turns import Kind


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, zips of files, or folders of them.")],
    study: Annotated[str, typer.Option(help="The study's name; it is made when new.")],
    kind: Annotated[
        str | None,
        typer.Option(help="interview, focus group, reflective session or survey, for all files."),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(help="A CSV that says who spoke and what was agreed."),
    ] = None,
) -> None:
    """Read transcripts into a study. The same file twice adds nothing.

    Example: greenshoots ingest interviews/ --study "Scale and learn" --manifest people.csv
    """
    checked = _kind(kind)
    manifest = manifest or _manifest_beside(paths)
    listing = list_files(paths, manifest=manifest)
    people = None if manifest is None else read_manifest(str(manifest), _bytes(manifest))
    with opened() as (store, _settings):
        outcome = ingest_listing(store, study, listing, people, checked)
    tell(outcome, listing)
    tell_about_manifest(people, outcome)
    if outcome.added:
        say(f'Next: greenshoots analyse --study "{study}"')
    ignored = _named_but_skipped(paths, listing)
    if outcome.refused or ignored or not (outcome.added or outcome.already):
        raise typer.Exit(1)


def ingest_listing(
    store: Store,
    study: str,
    listing: Listing,
    manifest: Manifest | None = None,
    kind: str | None = None,
) -> Collected:
    """Collect listed files into a study, zips as what is in them, with a progress bar."""
    opened = expanded(from_disk(path) for path in listing.files)
    with store.writing() as session:
        study_id = begin(session, study).id
    with bars() as progress:
        task = progress.add_task("Reading transcripts", total=len(opened.files))
        outcome = collect(
            store,
            study_id,
            opened.files,
            manifest=manifest,
            kind=kind,
            told=lambda _name: progress.advance(task),
        )
    outcome.refused[:0] = opened.refused
    outcome.skipped += opened.skipped
    return outcome


def tell(outcome: Collected, listing: Listing) -> None:
    """Say what was added, what was there already, and what was not taken and why."""
    for took in outcome.added:
        say(f"{took.name}: {took.turns} turns, {took.segments} segments, {took.words:,} words")
        for left in took.left_out:
            warn(f"  left out, {left.where}: {left.what} ({left.words} words): {left.why}")
        for note in took.notes:
            warn(f"  {note}")
    skipped = [*((str(one.path), one.why) for one in listing.skipped), *outcome.skipped]
    for name, why in skipped:
        warn(f"Skipped {name}: {why}.")
    for error in outcome.refused:
        warn(f"Refused {error}")
    counts = [f"{len(outcome.added)} added"]
    counts += [f"{len(outcome.already)} there already"] if outcome.already else []
    counts += [f"{len(skipped)} skipped"] if skipped else []
    counts += [f"{len(outcome.refused)} refused"] if outcome.refused else []
    say("Transcripts: " + ", ".join(counts) + ".")


def tell_about_manifest(manifest: Manifest | None, outcome: Collected) -> None:
    """Say what of a manifest came to nothing: silence would look like consent recorded."""
    there = {file_key(name) for name in outcome.seen}
    for name in manifest.files if manifest else ():
        if name not in there:
            warn(f"The manifest names {name}, which is not among these files.")
    for name in outcome.unheard:
        warn(
            f"{name} was there already, so the manifest was not applied to it: say who spoke "
            "on its page in the service."
        )


def _kind(said: str | None) -> str | None:
    if said is None or said in get_args(Kind):
        return said
    raise Unfit(f'"{said}" is not a kind.', way_out=f"Use one of: {', '.join(get_args(Kind))}.")


def _manifest_beside(paths: Sequence[Path]) -> Path | None:
    """The manifest.csv in the one folder that was named, if it has one."""
    if len(paths) != 1 or not (paths[0] / MANIFEST_NAME).is_file():
        return None
    found = paths[0] / MANIFEST_NAME
    warn(f"Using the manifest {found}.")
    return found


def _bytes(manifest: Path) -> bytes:
    try:
        return manifest.read_bytes()
    except OSError as error:
        raise RefusedManifest(
            str(manifest), "", f"it can't be opened ({error.strerror}).", "Check the path."
        ) from None


def _named_but_skipped(paths: Sequence[Path], listing: Listing) -> bool:
    named = {path for path in paths if path.is_file()}
    return any(skipped.path in named for skipped in listing.skipped)
