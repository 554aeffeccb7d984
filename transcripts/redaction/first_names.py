"""First names that are common in Britain today, of several communities; written for Greenshoots.

A name that isn't here is found by its shape alone. Names that are everyday words as well ("Will",
"Grace") are believed with a capital in mid-sentence, and doubted elsewhere.
"""

from transcripts.redaction.context import listed

FIRST_NAMES = frozenset(
    listed("""
    aaron abbie abby abigail adam adrian agnes aidan aisha alan albert alex alexander alexandra
    alfie alfred ali alice alison amanda amber amelia amy andrea andrew andy angela anita ann anna
    anne annie anthony antonia archie arthur ashley audrey ava barbara barry beatrice becky
    belinda ben benjamin bernard beth bethany bev beverley billy bob bobby brenda brian bridget
    bronwen bryony caitlin callum cameron carl carla carly carol caroline carolyn catherine cathy
    charles charlie charlotte cheryl chloe chris christine christopher ciara claire clara clare
    clive colin connor courtney craig daisy damian dan daniel danielle danny darren dave david
    debbie deborah debra declan denise dennis derek diana diane dominic donna doreen doris dorothy
    dylan edith edward eileen elaine eleanor elizabeth ella ellie elliot elsie emily emma eric
    erin ethan evan evelyn fergus finlay fiona florence francesca freddie freya gareth gary gavin
    gemma geoff george georgia georgina gerald geraldine gillian gina glen glenda gloria gordon
    graeme graham greg gwen hamish hannah harriet harry harvey hayley heather helen henry hilary
    holly howard hugh ian imogen irene isaac isabel isabella isla jack jackie jacob jacqueline
    jade jake james jamie jan jane janet janice jasmine jason jay jayne jean jeanette jeff jemma
    jen jennifer jenny jeremy jess jessica jill jim jimmy jo joan joanna joanne jodie joe joel
    john jon jonathan jordan joseph josh joshua joyce judith judy julia julian julie june karen
    karl kate katherine kathleen kathryn kathy katie kay keith kelly ken kenneth kerry kev kevin
    kieran kim kirsty kyle lachlan laura lauren lee leanne leo leon lesley lewis liam libby lily
    linda lindsay lisa liz logan lorna lorraine louis louise lucas lucy luke lynda lynn lynne
    maddie maisie malcolm mandy marcus margaret maria marian marie marilyn marion marjorie martha
    martin martyn mary matt matthew maureen maurice max megan mel melanie melissa michael michelle
    mick mike millie miriam mohamed mohammed molly morgan moira muriel naomi natalie natasha
    nathan neil niamh nicola nicole nigel noah noel nora norma norman oliver olivia oscar owen pam
    pamela patricia patrick paul paula pauline penny pete peter phil philip philippa phoebe
    phyllis poppy rachael rachel ray raymond rebecca rhiannon rhys richard rita rob robert robin
    roger ron ronald rory rosemary rosie ross roy ruby russell ruth ryan sally sam samantha samuel
    sandra sara sarah scott sean sebastian shannon sharon shaun sheila shirley simon siobhan sonia
    sophia sophie stacey stan stella stephanie stephen steve steven stuart susan suzanne sylvia
    tamsin tara ted teresa terry theo theresa thomas tim timothy tina toby todd tom tommy toni
    tony tracey tracy trevor tyler una valerie vanessa vera veronica vicky victor victoria vincent
    violet vivien wayne wendy wesley wilf william winifred yvette yvonne zach zoe

    abdi abdul abdullah abdur adebayo adeola aditi adnan afia agnieszka ahmad ahmed akua alejandra
    aleksandra alina ama amina amir amira amit amrit anand andrei anika anil anjali ansah arjun
    asha asif asma ayaan ayesha ayo ayodele aziz babajide babatunde beata bilal bogdan bola bukola
    bushra chiamaka chidi chinedu chinwe chioma cristina daljit daniela dawit deepa deepak demi
    deshawn dimitri dong ebony ebru efua elena emeka ewa farah farhan farida fatima fatou
    fatoumata folake funmi gita grzegorz gurpreet habiba haider hamza harpreet hasan hassan hina
    hussein ibrahim idris ife ifeoma ikram imran ioana irina ishaan iqbal ivana jamal jamila
    jaspreet javed jerzy jia jorge jyoti kadir kamal kareem karim kasia katarzyna kavita keisha
    khadija khalid kiran kofi krzysztof kwame kwesi lakshmi lamar latifa latoya layla lei leila li
    liban ling lukasz magda magdalena mahmoud malgorzata mandeep manjit manpreet maryam mateusz
    mehmet mei meera mihai mina ming mohamud mohammad mohan muhammad musa mustafa nadia naeem
    nasreen navdeep nazia neema neha ngozi nikhil nina nisha noor obinna ola olena olga olu
    oluwaseun omar osman parveen paulo pawel piotr pooja pranav precious priti priya rafael rahul
    rajesh rajinder ramesh rania rashid ravi rekha rizwan rohan ruksana sabina sadia saeed safiya
    saima sajid salma samira sandeep sanjay santosh sefa seun shabana shabnam shahid shanice
    shreya siddiq simran sita sunil sunita suresh svetlana tariq tasnim tendai thandi thabo tomasz
    tunde uche umar usha vijay viktor wanjiru wei wojciech xiu yasmin yasmeen yetunde yusuf zahra
    zainab zara zeynep zofia zuzanna

    angharad carys ceri dafydd dilys eilidh eira eluned emyr ffion geraint gwenllian huw iestyn
    ieuan iolo ioan lowri mairi mared mererid morag nerys nia rhodri sian sioned tegan

    bea bex cath cay charl dee deb debs dom fi gaz geoffrey jaz jools kaz kez lou maz nat nic
    nikki paddy raj reg reggie shaz stu suze tash tel trish vick viv
    """)
)

WORDS_THAT_ARE_NAMES = frozenset(
    listed("""
    will grace hope may mark rose joy faith bill frank sue pat art dawn eve ivy summer autumn
    april august june jack josh rob ray dean earl duke king queen prince bishop pope page hall
    hill field wood woods green brown white black gray grey young old long short price day knight
    law bell marsh lane park forest rivers brook banks cross church house parsons cook baker
    butler carter taylor mason miller smith fisher hunter gardener gardner potter shepherd steward
    ward reeves fox wolf swift martin robin jay wren finch drake lamb bull hart peacock bird love
    blessing precious patience charity mercy constance prudence melody harmony joyce daisy lily
    violet poppy iris heather hazel holly olive ginger rusty ruby pearl jade amber crystal sandy
    sonny buddy buster chance chase rich max bob nick jimmy peter norm victor art gene guy miles
    drew grant bath reading hove wells rugby sandwich deal battle nelson barking best better read
    rush sharp small little moore more noble power powers savage wise wild winter winters summers
    snow frost rain storm stone stones flood waters pool bridges ford mill mills farmer singer
    major sergeant gay merry gold silver copper steel love major case cash coin penny pound lee
    dee dale glen ash elm oak birch berry reed rose thorne bush branch root flowers garden gates
    gale wall walls street rhodes english welsh scott french german ireland london england holland
    harry mike jo fi lou nat cay tel reg ted rod don ken ron dot bea ali
    """)
)
"""Everyday words, or nearly, that are names too: alone, without a capital, they prove little."""
