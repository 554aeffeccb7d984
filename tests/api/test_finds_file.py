"""The file of finds holds real names: no one else may read it, whatever was there before."""

import os

import pytest

from api.commands.check import Report, write_finds


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_file_that_was_there_loses_its_wider_rights(tmp_path):
    finds = tmp_path / "finds.csv"
    finds.write_text("old")
    finds.chmod(0o644)
    write_finds(finds, Report([], [], []))
    assert finds.stat().st_mode & 0o777 == 0o600
    assert "old" not in finds.read_text("utf-8")
