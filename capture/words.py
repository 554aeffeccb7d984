"""Words that carry no theme: grammar, the noise of talk, and how to find words at all."""

import re

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"(?u)\b[^\W\d_](?:[\w]|['’\-](?=\w))*\w\b|\b[^\W\d_]\b")
"""A word, with its inner apostrophes and hyphens, so that no half of one is ever shown."""

_TALK = """
able absolutely actually ago agree ah ain't almost already alright although always amount answer
anymore anyone anything anyway apart aren't aside ask asked asking aye basically bit bits bring
bunch came can't come comes coming completely couldn't couple course day days definite did does done definitely
didn't different doesn't doing don't done eh else end enough er erm especially essentially
everybody everyone everything exactly example fact fair fairly feel feels felt few find fine first
gave get gets getting give given gives giving go goes going gone gonna good got gotta great guess
guy guys ha hadn't half happen happened happening happens hasn't have haven't having he'd he'll
he's hear heard hello hey hi hmm honest honestly hope huge i'd i'll i'm i've idea isn't it'd it'll
it's just keep kept kind kinda knew know knowing known knows last least left let let's lets like look looked looking looks
liked likely literally little lot lots made mainly make makes making many matter may maybe mean
means meant mhm might mind minute mm mmm moment months more morning much mum-hm need needed needs
never next nice nobody no-one nothing now obvious obviously of off often oh ok okay one ones only
order ought part particular particularly people perhaps person piece place please point possible
possibly pretty probably put quite rather real really reason right said saw say saying says second
see seeing seem seemed seems seen sense set shan't she'd she'll she's should shouldn't shows side
simply small so some somebody someone something sometimes somewhere sorry sort sorta sorts sounds speak
start started starting starts still stuff such suppose sure ta take taken takes taking talk talked talking tell
thank thanks that'd that'll that's there's they'd they'll they're they've thing things think
thinking third this thought thoughts three time times today told tomorrow took totally tried try
trying turn two uh uh-huh uhm um understand unless until us use used using usually various very
wanna want wanted wanting wants was wasn't way ways we'd we'll we're we've week weeks well went
were weren't what's whatever when's where's whether while who'd who's whole will wise won't wonder
word words work worked working works would wouldn't yeah year years yep yes yesterday yet you'd
you'll you're you've
"""

STOP_WORDS: frozenset[str] = frozenset(ENGLISH_STOP_WORDS) | frozenset(_TALK.split())
"""English words that never make a theme's label and never weigh in its words (lower case)."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, straight apostrophes, in order."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def carries_content(text: str) -> bool:
    """Say whether a text has at least three words that could belong to a theme."""
    return len({word for word in words_of(text) if word not in STOP_WORDS}) >= 3
