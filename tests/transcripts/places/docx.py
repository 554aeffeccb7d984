"""Word documents, after ECMA-376 (WordprocessingML, DrawingML, VML)."""

from tests.transcripts.made import docx, paragraph, run
from tests.transcripts.places.place import WORD, Place

TALK = paragraph("Asha: Hello there.")
HERE = f"<w:p>{run(WORD)}</w:p>"
BOX = f"<w:txbxContent>{HERE}</w:txbxContent>"
DRAWN = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
PICT = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"


def inside(xml: str) -> str:
    """Something between two words of a paragraph."""
    return f"<w:p>{run('before ')}{xml}{run(' after')}</w:p>"


SPOKEN = {
    "a paragraph": HERE,
    "a word parted over runs": f"<w:p>{run(WORD[:4])}{run(WORD[4:], '<w:b/>')}</w:p>",
    "a word parted by an optional hyphen": f"<w:p><w:r><w:t>{WORD[:4]}</w:t><w:softHyphen/>"
    f"<w:t>{WORD[4:]}</w:t></w:r></w:p>",
    "after a tab": f"<w:p><w:r><w:t>Hm</w:t><w:tab/><w:t>{WORD}</w:t></w:r></w:p>",
    "after a line break": f"<w:p><w:r><w:t>Hm</w:t><w:br/><w:t>{WORD}</w:t></w:r></w:p>",
    "after an old line break": f"<w:p><w:r><w:t>Hm</w:t><w:cr/><w:t>{WORD}</w:t></w:r></w:p>",
    "after a tab to the margin": f"<w:p><w:r><w:t>Hm</w:t><w:ptab/><w:t>{WORD}</w:t></w:r></w:p>",
    "after a hyphen that does not break": f"<w:p><w:r><w:t>so</w:t></w:r><w:r><w:noBreakHyphen/></w:r>"
    f"<w:r><w:t xml:space='preserve'>called {WORD}</w:t></w:r></w:p>",
    "after a symbol": f"<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>{run(WORD)}</w:p>",
    "a table": f"<w:tbl><w:tr><w:tc>{HERE}</w:tc></w:tr></w:tbl>",
    "a table in a table": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{HERE}</w:tc></w:tr></w:tbl><w:p/>"
    "</w:tc></w:tr></w:tbl>",
    "a table row in a content control": f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{HERE}</w:tc></w:tr>"
    "</w:sdtContent></w:sdt></w:tbl>",
    "a tracked insertion": inside(f"<w:ins w:id='1'>{run(WORD)}</w:ins>"),
    "a tracked move to here": inside(f"<w:moveTo w:id='1'>{run(WORD)}</w:moveTo>"),
    "an inserted paragraph": f"<w:ins w:id='1'>{HERE}</w:ins>",
    "a content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{HERE}</w:sdtContent></w:sdt>",
    "a content control within a line": inside(f"<w:sdt><w:sdtContent>{run(WORD)}</w:sdtContent></w:sdt>"),
    "a content control in a content control": "<w:sdt><w:sdtContent>" * 3 + HERE
    + "</w:sdtContent></w:sdt>" * 3,
    "an element of somebody's own": f"<w:customXml w:element='x'>{HERE}</w:customXml>",
    "a smart tag": inside(f"<w:smartTag w:element='place'>{run(WORD)}</w:smartTag>"),
    "a link": inside(f"<w:hyperlink r:id='rId1'>{run(WORD)}</w:hyperlink>"),
    "the result of a simple field": inside(f"<w:fldSimple w:instr=' TITLE '>{run(WORD)}</w:fldSimple>"),
    "the result of a field": inside(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run(WORD)}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    ),
    "words from right to left": inside(f"<w:dir w:val='rtl'>{run(WORD)}</w:dir>"),
    "words in an enforced direction": inside(f"<w:bdo w:val='rtl'>{run(WORD)}</w:bdo>"),
    "the words below a reading aid": inside(
        f"<w:r><w:ruby><w:rt>{run('aid')}</w:rt><w:rubyBase>{run(WORD)}</w:rubyBase></w:ruby></w:r>"
    ),
    "a formula within a line": inside(f"<m:oMath><m:r><m:t>{WORD}</m:t></m:r></m:oMath>"),
    "a formula": f"<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>{WORD}</m:t></m:r></m:num>"
    "</m:f></m:oMath></m:oMathPara></w:p>",
    "a text box": inside(f"<w:r>{DRAWN}</w:r>"),
    "a text box for older programs": inside(f"<w:r>{PICT}</w:r>"),
    "a text box for new and older programs": inside(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{DRAWN}</mc:Choice>"
        f"<mc:Fallback>{PICT}</mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "a table in a text box": inside(
        f"<w:r><w:pict><v:textbox><w:txbxContent><w:tbl><w:tr><w:tc>{HERE}</w:tc></w:tr></w:tbl>"
        "</w:txbxContent></v:textbox></w:pict></w:r>"
    ),
    "a text box anchored in a table": f"<w:tbl><w:tr><w:tc>{inside(f'<w:r>{DRAWN}</w:r>')}</w:tc>"
    "</w:tr></w:tbl>",
    "words of a drawing on a canvas": inside(
        f"<w:r><w:drawing><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></w:drawing></w:r>"
    ),
    "words that are hidden on the web only": f"<w:p>{run(WORD, '<w:webHidden/>')}</w:p>",
    "words whose hiding is switched off": f"<w:p>{run(WORD, chr(60) + 'w:vanish w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>",
    "a paragraph that is a list item": f"<w:p><w:pPr><w:numPr/></w:pPr>{run(WORD)}</w:p>",
    "a paragraph in a frame": f"<w:p><w:pPr><w:framePr/></w:pPr>{run(WORD)}</w:p>",
}  # fmt: skip
TOLD = {
    "a heading": paragraph(WORD, "Heading1"),
    "a title": paragraph(WORD, "Title"),
    "a tracked deletion": inside(
        f"<w:del w:id='1'><w:r><w:delText>{WORD}</w:delText></w:r></w:del>"
    ),
    "a tracked move from here": inside(f"<w:moveFrom w:id='1'>{run(WORD)}</w:moveFrom>"),
    "an inserted word that was deleted again": inside(
        f"<w:ins w:id='1'><w:del w:id='2'><w:r><w:delText>{WORD}</w:delText></w:r></w:del></w:ins>"
    ),
    "hidden text": inside(run(WORD, "<w:vanish/>")),
    "a reading aid": inside(
        f"<w:r><w:ruby><w:rt>{run(WORD)}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"
    ),
    "how a simple field is filled": inside(f"<w:fldSimple w:instr=' QUOTE {WORD} '/>"),
    "how a field is filled": inside(
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> ASK {WORD} </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    ),
    "how a deleted field was filled": inside(f"<w:r><w:delInstrText>{WORD}</w:delInstrText></w:r>"),
    "the description of a drawing": inside(
        f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='x' descr='{WORD}'/></wp:inline></w:drawing></w:r>"
    ),
    "the title of a drawing": inside(
        f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='x' title='{WORD}'/></wp:inline></w:drawing></w:r>"
    ),
    "the description of a picture": inside(
        f"<w:r><w:drawing><pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x' descr='{WORD}'/></pic:nvPicPr>"
        "</pic:pic></w:drawing></w:r>"
    ),
    "the description of an old picture": inside(
        f"<w:r><w:pict><v:shape alt='{WORD}'/></w:pict></w:r>"
    ),
    "words drawn as a picture": inside(
        f"<w:r><w:pict><v:shape><v:textpath string='{WORD}'/></v:shape></w:pict></w:r>"
    ),
    "the description of a table": f"<w:tbl><w:tblPr><w:tblDescription w:val='{WORD}'/></w:tblPr></w:tbl>",
    "the title of a table": f"<w:tbl><w:tblPr><w:tblCaption w:val='{WORD}'/></w:tblPr></w:tbl>",
    "the name of a content control": f"<w:sdt><w:sdtPr><w:alias w:val='{WORD}'/></w:sdtPr></w:sdt>",
    "a choice in a content control": "<w:sdt><w:sdtPr><w:dropDownList>"
    f"<w:listItem w:displayText='{WORD}' w:value='1'/></w:dropDownList></w:sdtPr></w:sdt>",
    "what a form's field holds": inside(
        f"<w:r><w:fldChar><w:ffData><w:textInput><w:default w:val='{WORD}'/></w:textInput></w:ffData>"
        "</w:fldChar></w:r>"
    ),
    "a choice in a form": inside(
        f"<w:r><w:fldChar><w:ffData><w:ddList><w:listEntry w:val='{WORD}'/></w:ddList></w:ffData>"
        "</w:fldChar></w:r>"
    ),
    "help for a form": inside(
        f"<w:r><w:fldChar><w:ffData><w:helpText w:val='{WORD}'/></w:ffData></w:fldChar></w:r>"
    ),
    "the status line of a form": inside(
        f"<w:r><w:fldChar><w:ffData><w:statusText w:val='{WORD}'/></w:ffData></w:fldChar></w:r>"
    ),
    "a hint at a link": inside(
        f"<w:hyperlink r:id='rId1' w:tooltip='{WORD}'>{run('x')}</w:hyperlink>"
    ),
    "another wording for older programs": inside(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>new</w:t></mc:Choice>"
        f"<mc:Fallback><w:t>{WORD}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "text outside any run": f"<w:p>{run('x')}</w:p>{WORD}",
    "text outside any paragraph": f"<w:t>{WORD}</w:t>",
}
NOTES = f"<w:{{0}}s {{{{n}}}}><w:{{0}} w:id='2'>{HERE}</w:{{0}}></w:{{0}}s>"
SPOKEN_PARTS = {
    "a footnote": {"word/footnotes.xml": NOTES.format("footnote")},
    "an endnote": {"word/endnotes.xml": NOTES.format("endnote")},
    "a second note of one number": {
        "word/footnotes.xml": "<w:footnotes {n}>"
        f"<w:footnote w:id='2'>{paragraph('One.')}</w:footnote><w:footnote w:id='2'>{HERE}</w:footnote>"
        "</w:footnotes>"
    },
}
ABOUT = "<x xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:vt='urn:vt'>{}</x>"
TOLD_PARTS = {
    "the head of a page": {"word/header1.xml": f"<w:hdr {{n}}>{HERE}</w:hdr>"},
    "the foot of a page": {"word/footer2.xml": f"<w:ftr {{n}}>{HERE}</w:ftr>"},
    "a watermark": {
        "word/header1.xml": "<w:hdr {n}><w:p><w:r><w:pict><v:shape>"
        f"<v:textpath string='{WORD}'/></v:shape></w:pict></w:r></w:p></w:hdr>"
    },
    "a comment": {
        "word/comments.xml": f"<w:comments {{n}}><w:comment w:id='0'>{HERE}</w:comment></w:comments>"
    },
    "a building block": {
        "word/glossary/document.xml": f"<w:glossaryDocument {{n}}>{HERE}</w:glossaryDocument>"
    },
    "a diagram": {
        "word/diagrams/data1.xml": f"<x {{n}}><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></x>"
    },
    "a diagram and how it was last drawn": {
        f"word/diagrams/{part}1.xml": f"<x {{n}}><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></x>"
        for part in ("data", "drawing")
    },
    "the title of a chart": {
        "word/charts/chart1.xml": f"<c:chart {{n}}><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></c:chart>"
    },
    "a category of a chart": {
        "word/charts/chart1.xml": f"<c:chart {{n}}><c:cat><c:pt><c:v>{WORD}</c:v></c:pt></c:cat></c:chart>"
    },
    "words in the numbers of a list": {
        "word/numbering.xml": f"<w:numbering {{n}}><w:lvl><w:lvlText w:val='{WORD} %1:'/></w:lvl></w:numbering>"
    },
    "a variable of a program": {
        "word/settings.xml": f"<w:settings {{n}}><w:docVars><w:docVar w:name='a' w:val='{WORD}'/></w:docVars>"
        "</w:settings>"
    },
    "data of somebody's own": {"customXml/item1.xml": f"<data><field>{WORD}</field></data>"},
    "data of somebody's own beside an element": {"customXml/item1.xml": f"<data><a/>{WORD}</data>"},
    "the document's title": {"docProps/core.xml": ABOUT.format(f"<dc:title>{WORD}</dc:title>")},
    "the document's subject": {
        "docProps/core.xml": ABOUT.format(f"<dc:subject>{WORD}</dc:subject>")
    },
    "the document's keywords": {"docProps/core.xml": ABOUT.format(f"<keywords>{WORD}</keywords>")},
    "a property of somebody's own": {
        "docProps/custom.xml": ABOUT.format(f"<property><vt:lpwstr>{WORD}</vt:lpwstr></property>")
    },
    "the document's company": {"docProps/app.xml": ABOUT.format(f"<Company>{WORD}</Company>")},
}
PLACES = [
    *(Place(name, "talk.docx", docx(TALK + body), "turn") for name, body in SPOKEN.items()),
    *(Place(name, "talk.docx", docx(TALK + body), "told") for name, body in TOLD.items()),
    *(Place(name, "talk.docx", docx(TALK, parts), "turn") for name, parts in SPOKEN_PARTS.items()),
    *(Place(name, "talk.docx", docx(TALK, parts), "told") for name, parts in TOLD_PARTS.items()),
]
