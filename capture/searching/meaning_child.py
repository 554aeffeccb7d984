"""The child that holds the model for questions: a line of JSON in, a line of JSON out.

First comes the model it is to load; then questions. It ends when its input closes, or when nobody
has asked for a while, so that the memory is free again.
"""

import base64
import json
import os
import sys
from threading import Timer
from typing import TextIO

from capture.encoding.embed import load_embedder
from transcripts.errors import GreenshootsError

RESTS_AFTER_SECONDS = 15 * 60.0


def main() -> None:
    """Load the model, say which it is, then answer until the input closes."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    asked = json.loads(sys.stdin.readline())
    try:
        # A question is a line: a second thread would cost more than it brings.
        embedder = load_embedder(asked["model"], precision=asked["precision"], threads=1)
    except GreenshootsError as error:
        _tell(answers, {"amiss": str(error)})
        return
    embedder.encode(["The first one takes longer than those after it."])
    _tell(answers, {"model": embedder.model, "precision": embedder.precision})
    rest = _resting()
    for line in sys.stdin:
        rest.cancel()
        asked = json.loads(line)
        vector = embedder.encode([asked["words"]])[0].astype("<f4")
        told = base64.b64encode(vector.tobytes()).decode()
        _tell(answers, {"number": asked["number"], "vector": told})
        rest = _resting()
    rest.cancel()


def _resting() -> Timer:
    timer = Timer(RESTS_AFTER_SECONDS, os._exit, [0])
    timer.daemon = True
    timer.start()
    return timer


def _tell(answers: TextIO, what: dict[str, object]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
