"""Parts that needn't be parsed: only where it is plain that nobody's words are in them."""

import zipfile
from xml.etree.ElementTree import fromstring

import pytest

from transcripts.readers.package_leftovers import WORDED, leftovers
from transcripts.readers.wordless import holds_no_words

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWN = 'xmlns:v="urn:schemas-microsoft-com:vml"'


@pytest.mark.parametrize(
    "part",
    [
        f'{HEAD}<w:styles {WORD}><w:style w:default="1"><w:name w:val="B"/></w:style></w:styles>',
        f"<w:styles {WORD}>\n  <w:style/>\n</w:styles>\n",
        f"\ufeff<w:styles {WORD} {DRAWN}/>",
        HEAD.replace("UTF-8", "us-ascii") + "<a/>",
    ],
)
def test_a_part_of_names_and_numbers_alone_is_passed_over(part):
    assert holds_no_words(part.encode())


@pytest.mark.parametrize(
    "part",
    [
        f"{HEAD}<w:p {WORD}><w:t>words</w:t></w:p>",
        "<a>\n\n <b/> words\n</a>",
        "<a><b/>&#119;ords</a>",
        "<a><![CDATA[words]]></a>",
        "<!DOCTYPE a [<!ENTITY b 'words'>]><a/>",
        "<a>> words</a>",
        "<a b='>'>words</a>",
        f"<a {DRAWN}><v:shape alt = 'words'/></a>",
        f"<a {DRAWN}><v:rect title='words'/></a>",
        "<w:sym w:char='F041'/>",
        "<a\n>\twords</a>",
    ],
)
def test_a_part_that_might_hold_words_is_not(part):
    assert not holds_no_words(part.encode())


@pytest.mark.parametrize("name", sorted(WORDED))
def test_nor_is_one_with_an_element_that_holds_words_itself(name):
    assert not holds_no_words(f"<w:a><w:{name}\n w:val='words'/></w:a>".encode())
    assert not holds_no_words(f"<a><{name}/></a>".encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_nor_is_one_in_another_encoding(encoding):
    assert not holds_no_words("<a>words</a>".encode(encoding))
    assert not holds_no_words(b"<?xml version='1.0' encoding='cp037'?><a/>")


def test_what_is_passed_over_in_a_document_would_have_told_nothing(sample_folder):
    passed = 0
    for file in sorted(sample_folder.glob("*.docx")):
        with zipfile.ZipFile(file) as package:
            for part in package.namelist():
                content = package.read(part)
                if part.endswith(".xml") and holds_no_words(content):
                    passed += 1
                    assert list(leftovers({part: fromstring(content)}, set())) == []  # noqa: S314
    assert passed > 4
