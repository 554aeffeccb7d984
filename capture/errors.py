"""What can go wrong with the record; each error is a sentence with a way out.

GreenshootsError (transcripts.errors)
├── NotFound          404  it isn't there, or belongs to another study
├── Conflict          409  it clashes with what is already there
├── Unfit             422  it can't be done with what was given
└── ModelUnavailable  503  the embedding model can't be loaded
"""

from transcripts.errors import GreenshootsError


class NotFound(GreenshootsError):
    """It isn't there, or it belongs to another study: from outside these look the same."""

    status = 404


class Conflict(GreenshootsError):
    """It clashes with what is already there."""

    status = 409


class Unfit(GreenshootsError):
    """It can't be done with what was given."""

    status = 422


class ModelUnavailable(GreenshootsError):
    """The embedding model can't be loaded."""

    status = 503
