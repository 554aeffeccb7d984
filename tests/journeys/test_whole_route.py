"""The main job, from a Word file to a quote bank, as a person does it in a browser."""

import csv
import re
import sqlite3
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Serve
from transcripts.samples import SAMPLE_STUDY

pytestmark = pytest.mark.journey

SAID = """
Facilitator: Thank you both for making the time. Where would you like to begin?
Practitioner 9: With the mornings, I think. We stopped ringing ahead 😀 and walked in with them.
Manager 4: Nobody gave me cover for that, mind. I signed off the hours and hoped for the best.
Practitioner 9: And the recording system has no box for it. I type it under other, honestly.
"""


def word_file(folder: Path) -> Path:
    """A transcript as a colleague would send it."""
    document = Document()
    for line in SAID.strip().splitlines():
        document.add_paragraph(line)
    file = folder / "morning-walks.docx"
    document.save(file)
    return file


def rows(data: Path, query: str, *given: object) -> list[tuple]:
    with closing(sqlite3.connect(data / "greenshoots.sqlite")) as connection:
        return connection.execute(query, given).fetchall()


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button").filter(has_text=re.compile("sign in", re.IGNORECASE)).click()
    page.get_by_role("link", name=SAMPLE_STUDY).first.click()


def upload(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Upload transcripts").first.click()
    page.get_by_label("Transcripts", exact=True).set_input_files(file)
    page.get_by_label("May be quoted with their role").check()
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("link", name="Morning walks", exact=True).click()
    expect(page.get_by_role("heading", name="Morning walks")).to_be_visible()
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("“Morning walks” is in the study now")).to_be_visible()


def analyse(page: Page) -> None:
    page.get_by_role("button", name="Analyse the transcripts").click()
    expect(page.locator("#analysis")).to_be_visible()
    expect(page.get_by_text("Last analysed on")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("button", name="Analyse again")).to_be_visible()


def map_one(page: Page) -> None:
    page.get_by_role("link", name="Candidate themes", exact=True).click()
    page.locator("#candidate").get_by_role("button", name="Map to a code").click()
    expect(page.locator("input[role=combobox]")).to_be_focused()
    page.keyboard.type("time and case")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("#candidate")).to_contain_text("Time and caseloads")


def adopt_another(page: Page) -> None:
    page.locator("#candidate").get_by_role("link", name="Next undecided").click()
    page.locator("#candidate").get_by_role("button", name="Adopt as new code").click()
    page.get_by_label("Name", exact=True).fill("Walking in together")
    page.get_by_label("Facet").select_option(label="Practice")
    page.get_by_label("Definition").fill("Being alongside on the way to somewhere.")
    page.get_by_role("button", name="Adopt", exact=True).click()
    expect(page.locator("#candidate")).to_contain_text("Walking in together")


def confirm_three(page: Page, service: str, transcript_id: int) -> None:
    """Three passages, with the keyboard alone."""
    page.goto(f"{service}/studies/1/review?transcript={transcript_id}")
    for number in range(1, 4):
        expect(page.locator("input[role=combobox]")).to_be_visible()
        page.keyboard.press("/")
        expect(page.locator("input[role=combobox]")).to_be_focused()
        page.keyboard.type("relational")
        page.keyboard.press("Enter")
        expect(page.get_by_role("checkbox", name="Relational")).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.locator("#review")).to_contain_text(f"{number} of 3")


def download(page: Page, form: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile(form, re.IGNORECASE)).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.timeout(400)
@pytest.mark.long
def test_from_a_word_file_to_a_quote_bank(page, serve: Serve, analysed_copy, tmp_path):
    service = serve(analysed_copy)
    sign_in(page, service.link("jo@example.org", "researcher"))
    upload(page, word_file(tmp_path))
    analyse(page)
    map_one(page)
    adopt_another(page)
    decisions = "SELECT count(*) FROM decision"
    assert rows(service.data, decisions) == [(0,)], "deciding on a candidate theme codes nothing"
    assert rows(
        service.data, "SELECT state, count(*) FROM candidate_theme WHERE code_id GROUP BY 1"
    ) == [("adopted", 1), ("mapped", 1)]

    [(transcript_id, text)] = rows(
        service.data,
        "SELECT t.id, v.text FROM transcript t JOIN transcript_version v"
        " ON v.transcript_id = t.id WHERE t.file_name = 'morning-walks.docx'",
    )
    confirm_three(page, service.address, transcript_id)
    confirmed = rows(
        service.data,
        "SELECT p.id, p.start, p.end FROM decision d JOIN passage p ON p.id = d.passage_id"
        " WHERE d.verdict = 'confirm' ORDER BY p.start",
    )
    assert len(confirmed) == 3
    assert rows(service.data, "SELECT count(*) FROM review WHERE outcome = 'reviewed'") == [(3,)]
    stored = {passage: text[start:end] for passage, start, end in confirmed}
    assert "😀" in "".join(stored.values())

    page.get_by_role("link", name="Quotes", exact=True).click()
    page.get_by_text("Export", exact=False).first.click()
    table = list(csv.DictReader(StringIO(download(page, "csv").decode("utf-8-sig"))))
    quoted = {int(row["passage"]): row["quote"] for row in table if row["passage"]}
    assert quoted == stored
    document = Document(BytesIO(download(page, "docx|word")))
    words = {paragraph.text for paragraph in document.paragraphs}
    assert set(stored.values()) <= words
