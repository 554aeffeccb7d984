"""An invented study, shipped with the package: something true to life to try everything on."""

from importlib.resources import files
from pathlib import Path
from typing import Final

SAMPLE_STUDY: Final = "Walking Alongside in the Tarrow Valley"
"""The name of the invented study."""

SAMPLE_MANIFEST: Final = "manifest.csv"
"""The file in the folder that says who spoke in every other."""

SAMPLE_ATTRIBUTES: Final = ("innovation",)
"""The attributes this study defines, as columns of its manifest."""


def sample_folder() -> Path:
    """The folder of the sample study, with its transcripts and manifest as plain files."""
    return Path(str(files(__name__)))
