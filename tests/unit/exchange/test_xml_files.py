import socket

import pytest

from annotator.exchange.articles.xml_files import FORMAT
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

NEWSML = """<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd"><NewsML>
<NewsEnvelope><DateAndTime>20260711T0100Z</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsItemId>2607.q</NewsItemId></Identification>
<NewsManagement><FirstCreated>20260710T125902Z</FirstCreated></NewsManagement><NewsComponent>
<NewsLines><HeadLine>Harbour closes</HeadLine><SlugLine>harbour-closes</SlugLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Wire One"/></Provider></AdministrativeMetadata>
<NewsComponent><ContentItem><MediaType FormalName="Text"/><DataContent><p>The harbour closed on Friday.</p>
<p>“For good,” said its master.</p></DataContent></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"""
ESCAPED = "<![CDATA[<p>It closed &amp; stays so.</p>\n<p>Nobody knows\nwhy.</p>]]>"
NEWSML_G2 = f"""<newsMessage xmlns="urn:nar"><header><sent>2026-10-12</sent></header><itemSet>
<newsItem xml:lang="it-IT"><itemMeta><provider literal="wire.example"/>
<versionCreated>2026-10-11T10:41:00+0100</versionCreated></itemMeta><contentMeta><urgency>5</urgency>
<creator><name>Ada Quill</name></creator><headline>Harbour closes</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">{ESCAPED}</inlineData></contentSet>
</newsItem></itemSet></newsMessage>"""


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


def test_an_element_that_ends_with_text_is_the_text_if_most_words_stand_in_it(read):
    head = "<news007><docname>news007</docname><authors>Harbour Post</authors><title>Shots</title>"
    words = "Two shots were heard behind the court on Monday, and nobody was hurt."
    (article,) = read(f"{head}<alttext>A quay.</alttext><newstext>{words}</newstext></news007>")
    assert article.text == f"Shots\n\n{words}"
    assert article.meta["byline"] == "Harbour Post"
    (article,) = read(f"{head}<alttext>A quay.</alttext><tale>{words}</tale></news007>")
    assert article.text.endswith(f"A quay.\n\n{words}")


def test_a_list_of_items_is_an_article_each(read):
    first, second = read(RSS)
    assert (first.name, first.title, first.text) == ("wire 1", "First", "First\n\nWords of one.")
    assert first.meta == {"published": "2026-02-03"}
    assert (second.name, second.text) == ("wire 2", "Second\n\nWords of two.")


def test_words_beside_an_element_stay_in_one_paragraph(read):
    (one,) = read(TEI)
    assert one.text == "A letter\n\nHe wrote that all was well."
    assert one.meta == {"byline": "I. Reed", "published": "1921-05-06"}


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.3//EN" "nitf-3-3.dtd">',
        "<!DOCTYPE nitf>",
    ],
)
def test_a_document_type_of_news_that_is_only_named_is_passed_over(read, monkeypatch, declared):
    monkeypatch.setattr(socket, "socket", None)
    with_type = NITF.replace("<nitf>", f"{declared}\n<nitf>")
    assert read(with_type) == read(NITF)


def test_names_of_characters_are_read_where_a_document_type_is_named(read):
    (one,) = read('<!DOCTYPE nitf SYSTEM "n.dtd"><nitf><body>Caf&eacute;&mdash;open &amp; full</body></nitf>')
    assert one.text == "Café—open & full"


def test_newsml_gives_its_content_without_what_it_says_to_machines(read):
    (one,) = read(NEWSML)
    assert one.text == "Harbour closes\n\nThe harbour closed on Friday.\n\n“For good,” said its master."
    assert one.meta == {"outlet": "Wire One", "published": "2026-07-10"}


def test_the_second_newsml_gives_language_provider_and_escaped_paragraphs(read):
    (one,) = read(NEWSML_G2)
    assert one.text == "Harbour closes\n\nIt closed & stays so.\n\nNobody knows why."
    assert one.language == "it"
    assert one.meta == {"byline": "Ada Quill", "outlet": "wire.example", "published": "2026-10-11"}


