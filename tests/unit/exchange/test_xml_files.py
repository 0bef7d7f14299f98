import pytest

from annotator.exchange.xml_files import FORMAT
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Problem

NITF = """<?xml version="1.0"?>
<nitf><head><title>Wire 12</title><docdata><date.issue norm="20260314T101500Z"/></docdata></head>
<body><body.head><hedline><hl1>Minister denies <em>toll</em> plan</hl1></hedline>
<byline>By Ada Quill</byline></body.head>
<body.content><p>The minister, <person>Orla Finch</person>,
  denied it.</p><p>“No such plan,” she said.</p>
<media><media-caption>Finch on Friday</media-caption></media></body.content></body></nitf>"""
NEWS_ITEM = """<newsitem date="1996-08-20"><headline>Ferry late again</headline><byline>Ada Quill</byline>
<text><p>One.</p><p>Two &amp; three.</p></text><metadata><codes>G15</codes></metadata></newsitem>"""
RSS = """<rss xmlns:c="urn:c"><channel><title>Harbour Post</title>
<item><title>First</title><pubDate>2026-02-03T10:00</pubDate><c:encoded>Words of one.</c:encoded></item>
<item><title>Second</title><description>Words of two.</description></item></channel></rss>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><titleStmt>
<title>A letter</title><author>I. Reed</author>
<date when="1921-05-06">May</date></titleStmt></teiHeader>
<text><body><p>He <hi>wrote</hi> that<lb/> all was well.</p></body></text></TEI>"""


@pytest.fixture
def read(tmp_path):
    def _read(text, name="wire.xml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        assert FORMAT.importer.recognises(path)
        return list(FORMAT.importer.read(path, ImportOptions()))

    return _read


def test_nitf_gives_headline_byline_day_and_paragraphs(read):
    (one,) = read(NITF)
    assert one.title == "Minister denies toll plan"
    assert one.text.split("\n\n") == [
        "Minister denies toll plan",
        "The minister, Orla Finch, denied it.",
        "“No such plan,” she said.",
        "Finch on Friday",
    ]
    assert one.meta == {"byline": "By Ada Quill", "published": "2026-03-14"}
    assert one.name == "wire.xml"


def test_a_news_item_leaves_its_codes_out(read):
    (one,) = read(NEWS_ITEM)
    assert one.text == "Ferry late again\n\nOne.\n\nTwo & three."
    assert one.meta == {"byline": "Ada Quill", "published": "1996-08-20"}


def test_a_list_of_items_is_an_article_each(read):
    first, second = read(RSS)
    assert (first.name, first.title, first.text) == ("wire 1", "First", "First\n\nWords of one.")
    assert first.meta == {"published": "2026-02-03"}
    assert (second.name, second.text) == ("wire 2", "Second\n\nWords of two.")


def test_words_beside_an_element_stay_in_one_paragraph(read):
    (one,) = read(TEI)
    assert one.text == "A letter\n\nHe wrote that all was well."
    assert one.meta == {"byline": "I. Reed", "published": "1921-05-06"}


def test_an_empty_item_is_named_and_the_rest_goes_on(read):
    found = read("<news><item><p>Words.</p></item><item><p> </p></item></news>")
    assert [type(one) for one in found] == [Draft, Problem]
    assert "article 2" in str(found[1])


def test_what_is_included_from_elsewhere_is_noted_and_not_loaded(read, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (one,) = read(
        '<l xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="secret.txt" parse="text"/>t</l>'
    )
    assert one.text == "t"
    assert one.notes == ("parts that it includes from elsewhere were not loaded",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>', "declares a document type"),
        ("<l><p>text", "no whole XML.*line 1, column 10"),
        (b'<?xml version="1.0" encoding="utf-8"?><l>caf\xe9</l>', "no whole XML"),
        ("<a>" * 300 + "x" + "</a>" * 300, "nested more than 200 deep"),
        ("<a><b/></a>", "no text"),
    ],
)
def test_what_is_no_article_is_refused_in_a_sentence(read, text, said):
    with pytest.raises(UserError, match=said):
        read(text)


@pytest.mark.parametrize(
    "text", ['<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', "<typeSystemDescription/>", "<collection/>"]
)
def test_xml_of_other_formats_is_theirs(tmp_path, text):
    path = tmp_path / "other.xml"
    path.write_text(text)
    assert not FORMAT.importer.recognises(path)
