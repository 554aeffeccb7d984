"""A draft of an invented talk, and what a researcher does with it, for the tests of drafts."""

from dataclasses import replace

from sqlalchemy import select

from capture.draft.accepting import accept
from capture.draft.drafts import add_draft, said_of, say
from capture.models import Appearance, Transcript, TranscriptVersion
from capture.studies import begin_study
from transcripts.manifest import read_manifest
from transcripts.readers import read

TALK = """Second group at Harrow Lane

[00:00:05] Facilitator: What has changed since the spring, if anything?

[00:00:20] Practitioner 1: We used to knock, tick the box and go. Now I get a whole hour with mum.

[00:01:10] P2: Deborah Quill rang me herself. Her number is 07700 900123, if you want it.

[00:02:00] PRACTITIONER TWO: Turn that off for a moment. He is leaving her in June. Back on now.

[00:03:00] P3: The caseloads crept up, and nobody said so until the autumn.
"""
HEAD = "file,kind,speaker,same_as,participant,role,scope,audience,off_record\n"
OFF = "Turn that off for a moment. He is leaving her in June. Back on now."


def study_of(session):
    return begin_study(session, "A study").id


def drafted(session, name="talk.txt", words=TALK, *, rows="", study_id=None):
    """A draft of a text file, prefilled from manifest rows."""
    study_id = study_id or study_of(session)
    manifest = read_manifest("people.csv", (HEAD + rows).encode())
    data = words.encode()
    entry = manifest.rows_for(name)
    return add_draft(session, study_id, name, data, read(name, data), entry=entry).draft


def changed(draft, **more):
    return replace(said_of(draft), **more)


def decided(said, *refused):
    """Every find accepted as it was proposed, but for those kinds."""
    finds = tuple(replace(one, accepted=one.kind not in refused) for one in said.finds)
    return replace(said, finds=finds)


def where(words, sought):
    start = words.index(sought)
    return start, start + len(sought)


def stored(session, study_id):
    """The text of the study's one transcript, and who spoke by label."""
    version = session.scalars(
        select(TranscriptVersion).join(Transcript).where(Transcript.study_id == study_id)
    ).one()
    rows = session.scalars(select(Appearance).order_by(Appearance.id))
    return version.text, {row.label: row for row in rows}


def accept_as_is(session, draft, **more):
    say(session, draft, changed(draft, leave_rest=True, **more))
    return accept(session, draft.study_id, draft.id)
