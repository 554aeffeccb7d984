"""The manifest: a CSV with one row per file and speaker, saying who they are and what was agreed.

Columns beyond the known ones are attributes the study defines. Rows that contradict each other,
names that aren't known and cells that can't be understood are refused by line and column.
"""

import difflib
from collections import defaultdict

from transcripts.errors import RefusedFile, RefusedManifest
from transcripts.intake import MIB, MOST_MANIFEST_BYTES
from transcripts.manifest_cells import FILE_COLUMNS, KNOWN, REQUIRED, SURVEY_COLUMNS, Cells
from transcripts.manifest_entries import FileEntry, Manifest, SpeakerEntry, file_key, same_name
from transcripts.one_person import contradiction
from transcripts.readers.decoding import decode
from transcripts.survey import SurveyColumns
from transcripts.tables import UnreadableTable, read_table

__all__ = ["FileEntry", "Manifest", "SpeakerEntry", "read_manifest"]

_WAY_OUT = "Save it as CSV with one header row, and try again."


def read_manifest(name: str, data: bytes) -> Manifest:
    """Read a manifest; raises RefusedManifest naming file, line and column."""
    if len(data) > MOST_MANIFEST_BYTES:
        most = MOST_MANIFEST_BYTES // MIB
        reason = f"the manifest has {len(data) / MIB:.0f} MB; at most {most} MB are read."
        raise RefusedManifest(name, "", reason, "Say less in it, or make two of it.")
    try:
        columns, table = read_table(decode(name, data))
    except UnreadableTable as wrong:
        raise RefusedManifest(name, wrong.place, wrong.reason, _WAY_OUT) from wrong
    except RefusedFile as wrong:
        raise RefusedManifest(name, wrong.place, wrong.reason, wrong.way_out) from wrong
    _check_columns(name, columns)
    attributes = tuple(column for column in columns if column not in KNOWN)
    by_file: defaultdict[str, list[Cells]] = defaultdict(list)
    for row in table:
        cells = Cells(name, row.line, row.cells)
        by_file[file_key(cells.needed("file"))].append(cells)
    files = {key: _file_entry(rows, attributes) for key, rows in by_file.items()}
    return Manifest(name, files, attributes)


def _check_columns(name: str, columns: tuple[str, ...]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    for at, column in enumerate(columns, start=1):
        near = difflib.get_close_matches(column.lower(), KNOWN, 1, 0.8)
        if column not in KNOWN and near:
            raise RefusedManifest(
                name,
                f'line 1, column {at} ("{column}")',
                f'there is no such column; "{near[0]}" is meant, it seems.',
                f'Call it "{near[0]}", or give an attribute a name less like it.',
            )
    if missing:
        raise RefusedManifest(
            name,
            "line 1",
            f'the column "{missing[0]}" is missing.',
            f"A manifest needs the columns {', '.join(REQUIRED)}.",
        )


def _file_entry(rows: list[Cells], attributes: tuple[str, ...]) -> FileEntry:
    for column in (*FILE_COLUMNS, *SURVEY_COLUMNS):
        _check_agreement(rows, column)
    first = rows[0].filled_from(rows[1:])
    speakers, everyone = _speakers(rows, attributes)
    agreed = {column: value for column in attributes if (value := _agreed(rows, column))}
    entry = FileEntry(
        title=first.get("title") or None,
        kind=first.kind(),
        record=first.record(),
        date=first.date(),
        wave=first.wave(),
        place=(everyone.place if everyone else None) or _agreed(rows, "place"),
        survey=_survey(first),
        speakers=speakers,
        attributes=agreed,
        everyone=everyone,
        off_record=tuple(dict.fromkeys(one for row in rows for one in row.off_record())),
    )
    _check_one_person(rows, entry)
    return entry


def _check_one_person(rows: list[Cells], entry: FileEntry) -> None:
    """Rows that are one person must agree on who that is and what was agreed."""
    wrong = contradiction(entry)
    if wrong is None:
        return
    row = next(row for row in rows if same_name(row.get("speaker")) == same_name(wrong.label))
    raise row.refused(wrong.column, wrong.sentence, "Say it once, or say the same of both.")


def _speakers(
    rows: list[Cells], attributes: tuple[str, ...]
) -> tuple[dict[str, SpeakerEntry], SpeakerEntry | None]:
    speakers: dict[str, SpeakerEntry] = {}
    lines: dict[str, int] = {}
    everyone = None
    for row in rows:
        label = " ".join(row.get("speaker").split())
        before = lines.setdefault(same_name(label), row.line)
        if before != row.line:
            who = f'speaker "{label}"' if label else "everyone (no speaker)"
            reason = f"{who} of this file is already described in line {before}."
            raise row.refused("speaker", reason, "Keep one of the two rows.")
        entry = _speaker_entry(row, attributes)
        if label:
            speakers[label] = entry
        else:
            everyone = entry
    return speakers, everyone


def _speaker_entry(row: Cells, attributes: tuple[str, ...]) -> SpeakerEntry:
    return SpeakerEntry(
        participant=row.get("participant") or None,
        role=row.get("role") or None,
        place=row.get("place") or None,
        scope=row.scope(),
        audience=row.audience(),
        same_as=row.same_as(),
        facilitator=row.facilitator(),
        attributes={column: row.get(column) for column in attributes if row.get(column)},
    )


def _check_agreement(rows: list[Cells], column: str) -> None:
    """What belongs to the file has to be the same in all its rows that say it."""
    said = [row for row in rows if row.get(column)]
    for row in said[1:]:
        if same_name(row.get(column)) != same_name(said[0].get(column)):
            raise row.refused(
                column,
                f'"{row.get(column)}" contradicts line {said[0].line}, which says '
                f'"{said[0].get(column)}" of the same file.',
                "Say it once, or say the same in every row of the file.",
            )


def _agreed(rows: list[Cells], column: str) -> str | None:
    values = {row.get(column) for row in rows if row.get(column)}
    return values.pop() if len(values) == 1 else None


def _survey(cells: Cells) -> SurveyColumns | None:
    identity = cells.get("survey_id") or None
    attributes, questions = cells.names("survey_attributes"), cells.names("survey_questions")
    if identity is None and not attributes and not questions:
        return None
    if cells.kind() not in {None, "survey"}:
        reason = "survey columns are named for a file that is no survey."
        raise cells.refused("kind", reason, "Make its kind survey, or clear those cells.")
    if not questions:
        reason = "no column of the survey is named as a question."
        raise cells.refused("survey_questions", reason, 'Name them, separated by " | ".')
    return SurveyColumns(identity, attributes, questions)
