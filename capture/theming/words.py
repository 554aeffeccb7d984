"""Words that carry no theme: grammar, the noise of talk, and how to find words at all."""

import re

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"(?u)\b[^\W\d_](?:[\w]|['’\-](?=\w))*\w\b|\b[^\W\d_]\b")
"""A word, with its inner apostrophes and hyphens, so that no half of one is ever shown."""

_TALK = """
able absolutely actually afraid ago agree ah ahead ain't almost already alright although always
amount answer anymore anyone anything anyway apart aren't aside ask asked asking aye basically bit
bits bring bunch came can't come comes coming completely continue continued couldn't couple course
day days definite definitely did didn't different does doesn't doing don't done eh else end enough
er erm especially essentially everybody everyone everything exactly example facilitator fact fair
fairly feel feels felt few find fine first gave get gets getting give given gives giving go goes
going gone gonna good got gotta great guess guy guys ha hadn't half happen happened happening
happens hasn't have haven't having he'd he'll he's hear heard hello hey hi hmm honest honestly
hope huge i'd i'll i'm i've idea interviewer isn't it'd it'll it's just keep kept kind kinda knew
know knowing known knows last least left let let's lets like liked likely literally little look
looked looking looks lot lots made mainly make makes making many matter may maybe mean means meant
mhm might mind minute mm mmm moderator moment months more morning much mum-hm myself need needed
needs never next nice no-one nobody nothing now obvious obviously of off often oh ok okay one ones
only order ought part particular particularly people perhaps person piece please point possible
possibly pretty probably put quite rather real really reason right said saw say saying says second
see seeing seem seemed seems seen sense set shall shan't she'd she'll she's should shouldn't shows
side simply small so some somebody someone something sometimes somewhere sorry sort sorta sorts
sounds speak start started starting starts still stuff such suppose sure ta take taken takes
taking talk talked talking tell thank thanks that'd that'll that's there's they'd they'll they're
they've thing things think thinking third this thought thoughts three times today told tomorrow
took totally tried try trying turn two uh uh-huh uhm um understand unless until us use used using
usually various very wanna want wanted wanting wants was wasn't way ways we'd we'll we're we've
week weeks well went were weren't what's whatever when's where's whether while who'd who's whole
will wise won't wonder word words work worked working works would wouldn't yeah year years yep yes
yesterday yet you'd you'll you're you've yourself
"""

GRAMMAR: frozenset[str] = frozenset(ENGLISH_STOP_WORDS)
"""English words that tell nothing of what a segment is about (lower case)."""
STOP_WORDS: frozenset[str] = GRAMMAR | frozenset(_TALK.split())
"""These and the noise of talk: they never make a label, though how people talk may tell segments
apart."""
_DETERMINERS = """
a about an any between both each every for her his in its my no of on our some the their these
this those through with without your
"""
_NUMBERS = """
dozen eight eighteen eighty eleven fifteen fifth fifty first forty four fourteen fourth five half
hundred million nine nineteen ninety once one second seven seventeen seventy six sixteen sixth
sixty ten third thirteen thirty thousand twelve twenty twice two
"""
_DESCRIBING = """
agreed awful bad best better big brilliant busy clear closed difficult early easy free frightened
full good happy hard harder important interesting late later long longer lovely lucky new nicer
old older open poor proud quiet sad same short sick strange strong terrible tired true upset useful
worse worst worried wrong young younger
"""
DETERMINERS: frozenset[str] = frozenset(_DETERMINERS.split())
"""Words after which a noun comes, or words that describe one."""
NUMBERS: frozenset[str] = frozenset(_NUMBERS.split())
DESCRIBING: frozenset[str] = frozenset(_DESCRIBING.split())
"""Words that say how something is, and sometimes stand where a noun would ("at the best")."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, written without spaces."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, straight apostrophes, in order."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def telling_words(text: str) -> int:
    """How many different words tell what a text is about; three letters of an unspaced script
    count as one."""
    telling = {word for word in words_of(text) if word not in STOP_WORDS}
    return max(len(telling), len(_UNSPACED.findall(text)) // 3)


def carries_content(text: str) -> bool:
    """Say whether a text has two telling words (or six letters of an unspaced script)."""
    return telling_words(text) >= 2
