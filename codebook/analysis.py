"""What the durable jobs of a study do, phase after phase."""

from capture import jobs
from capture.runs.joining import ASSIGNING
from capture.runs.noticing import DISCOVERY, EMBEDDING
from capture.theme_map.keeping import MAPPING
from codebook.asking import ANALYSIS, LEARNING
from codebook.learning.job import SUGGESTING

jobs.register(ANALYSIS, EMBEDDING, DISCOVERY, ASSIGNING, MAPPING, SUGGESTING)
jobs.register(LEARNING, EMBEDDING, SUGGESTING)