def test_news_whose_content_is_empty_is_no_article(read):
    with pytest.raises(UserError, match="no text"):
        read(NEWSML_G2.replace(ESCAPED, ""))


def test_a_beginning_that_the_whole_text_repeats_is_read_once(read):
    (one,) = read(
        """<nitf><head><title>A day</title><pubdata date.publication="19870101T000000" name="Daily"/></head>
        <body><body.content><block class="lead_paragraph"><p>One.</p></block>
        <block class="full_text"><p>One.</p><p>Two.</p></block></body.content></body></nitf>"""
    )
    assert one.text == "A day\n\nOne.\n\nTwo."
    assert one.meta == {"outlet": "Daily", "published": "1987-01-01"}


def test_a_feed_gives_the_words_of_its_pages_and_days_as_mails_write_them(read):
    (one,) = read(
        """<rss xmlns:c="urn:c" xmlns:m="urn:m"><channel><title>Post</title><item><title>Late</title>
        <pubDate>Tue, 03 Feb 2026 23:30:00 -0500</pubDate><m:content><m:title>A boat</m:title></m:content>
        <c:encoded><![CDATA[<p>The <b>ferry</b> was late.</p><p>Again<script>x()</script>.</p>]]></c:encoded>
        </item></channel></rss>"""
    )
    assert one.text == "Late\n\nThe ferry was late.\n\nAgain."
    assert one.meta == {"published": "2026-02-03"}


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
        ('<!DOCTYPE nitf [<!ENTITY a "ha">]><nitf>&a;</nitf>', "declares a document type"),
        ('<!DOCTYPE nitf SYSTEM "n.dtd" [<!ATTLIST nitf a CDATA "x">]><nitf>t</nitf>', "declares a document"),
        ('<!DOCTYPE nitf SYSTEM "n.dtd" [<!ENTITY % p SYSTEM "p">%p;]><nitf>t</nitf>', "declares a document"),
        ('<!DOCTYPE other SYSTEM "other.dtd"><other>t</other>', "declares a document type"),
        ('<!DOCTYPE nitf SYSTEM "n.dtd"><nitf>&own;</nitf>', "no whole XML: undefined entity &own;"),
        ("<nitf>&eacute;</nitf>", "no whole XML: undefined entity"),
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
    "text",
    [
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>',
        "<typeSystemDescription/>",
        "<collection><passage/></collection>",
    ],
)
def test_xml_of_other_formats_is_theirs(tmp_path, text):
    path = tmp_path / "other.xml"
    path.write_text(text)
    assert not FORMAT.importer.recognises(path)


SGML = """<LEWIS><REUTERS NEWID="1"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT><TITLE>RAIN</TITLE>
<BODY>It rained.</BODY></TEXT></REUTERS>{}</LEWIS>"""
RAIN = """<REUTERS NEWID="2"><DATE> 2-mar-1987 08:00:00.10</DATE><TEXT><TITLE>SUN</TITLE>
<BODY>It shone.</BODY></TEXT></REUTERS>"""


@pytest.mark.parametrize(("more", "days"), [(RAIN, ["1987-02-26", "1987-03-02"]), ("", ["1987-02-26"])])
def test_stories_of_reuters_are_an_article_each_with_their_days(read, more, days):
    found = read(SGML.format(more))
    assert [one.meta["published"] for one in found] == days
    assert [one.text for one in found] == ["RAIN\n\nIt rained.", "SUN\n\nIt shone."][: len(days)]


@pytest.mark.parametrize("name", ["PublishDate", "contentCreated", "firstCreated"])
def test_days_by_other_names(read, name):
    (one,) = read(
        f"<news><headline>Rain</headline><{name}>2018-01-30T17:32</{name}><text>It rained.</text></news>"
    )
    assert one.meta == {"published": "2018-01-30"}


