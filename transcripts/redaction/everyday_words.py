"""Words that begin sentences, written for Greenshoots: their capital says nothing."""

from transcripts.redaction.context import listed

EVERYDAY = frozenset(
    listed("""
    a able about above absolutely across actually after afterwards again against ages ago all
    almost alone along already alright also although always am among an and another any anybody
    anyhow anyone anything anyway anywhere apart apparently are aren't around as ask asked at away
    awful baby babies back bad basically be bear because been before began begin behind being
    believe below beside besides best better between beyond big both boys bring brilliant but by
    bye call called came can can't cannot car certainly check cheers clear clearly come coming
    completely correct could couldn't cos course cool cup dad dads day days dear definitely
    depends did didn't difficult do does doesn't doing don't done down due during each early easy
    eight eighteen eighty either eleven else email enough er erm especially even eventually ever
    every everybody everyone everything everywhere exactly except excuse fair false far fast feel
    few fifteen fifty finally fine first five following food for forty four fourteen from fully
    funny further general generally get getting girls give given go god goes going gone good got
    gradually grand great guess had hadn't half hang happy hard hardly has hasn't have haven't
    having he he'd he'll he's hear heard hello help hence her here here's hers herself hey hi high
    him himself his hmm home honest honestly hopefully hour hours how how's however huge hundred i
    i'd i'll i'm i've if imagine important in indeed inside instead interesting into is isn't it
    it'd it'll it's its itself just keep kids kind know last lastly late later least leave left
    less let let's lets like likely listen little lives long look looking lot lots love lovely
    luckily lucky mainly make making many massive maybe me mean meanwhile meet might mind mine
    minutes mm mmm mobile money months more most mostly much mum mums must my myself name near
    nearly need neither never nice nine ninety no nobody none nor normally not nothing now nowhere
    number obviously of off often oh ok okay old on once one ones only onto open or originally
    other others otherwise our ours ourselves out outside over overall own paper parents parking
    people perfect perhaps personally phone place plan postcode plans play please plenty plus
    possibly presumably pretty previously probably put quarter quick quickly quite radio rather
    read ready real really recently remember rent right room round sad said same saw say saying
    says second secondly see seeing seems seen send seven several shall she she'd she'll she's
    should shouldn't show similarly simple since sir sit six sixteen sixty slow slowly small so
    social some somebody somehow someone something sometimes somewhere soon sorry sort speak start
    started starting still stop stuff such sure take taking talk tea tell ten text than thank
    thankfully thanks that that'd that'll that's the their theirs them themselves then there
    there's therefore these they they'd they'll they're they've thing things think third thirteen
    thirty this those though thought thousand three through throughout tick time times to today
    together told tomorrow tonight too took top total totally towards tried true try trying twelve
    twenty twice two typical typically ugh um under unfortunately unless unlike until up upon us
    use used usually vague various very wait walk want wanted wants was wasn't watch we we'd we'll
    we're we've week weeks well went were weren't what what's whatever when whenever where where's
    whereas wherever whether which while who who's whoever whole whose why will wish with within
    without women won't wonderful work worse worst would wouldn't wow write wrong yeah year years
    yep yes yesterday yet you you'd you'll you're you've your yours yourself families family
    children child mother father parents carers school schools hospital housing police council
    government teachers staff workers nurses doctors colleagues friends neighbours transport
    budget safety trust respect leadership culture change communication feedback evidence research
    data figures reports meetings visits courts judges managers directors practitioners
    """)
)

ORDINARY_ENDINGS = [
    "ing",
    "ings",
    "ly",
    "tion",
    "tions",
    "sion",
    "sions",
    "ment",
    "ments",
    "ness",
    "ity",
    "ities",
    "ed",
    "ance",
    "ence",
    "able",
    "ible",
    "ful",
    "less",
    "ous",
    "ive",
    "ism",
    "ists",
    "ship",
    "ships",
    "hood",
    "ward",
    "wards",
    "thing",
    "things",
    "body",
    "where",
]
"""Endings that names seldom have."""
