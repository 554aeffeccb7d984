"""Words that tell a speaker's label from a line that only has a colon in it."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PARTICLES = _words(
    """
    of the and & de la le du des van von der den del da di dos bin ibn al el y e ap ab for - –
    """
)
"""Small words that stand inside names and offices."""

OPENERS = _words(
    """
    so and but well okay ok yes yeah no now then because at in on for to from with by as if
    when while where what who why how which it its it's this that that's these those here
    there there's i we he she they you my our your his her their me us them not just also or
    nor yet still even like a an one two three first second third finally lastly remember
    think maybe perhaps oh um er let's basically actually anyway example also plus between
    after before since until during
    """
)
"""Words a sentence opens with, and a name doesn't."""

SAYING = _words(
    """
    said says say saying asked asks ask thought think thinks wrote is was are were be been
    this that these following follows like means meant told know felt feel question answer
    thing point it them us me him her
    """
)
"""Words that lead up to a colon in speech, as in 'what she said: no'."""

HEADINGS = _words(
    """
    date time place location venue present apologies attendees participants duration length
    recording transcriber transcript file filename subject title project study topic agenda
    note notes summary background context introduction conclusion actions action aim aims
    objectives objective example examples comment comments method findings finding themes
    theme key points steps reflections reflection next monday tuesday wednesday thursday
    friday saturday sunday january february march july september october november december
    warning nb ps re http https part section chapter appendix figure table step
    """
)
"""Words that head a note or a line about the transcript."""

ROLES = _words(
    """
    worker practitioner manager lead leader head parent carer mother father mum dad
    grandparent child teacher nurse doctor officer director coordinator co-ordinator
    commissioner analyst supervisor member chair councillor consultant coach mentor visitor
    participant respondent interviewee speaker voice voices person man woman male female group
    everyone all other others service services professional psychologist therapist volunteer
    """
)
"""Words that make a short label a role, as in 'Family support worker'."""
