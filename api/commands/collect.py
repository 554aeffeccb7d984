"""`greenshoots ingest`: files and folders into a study."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from api.commands.check import (
    Report,
    check_as_json,
    check_listing,
    tell_check,
    write_finds,
)
from api.commands.console import bars, many, opened, say, warn
from capture.collecting import Collected, Finding, collect, expanded, from_disk
from capture.draft.checking import counted
from capture.draft.finds_table import Decisions, read_decisions
from capture.errors import Unfit
from capture.settings import Settings
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
    check: Annotated[
        bool, typer.Option("--check", help="Only report what the files would become.")
    ] = False,
    finds: Annotated[
        Path | None,
        typer.Option(help="With --check: write the names and identifiers found to this CSV."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --check: report for programs.")
    ] = False,
    replaced: Annotated[
        Path | None,
        typer.Option("--replace", help="That CSV, filled in: take out what it accepts."),
    ] = None,
) -> None:
    """Read transcripts into a study. The same file twice adds nothing.

    Example: greenshoots ingest interviews/ --study "Scale and learn" --manifest people.csv
    """
    kind_of_all = _kind(kind)
    _check_together(check=check, finds=finds, as_json=as_json, replaced=replaced)
    manifest = manifest or _manifest_beside(paths)
    listing = list_files(paths, manifest=manifest)
    people = None if manifest is None else read_manifest(str(manifest), _bytes(manifest))
    if check:
        report = check_listing(Settings(), study, listing, people, kind_of_all)
        well = _tell_report(report, finds, as_json=as_json)
    else:
        well = _store_listing(study, listing, people, kind_of_all, _decisions(replaced))
    if _named_but_skipped(paths, listing) or not well:
        raise typer.Exit(1)


def _store_listing(
    study: str,
    listing: Listing,
    people: Manifest | None,
    kind: Kind | None,
    decisions: Decisions,
) -> bool:
    """Store what is listed and say what came of it; whether all of it went well."""
    with opened() as (store, settings):
        finding = Finding(decisions, settings.ner_model)
        outcome = ingest_listing(store, study, listing, people, kind, finding)
    tell(outcome, listing)
    tell_about_manifest(people, outcome)
    _tell_undecided(outcome, decisions)
    if outcome.added:
        say(f'Next: greenshoots analyse --study "{study}"')
    taken = bool(outcome.added or outcome.already)
    return taken and not outcome.refused and not decisions.unmet()


def ingest_listing(
    store: Store,
    study: str,
    listing: Listing,
    manifest: Manifest | None = None,
    kind: Kind | None = None,
    finding: Finding | None = None,
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
            finding=finding,
            told=lambda _name: progress.advance(task),
        )
    outcome.refused[:0] = opened.refused
    outcome.skipped += opened.skipped
    return outcome


def tell(outcome: Collected, listing: Listing) -> None:
    """Say what was added, what was there already, and what was not taken and why."""
    for took in outcome.added:
        say(
            f"{took.name}: {many(took.turns, 'turn')}, "
            f"{many(took.segments, 'segment')}, {many(took.words, 'word')}"
        )
        for left in took.left_out:
            warn(f"  left out, {left.where}: {left.what} ({many(left.words, 'word')}): {left.why}")
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


def _tell_report(report: Report, finds: Path | None, *, as_json: bool) -> bool:
    """Say what was seen; whether every file could be taken."""
    if finds is not None:
        count = write_finds(finds, report)
        told = f"{finds}: {count:,} {'row' if count == 1 else 'rows'}. Fill in the column accept "
        warn(f"{told}with yes or no, and take it back with --replace {finds}.")
    if as_json:
        say(check_as_json(report))
    else:
        tell_check(report)
    return bool(report.checked) and not report.refused


def _tell_undecided(outcome: Collected, decisions: Decisions) -> None:
    """Say what stands in the texts undecided, what was replaced as decided, and which decisions
    came to nothing."""
    found = sum((Counter(took.undecided) for took in outcome.added), Counter[str]())
    if found:
        verb = "stands" if sum(found.values()) == 1 else "stand"
        warn(
            f"{counted(found)} {verb} in these texts as they are. See them in context before files "
            "are stored: greenshoots ingest … --check --finds FILE."
        )
    replaced, stays = decisions.taken()
    if replaced or stays:
        say(f"Of {decisions.name}: {many(replaced, 'place')} replaced, {stays:,} left as decided.")
    for line, name in decisions.unmet():
        warn(f"{decisions.name}, line {line}: what was decided of {name} met no words here.")


def _check_together(
    *, check: bool, finds: Path | None, as_json: bool, replaced: Path | None
) -> None:
    """Refuse options that have nothing to do with each other, rather than leaving one unheard."""
    if replaced is not None and check:
        raise Unfit("--check stores nothing.", way_out="Use --replace without it.")
    alone = "--finds" if finds is not None else "--json" if as_json else ""
    if alone and not check:
        raise Unfit(f"{alone} belongs to --check.", way_out="Add --check.")


def _decisions(table: Path | None) -> Decisions:
    return Decisions("") if table is None else read_decisions(str(table), _bytes(table))


def _kind(said: str | None) -> Kind | None:
    if said is None:
        return None
    kinds = get_args(Kind)
    if said in kinds:
        return cast("Kind", said)
    raise Unfit(f'"{said}" is not a kind.', way_out=f"Use one of: {', '.join(kinds)}.")


def _manifest_beside(paths: Sequence[Path]) -> Path | None:
    """The manifest.csv in the one folder that was named, if it has one."""
    if len(paths) != 1 or not (paths[0] / MANIFEST_NAME).is_file():
        return None
    found = paths[0] / MANIFEST_NAME
    warn(f"Using the manifest {found}.")
    return found


def _bytes(table: Path) -> bytes:
    try:
        return table.read_bytes()
    except OSError as error:
        raise RefusedManifest(
            str(table), "", f"it can't be opened ({error.strerror}).", "Check the path."
        ) from None


def _named_but_skipped(paths: Sequence[Path], listing: Listing) -> bool:
    named = {path for path in paths if path.is_file()}
    return any(skipped.path in named for skipped in listing.skipped)
