"""OpenDocument texts, after OASIS OpenDocument 1.3, part 3."""

from tests.transcripts.made import odt
from tests.transcripts.places.place import WORD, Place

HERE = f"<text:p>{WORD}</text:p>"
TALK = "<text:p>Asha: Hello there.</text:p>"


def inside(xml: str) -> str:
    """Something between two words of a paragraph."""
    return f"<text:p>before {xml} after</text:p>"


SPOKEN = {
    "a paragraph": HERE,
    "a word parted over spans": f"<text:p><text:span>{WORD[:3]}</text:span>"
    f"<text:span>{WORD[3:6]}<text:span>{WORD[6:]}</text:span></text:span></text:p>",
    "a word parted by a page's end": f"<text:p>{WORD[:4]}<text:soft-page-break/>{WORD[4:]}</text:p>",
    "after a tab": f"<text:p>Hm<text:tab/>{WORD}</text:p>",
    "after spaces": f"<text:p>Hm<text:s text:c='3'/>{WORD}</text:p>",
    "after a line break": f"<text:p>Hm<text:line-break/>{WORD}</text:p>",
    "after an element within a line": f"<text:p>Hm <text:bookmark text:name='a'/>{WORD}</text:p>",
    "a link": inside(f"<text:a xlink:href='x'>{WORD}</text:a>"),
    "a tracked insertion": inside(f"<text:change-start text:change-id='c'/>{WORD}<text:change-end/>"),
    "a field": inside(f"<text:user-defined text:name='a'>{WORD}</text:user-defined>"),
    "a field with the title": inside(f"<text:title>{WORD}</text:title>"),
    "a field that is filled in": inside(f"<text:text-input>{WORD}</text:text-input>"),
    "a place to fill in": inside(f"<text:placeholder>{WORD}</text:placeholder>"),
    "the choice made in a list": inside(
        f"<text:drop-down><text:label text:value='{WORD}'/>{WORD}</text:drop-down>"
    ),
    "a reference": inside(f"<text:bookmark-ref>{WORD}</text:bookmark-ref>"),
    "words with data about them": inside(f"<text:meta>{WORD}</text:meta>"),
    "a field made of others": inside(f"<text:meta-field>{WORD}</text:meta-field>"),
    "the words below a reading aid": inside(
        f"<text:ruby><text:ruby-base>{WORD}</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"
    ),
    "a footnote": inside(
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{HERE}</text:note-body></text:note>"
    ),
    "an endnote": inside(
        "<text:note text:note-class='endnote'><text:note-citation>iv</text:note-citation>"
        f"<text:note-body>{HERE}</text:note-body></text:note>"
    ),
    "a list": f"<text:list><text:list-item>{HERE}</text:list-item></text:list>",
    "a list in a list": f"<text:list><text:list-item><text:list><text:list-item>{HERE}</text:list-item>"
    "</text:list></text:list-item></text:list>",
    "the head of a list": f"<text:list><text:list-header>{HERE}</text:list-header></text:list>",
    "a numbered paragraph": f"<text:numbered-paragraph>{HERE}</text:numbered-paragraph>",
    "a section": f"<text:section text:name='s'>{HERE}</text:section>",
    "a table": f"<table:table><table:table-row><table:table-cell>{HERE}</table:table-cell>"
    "</table:table-row></table:table>",
    "the head of a table": "<table:table><table:table-header-rows><table:table-row><table:table-cell>"
    f"{HERE}</table:table-cell></table:table-row></table:table-header-rows></table:table>",
    "a group of rows": "<table:table><table:table-row-group><table:table-rows><table:table-row>"
    f"<table:table-cell>{HERE}</table:table-cell></table:table-row></table:table-rows>"
    "</table:table-row-group></table:table>",
    "a cell under another": f"<table:table><table:table-row><table:covered-table-cell>{HERE}"
    "</table:covered-table-cell></table:table-row></table:table>",
    "a table in a table": "<table:table><table:table-row><table:table-cell><table:table>"
    f"<table:table-row><table:table-cell>{HERE}</table:table-cell></table:table-row></table:table>"
    "</table:table-cell></table:table-row></table:table>",
    "a text box": inside(f"<draw:frame><draw:text-box>{HERE}</draw:text-box></draw:frame>"),
    "a text box on the page": f"<draw:frame><draw:text-box>{HERE}</draw:text-box></draw:frame>",
    "a table in a text box": inside(
        "<draw:frame><draw:text-box><table:table><table:table-row><table:table-cell>"
        f"{HERE}</table:table-cell></table:table-row></table:table></draw:text-box></draw:frame>"
    ),
    "a drawn shape": inside(f"<draw:custom-shape>{HERE}</draw:custom-shape>"),
    "a shape in a group": inside(f"<draw:g><draw:g><draw:rect>{HERE}</draw:rect></draw:g></draw:g>"),
    "a formula in the text": inside(
        f"<draw:frame><draw:object><math:math><math:mi>{WORD}</math:mi></math:math></draw:object></draw:frame>"
    ),
    "words in a condition that is met": inside(
        f"<text:conditional-text text:string-value-if-true='{WORD}'>{WORD}</text:conditional-text>"
    ),
    "in another encoding of a letter": f"<text:p>&#x{ord(WORD[0]):x};{WORD[1:]}</text:p>",
    "in a CDATA section": f"<text:p><![CDATA[{WORD}]]></text:p>",
}  # fmt: skip
HIDES = (
    "<style:style style:name='T9' style:family='text'><style:text-properties text:display='none'/>"
    "</style:style>"
)
INDEXES = ("table-of-content", "alphabetical-index", "bibliography", "illustration-index",
           "table-index", "object-index", "user-index")  # fmt: skip
