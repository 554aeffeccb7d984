"""Transcripts laid out as a table: the speaker in the first column, the words in the second."""

from collections import defaultdict
from collections.abc import Sequence

from transcripts.readers.labels import head_of, speakers_among
from transcripts.readers.paragraphs import Paragraph

MOST_LABEL_WORDS = 5


def labelled_from_tables(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those of speaker tables put together as `Speaker: text`."""
    tables: defaultdict[int, list[Paragraph]] = defaultdict(list)
    for item in paragraphs:
        if item.cell is not None:
            tables[item.cell.table].append(item)
    speaking = {table for table, items in tables.items() if _names_speakers(items)}
    read: list[Paragraph] = []
    label = ""
    for item in paragraphs:
        cell = item.cell
        if cell is None or cell.table not in speaking:
            read.append(item)
        elif cell.column == 0:
            label = _label(item)
        else:
            text = f"{label}: {item.text.lstrip()}" if label else item.text
            read.append(Paragraph(text, item.heading, item.footnotes, cell))
            label = ""
    return read


def _names_speakers(items: Sequence[Paragraph]) -> bool:
    """Two columns, each row with words beside at most one name, and every name a speaker's."""
    columns: defaultdict[tuple[int, int], int] = defaultdict(int)
    for item in items:
        if item.cell is not None:
            columns[item.cell.row, item.cell.column] += 1
    rows = {row for row, _ in columns}
    beside = all(columns.get((row, 1)) and columns.get((row, 0), 0) <= 1 for row in rows)
    if not beside or any(column > 1 for _, column in columns) or len(rows) < 2:
        return False
    labels = [_label(item) for item in items if item.cell and item.cell.column == 0]
    heads = [head_of(f"{label}: words") for label in labels]
    speakers = speakers_among(head for head in heads if head)
    return bool(labels) and all(
        head is not None and head.label in speakers and len(label.split()) <= MOST_LABEL_WORDS
        for head, label in zip(heads, labels, strict=True)
    )


def _label(item: Paragraph) -> str:
    return " ".join(item.text.split()).rstrip(": ")