def test_what_a_writer_is_does_not_run_into_the_name(read):
    (one,) = read(NITF.replace("Ada Quill<", "Ada Quill<byttl>Wire Writer</byttl><"))
    assert one.meta["byline"] == "By Ada Quill Wire Writer"


def test_pictures_and_menus_of_a_site_are_counted(read):
    item = "<item><title>{0}</title><encoded>{0}.&lt;hr&gt;End.</encoded><post_type>{1}</post_type></item>"
    kinds = [("One", "post"), ("Two", "attachment"), ("Three", "nav_menu_item"), ("Four", "\n news\n")]
    said, *found = read(f"<rss><channel>{''.join(item.format(*one) for one in kinds)}</channel></rss>")
    assert said.text == "entries that are no posts (pictures, menus) were left out: 2"
    assert [one.text.split() for one in found] == [["One", "One.", "End."], ["Four", "Four.", "End."]]


def test_the_header_of_a_story_is_no_part_of_its_text(read):
    header = "<header><ul><li>Football</li></ul><time>11:14</time><h1>Rain</h1></header>"
    body = f"<body>{header}<section><p>It rained.</p></section><nav>More</nav></body>"
    (one,) = read(f"<newsItem><headline>Rain</headline><inlineXML><html>{body}</html></inlineXML></newsItem>")
    assert one.text == "Rain\n\nIt rained."


def test_articles_in_elements_of_their_own_are_several_and_have_their_text_in_parts(read):
    one = """<ppsarticle><article><accessionNo>C1</accessionNo><baseLanguage>EN</baseLanguage>
<headline><paragraph><hlt>Ferry</hlt> {}</paragraph></headline><leadParagraph><paragraph>First.</paragraph>
</leadParagraph><publicationDate><dateTime>2012-01-09T01:35:58Z</dateTime></publicationDate>
<publisherName>Firm</publisherName><sourceName>The Courier</sourceName>
<tailParagraphs><paragraph>Then <hlt>ferry</hlt>.</paragraph></tailParagraphs></article></ppsarticle>"""
    first, second = read(f"<r><s count='2'>{one.format('stays')}{one.format('goes')}</s></r>")
    assert first.text == "Ferry stays\n\nFirst.\n\nThen ferry."
    assert second.title == "Ferry goes"
    assert (first.language, first.notes) == ("en", ())
    assert first.meta == {"outlet": "The Courier", "published": "2012-01-09"}


def test_parts_of_newsml_that_are_the_text_are_joined_and_captions_are_not(read):
    part = (
        '<NewsComponent><Role FormalName="{}"/><ContentItem><DataContent>{}</DataContent></ContentItem>'
        "</NewsComponent>"
    )
    said = (("Title", "Ferry stays"), ("Lead", "It stays."), ("Caption", "A ferry"), ("Body", "So."))
    parts = "".join(part.format(*one) for one in said)
    (one,) = read(f"<NewsML><NewsItem><NewsComponent>{parts}</NewsComponent></NewsItem></NewsML>")
    assert one.text == "Ferry stays\n\nIt stays.\n\nSo."


def test_tei_is_of_the_day_of_its_source_and_who_speaks_is_told(read):
    (one,) = read(
        "<TEI><teiHeader><publicationStmt><date when='2021-06-08'/></publicationStmt><sourceDesc><bibl>"
        "<date when='2015-01-06'/></bibl></sourceDesc></teiHeader><text><body><u who='#A'><seg>No.</seg></u>"
        "<gap><desc>SAMPLING</desc></gap><u who='#B'><seg>Yes.</seg></u></body></text></TEI>"
    )
    assert (one.text, one.meta["published"]) == ("No.\n\nYes.", "2015-01-06")
    assert one.notes == ("who speaks was not read, at 2 turns",)