TOLD = {
    "a heading": f"<text:h text:outline-level='1'>{WORD}</text:h>",
    "a title": f"<text:p text:style-name='Title'>{WORD}</text:p>",
    "a tracked deletion": "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
    f"<dc:creator>Jo</dc:creator></office:change-info>{HERE}</text:deletion></text:changed-region>"
    "</text:tracked-changes>",
    "a remark on a tracked change": "<text:tracked-changes><text:changed-region><text:insertion>"
    f"<office:change-info><dc:creator>Jo</dc:creator>{HERE}</office:change-info></text:insertion>"
    "</text:changed-region></text:tracked-changes>",
    "a comment": inside(
        f"<office:annotation><dc:creator>Jo</dc:creator>{HERE}</office:annotation>"
    ),
    "a reading aid": inside(
        f"<text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>{WORD}</text:ruby-text></text:ruby>"
    ),
    "a note's own mark": inside(
        f"<text:note><text:note-citation text:label='{WORD}'>{WORD}</text:note-citation>"
        "<text:note-body><text:p>note</text:p></text:note-body></text:note>"
    ),
    "a hidden span": inside(f"<text:span text:style-name='T9'>{WORD}</text:span>"),
    "a hidden section": f"<text:section text:name='s' text:display='none'>{HERE}</text:section>",
    "a field of hidden text": inside(f"<text:hidden-text text:string-value='{WORD}'/>"),
    "words for a condition that isn't met": inside(
        f"<text:conditional-text text:string-value-if-false='{WORD}'>x</text:conditional-text>"
    ),
    "a choice in a list": inside(f"<text:drop-down><text:label text:value='{WORD}'/>x</text:drop-down>"),
    "a field of the user's": "<text:user-field-decls><text:user-field-decl text:name='a' "
    f"office:string-value='{WORD}'/></text:user-field-decls>",
    "a word for the index": inside(f"<text:alphabetical-index-mark text:string-value='{WORD}'/>"),
    "a word for the contents": inside(f"<text:toc-mark text:string-value='{WORD}'/>"),
    "a book referred to": inside(f"<text:bibliography-mark text:title='{WORD}'>[1]</text:bibliography-mark>"),
    "what is asked for in a place to fill in": inside(
        f"<text:placeholder text:description='{WORD}'>x</text:placeholder>"
    ),
    "a hint at a link": inside(f"<text:a office:title='{WORD}'>x</text:a>"),
    "a program": inside(f"<text:script>{WORD}</text:script>"),
    "the title of a picture": inside(f"<draw:frame><svg:title>{WORD}</svg:title></draw:frame>"),
    "the description of a picture": inside(f"<draw:frame><svg:desc>{WORD}</svg:desc></draw:frame>"),
    "the title of a table": f"<table:table><table:title>{WORD}</table:title></table:table>",
    "the label of a form's field": f"<office:forms><form:form><form:button form:label='{WORD}'/></form:form>"
    "</office:forms>",
    "what a form's field holds": "<office:forms><form:form>"
    f"<form:text form:current-value='{WORD}'/></form:form></office:forms>",
    "text outside any paragraph": WORD,
    "text outside any cell": f"<table:table>{WORD}<table:table-row/></table:table>",
    **{f"in a {kind.replace('-', ' ')}": f"<text:{kind}><text:index-body>{HERE}</text:index-body></text:{kind}>"
       for kind in INDEXES},
}  # fmt: skip
PAGE = (
    "<office:document-styles {{n}}><office:master-styles><style:master-page>{}</style:master-page>"
)
PAGE += "</office:master-styles></office:document-styles>"
META = "<office:document-meta {{n}}><office:meta>{}</office:meta></office:document-meta>"
INNER = (
    f"<office:document-content {{n}}><office:body>{HERE}</office:body></office:document-content>"
)
TOLD_PARTS = {
    **{
        f"in a {edge.replace('-', ' ')} of the page": {
            "styles.xml": PAGE.format(f"<style:{edge}>{HERE}</style:{edge}>")
        }
        for edge in (
            "header",
            "footer",
            "header-left",
            "footer-left",
            "header-first",
            "footer-first",
        )
    },
    "a box on each page": {"styles.xml": PAGE.format(f"<draw:frame>{HERE}</draw:frame>")},
    "words below the notes": {
        "styles.xml": "<office:document-styles {n}><office:styles><text:notes-configuration>"
        f"<text:note-continuation-notice-forward>{WORD}</text:note-continuation-notice-forward>"
        "</text:notes-configuration></office:styles></office:document-styles>"
    },
    "words in the numbers of a list": {
        "styles.xml": "<office:document-styles {n}><office:styles><text:list-style>"
        f"<text:list-level-style-number style:num-prefix='{WORD} '/></text:list-style></office:styles>"
        "</office:document-styles>"
    },
    "the document's title": {"meta.xml": META.format(f"<dc:title>{WORD}</dc:title>")},
    "the document's subject": {"meta.xml": META.format(f"<dc:subject>{WORD}</dc:subject>")},
    "the document's description": {
        "meta.xml": META.format(f"<dc:description>{WORD}</dc:description>")
    },
    "a keyword": {"meta.xml": META.format(f"<meta:keyword>{WORD}</meta:keyword>")},
    "a property of the user's": {
        "meta.xml": META.format(f"<meta:user-defined>{WORD}</meta:user-defined>")
    },
    "a chart": {"Object 1/content.xml": INNER},
}
PLACES = [
    *(Place(name, "talk.odt", odt(TALK + body), "turn") for name, body in SPOKEN.items()),
    *(
        Place(name, "talk.odt", odt(TALK + body, None, HIDES), "told")
        for name, body in TOLD.items()
    ),
    *(Place(name, "talk.odt", odt(TALK, parts), "told") for name, parts in TOLD_PARTS.items()),
]
