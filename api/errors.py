"""What the service itself refuses; each error is a sentence with a way out.

GreenshootsError (transcripts.errors)
├── NotSignedIn   401  nobody is signed in
├── NotAllowed    403  signed in, but the role doesn't open this
├── FromElsewhere 403  a change that did not begin on our own pages
├── TooLarge      413  more bytes than this address takes
├── TooManyTries  429  too many failed sign-ins for now
└── NotOurHost    400  asked for under a name that isn't ours
"""

from transcripts.errors import GreenshootsError


class NotSignedIn(GreenshootsError):
    """Nobody is signed in."""

    status = 401

    def __init__(self) -> None:
        super().__init__("You are not signed in.", way_out="Sign in, then try again.")


class NotAllowed(GreenshootsError):
    """Signed in, but the role in this study doesn't open this."""

    status = 403


class FromElsewhere(GreenshootsError):
    """A change that did not begin on one of our own pages."""

    status = 403


class TooLarge(GreenshootsError):
    """More bytes than this address takes."""

    status = 413


class TooManyTries(GreenshootsError):
    """Too many failed sign-ins for one e-mail address."""

    status = 429


class NotOurHost(GreenshootsError):
    """Asked for under a host name that isn't ours."""

    status = 400
