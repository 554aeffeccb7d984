"""Words that tell names from other capitalised words; small lists, written for Greenshoots."""

from transcripts.redaction.context import by_word, listed
from transcripts.redaction.finds import PERSON

TITLES = by_word(
    {
        PERSON: "mr mrs ms miss mx sir dame lady lord master madam hon honourable",
        "colleague": "dr doctor prof professor cllr councillor pc dc di dci sgt sergeant inspector "
        "constable judge rev reverend father sister nurse",
        "relative": "aunty auntie aunt uncle nana nanny nan gran granny grandad grandma",
    }
)
"""Words before a name, with what the person seems to be."""

RELATIONS = by_word(
    {
        "child": "son sons daughter daughters child children baby babies boy boys girl girls kid "
        "kids grandson granddaughter toddler twins eldest youngest middle little",
        "parent": "mum mam mom dad mother father parent parents stepdad stepmum",
        "relative": "brother sister cousin aunt aunty auntie uncle nephew niece husband wife "
        "partner ex fiance boyfriend girlfriend nan nana gran grandma grandad grandmother "
        "grandfather friend friends neighbour mate our",
        "colleague": "manager colleague colleagues boss worker workers teacher teachers head nurse "
        "midwife doctor gp consultant supervisor lead leader director solicitor barrister advocate "
        "mentor counsellor therapist psychologist practitioner carer carers officer buddy",
    }
)
"""Words just before a name, with what the person seems to be: "my son Callum"."""

ORGANISATION_ENDS = by_word(
    {
        "School": "school primary secondary academy juniors infants grammar comprehensive",
        "Nursery": "nursery preschool playgroup",
        "College": "college sixth",
        "University": "university",
        "Hospital": "hospital infirmary hospice",
        "Surgery": "surgery practice clinic",
        "Church": "church chapel cathedral abbey",
        "Place of worship": "mosque temple gurdwara synagogue",
        "Council": "council borough authority",
        "Charity": "trust foundation charity association society project partnership",
        "House": "house lodge hall hostel home",
        "Centre": "centre center hub library museum theatre cafe",
        "Club": "club fc united rovers athletic town",
        "Company": "ltd limited plc llp solicitors housing homes",
        "Service": "police constabulary prison",
    }
)
"""Last words of an organisation's name, with the nearest word for what it is."""

PLACE_ENDS = frozenset(
    listed("estate park bridge green common moor valley island village ward woods beach bay")
)
PLACE_ENDINGS = listed(
    """
    borough burgh bury by chester combe cester dale don field firth ford forth gate ham hampton
    hurst lea leigh ley lington mere minster mouth pool port shire stead stoke stow thorpe ton
    vale wald well wich wick wold wood worth
    """
)
TOWN_BEGINNINGS = frozenset(
    listed("stoke great little upper lower north south east west market kings bishops saint")
)
ORGANISATION_BEGINNINGS = frozenset(listed("university borough county friends church diocese city"))

GENERIC = frozenset(
    listed("""
    act adult advisory agency annual approach area assistant assessment board boards board's care
    case centre centres chair chief child childcare children children's christian citizens city
    civil clerk co college commission commissioner committee community conference core council
    county county's court courts crown customer deputy development director directors domestic
    duty early east education emergency europe executive family families father federation first
    forum foundation foster general good government governor governors grandparents great group
    groups head health healthy help high high-street home hospital house housing hub impact
    independent innovation innovations inspector inspection integrated international internet
    intervention interviewer junior justice key king lady lead leader leaders learning legal
    library life line link local lord manager managers master member members mental ministry
    minister mission model mother national neighbourhood network new nhs north north-east
    north-west nursery office officer officers open operations order outreach panel parent parents
    parish parliament participant partner partners partnership people phase pilot plan plans
    police policy practice practitioner practitioners president primary principal private
    professor programme project protection public quality queen record referral registrar regional
    report reports research researcher respondent review reviewing rights royal safe safeguarding
    scheme school schools secondary secretary section senior service services session shared short
    sister social society south special specialist speaker standard standards start state station
    strategic strategy strengthening strengths sunday support supporting sure surgery system
    systems task team teams therapy together town training trust union unit united university
    village virtual visitor visitors voice voluntary wave west work worker workers working world
    year years young youth facilitator moderator unknown unnamed transcript notes appendix figure
    table chapter page part paragraph bill committee's question answer group's teaching assistants
    headteacher deputies signs safety motivational interviewing insurance prime acting cabinet
    assembly ministers madam party parties labour conservative conservatives liberal liberals
    democrat democrats assent treasury foreign affairs revenue natural resources defence trade
    languages heritage human economic business disability inclusion attendance behaviour welfare
    benefit benefits adoption fostering permanence kinship government's armed forces association
    operation block floor month day madame agriculture senate governments corporation childrens
    guest host external unverified organiser organizer
    """)
)
"""Words that name nobody in particular, also with a capital: a run of these alone is no name."""

NOT_NAMES = frozenset(
    listed("""
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays january february march april may june july august september october
    november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter eid
    ramadan diwali hanukkah halloween lent xmas passover vaisakhi spring summer autumn winter i
    i'm i've i'll i'd ok okay mr mrs ms dr mum mam mom dad mummy daddy nan nana gran granny
    grandad grandma god lord jesus allah christ bible quran heaven amen england scotland wales
    britain ireland uk usa us eu europe european america american africa african asia asian
    australia australian canada canadian china chinese india indian pakistan pakistani bangladesh
    bangladeshi poland polish romania romanian ukraine ukrainian russia russian france french
    germany german spain spanish italy italian portugal portuguese greece greek turkey turkish
    syria syrian iraq iraqi iran iranian afghanistan afghan somalia somali sudan sudanese eritrea
    eritrean ethiopia ethiopian nigeria nigerian ghana ghanaian kenya kenyan jamaica jamaican
    caribbean brazil brazilian vietnam vietnamese japan japanese korea korean albania albanian
    kurdish arabic arab english scottish welsh irish british northern midlands briton britons
    latin westminster whitehall holyrood senedd commons lords muslim muslims islam islamic
    christian christians christianity jewish jew jews hindu hindus sikh sikhs buddhist catholic
    catholics protestant quaker methodist roma gypsy traveller travellers covid coronavirus brexit
    zoom teams skype facetime whatsapp facebook insta instagram twitter snapchat tiktok youtube
    google amazon netflix microsoft excel word outlook powerpoint windows apple iphone ipad
    android xbox playstation nintendo minecraft lego tesco asda aldi lidl sainsbury's argos ikea
    primark greggs mcdonald's costa bbc itv ofsted cafcass barnardo's nspcc childline samaritans
    mencap unicef mosaic liquidlogic section act universal credit pip
    """)
)
"""Capitalised words that everybody knows: days, months, nations, faiths, brands, services."""
