"""What the durable jobs of a study do, phase after phase."""

from capture import jobs
from capture.map_keeping import MAPPING
from capture.noticing import DISCOVERY, EMBEDDING
from capture.theme_joining import ASSIGNING
from codebook.asking import ANALYSIS, LEARNING
from codebook.learning.job import SUGGESTING

jobs.register(ANALYSIS, EMBEDDING, DISCOVERY, ASSIGNING, MAPPING, SUGGESTING)
jobs.register(LEARNING, EMBEDDING, SUGGESTING)