@pytest.mark.parametrize("name", ["body", "text"])
def test_the_beginning_apart_is_not_taken_for_the_whole(read, name):
    whole = f"<{name}>It stays. It is safe.</{name}>"
    (one,) = read(
        f"<article><headline>Ferry</headline><leadParagraph>It stays.</leadParagraph>{whole}</article>"
    )
    assert one.text == "Ferry\n\nIt stays. It is safe."


PILE = """<DOC>
<DOCNO> AP-1 </DOCNO><HEAD>Ferry stays</HEAD><DATELINE>RYE (AP)</DATELINE>
<TEXT>The ferry stays, Bo & Co. said.</TEXT></DOC>
<DOC id="AP-2"><TEXT>Nobody came.</TEXT></DOC>
"""
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize("before", ["", DECLARED, f"\ufeff{DECLARED}"])
@pytest.mark.parametrize("name", ["a", "a.txt", "a.sgm", "a.xml"])
def test_documents_one_after_the_other_are_an_article_each(tmp_path, name, before):
    path = tmp_path / name
    path.write_text(before + PILE, encoding="utf-8")
    assert FORMAT.importer.recognises(path)
    found = [*FORMAT.importer.read(path, ImportOptions())]
    assert [(one.name, one.title, one.text) for one in found] == [
        ("AP-1", "Ferry stays", "Ferry stays\n\nThe ferry stays, Bo & Co. said."),
        ("AP-2", "", "Nobody came."),
    ]


def test_characters_by_name_in_documents_one_after_the_other_are_those_of_web_pages(tmp_path):
    path = tmp_path / "a.sgm"
    path.write_text("<DOC><TEXT>Caf&eacute; &amp; bar, A&B; AT&T &#233; &hyph; &#x;</TEXT></DOC>", "utf-8")
    (found,) = FORMAT.importer.read(path, ImportOptions())
    assert found.text == "Café & bar, A&B; AT&T é &hyph; &#x;"


def test_words_of_a_printed_page_are_those_of_its_places(tmp_path):
    words = "".join(f'<String CONTENT="{one}" HPOS="3"/><SP/>' for one in ("The", "ferry"))
    words += '<String CONTENT="st"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="ays"/><SP/>'
    part = '<String CONTENT="{}" SUBS_TYPE="HypPart{}" SUBS_CONTENT="moored."/>'
    words += f'{part.format("moo", 1)}<HYP CONTENT="-"/></TextLine><TextLine>{part.format("red.", 2)}'
    block = f"<TextBlock><TextLine>{words}</TextLine></TextBlock>"
    about = "<Description><MeasurementUnit>pixel</MeasurementUnit></Description>"
    page = f"<alto>{about}<Page>{block * 2}</Page></alto>"
    path = tmp_path / "a.xml"
    path.write_text(page, encoding="utf-8")
    (found,) = FORMAT.importer.read(path, ImportOptions())
    assert found.text == "The ferry stays moored.\n\nThe ferry stays moored."


def test_an_item_of_facts_alone_has_no_text(tmp_path):
    path = tmp_path / "a.xml"
    facts = "<itemMeta><versionCreated>2022-04-08</versionCreated></itemMeta>"
    path.write_text(f"<newsItem>{facts}<assert><name>Ada</name></assert></newsItem>", encoding="utf-8")
    with pytest.raises(UserError, match="no text"):
        next(iter(FORMAT.importer.read(path, ImportOptions())))


def test_lists_in_a_letter_are_no_articles(read) -> None:
    (one,) = read(
        TEI.replace("<body>", "<front><list><item>One.</item><item>Two.</item></list></front><body>")
    )
    assert "He wrote that all was well." in one.text


def test_a_document_type_that_is_only_named_is_passed_over(read) -> None:
    (one,) = read("<!DOCTYPE letters><letters><p>The ferry stays.</p></letters>")
    assert one.text == "The ferry stays."
