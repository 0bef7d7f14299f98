"""JSON records of articles: fields, simple spans and relations, and everything that is refused."""

from __future__ import annotations

import json

import pytest

from annotator.exchange.articles.article_jsonl import FORMAT
from annotator.exchange.articles.text_files import FORMAT as TEXT
from annotator.exchange.files import TEXT_FILE_LIMIT
from annotator.exchange.json_lines import twin_key
from annotator.model.errors import EncodingRefused, UserError
from annotator.model.formats import Draft, ImportOptions, Note, Packed, Problem

IMPORTER = FORMAT.importer


@pytest.fixture
def read(tmp_path):
    def run(*rows, raw=None, name="a.jsonl", **options):
        path = tmp_path / name
        path.write_bytes(raw if raw is not None else "".join(json.dumps(one) + "\n" for one in rows).encode())
        assert IMPORTER.recognises(path)
        return list(IMPORTER.read(path, ImportOptions(**options)))

    return run


def test_fields_are_guessed(read):
    (draft,) = read(
        {"uid": 7, "headline": "H", "maintext": "Text.", "publisher": "P", "score": 1.5, "language": "de"}
    )
    assert isinstance(draft, Draft)
    assert (draft.name, draft.title, draft.text, draft.language) == ("a.jsonl:7", "H", "Text.", "de")
    assert draft.meta == {"outlet": "P", "score": "1.5"}


def test_fields_can_be_chosen(read):
    (draft,) = read(
        {"b": "Text.", "c": "Title"}, columns={"b": "text", "c": "title", "not in this one": "skip"}
    )
    assert (draft.text, draft.title) == ("Text.", "Title")


def test_facts_may_stand_in_a_field_of_their_own(read):
    (draft,) = read({"text": "Text.", "url": "u", "meta": {"source": "Own wire", "page": 3, "url": "v"}})
    assert draft.meta == {"url": "u", "source": "Own wire", "page": "3"}


def test_what_is_no_fact_there_is_named(read):
    draft, note = read({"text": "Text.", "meta": {"source": "Own wire", "tags": ["a"]}})
    assert draft.meta == {"source": "Own wire"}
    assert "fields that hold more than one value were left out: meta" in str(note)


def test_spans_in_words_are_a_fact(read):
    draft, *told = read({"text": "Text.", "spans": "(0,75)"})
    assert (draft.meta, told) == ({"spans": "(0,75)"}, [])


def test_ids_that_come_again_leave_the_name_to_others(read):
    texts = ("The ferry stays where it is.", "The bridge does not stay.")
    rows = [{"pid": f"p{at}", "docid": "d", "passage": one} for at, one in enumerate(texts)]
    assert [one.name for one in read(*rows) if isinstance(one, Draft)] == ["a.jsonl:p0", "a.jsonl:p1"]


def test_an_array_is_read(read):
    first, second = read(raw=b'[{"text":"a"},\n{"text":"b"}]', name="a.json")
    assert (first.text, second.text) == ("a", "b")


def test_utf_16_records(read):
    note, draft = read(raw='{"text":"caf\u00e9 \U0001f600"}\n'.encode("utf-16"))
    assert isinstance(note, Note)
    assert draft.text == "café 😀"


def test_lines_end_at_lf_alone(read):
    (draft,) = read(raw='{"text":"a\u2028b\u0085c"}\r\n\n'.encode())
    assert draft.text == "a\u2028b\u0085c"


def test_broken_lines_are_named_and_the_others_go_on(read):
    items = read(raw=b'{"text":"a"}\n{"text":}\n7\n{"text":"b"}\n{"text":"c"')
    assert [type(one) for one in items] == [Draft, Problem, Problem, Draft, Problem]
    assert [one.line for one in items] == [1, 2, 3, 4, 5]
    assert "cut off" in items[4].reason


def test_simple_spans_become_records(read, scheme):
    text = "Léa 😀 said it\r\nis safe."
    item, *_notes = read(
        {
            "text": text,
            "spans": [
                {"id": "s", "start": 0, "end": 3, "label": "SOURCE", "text": "Léa"},
                {"id": 2, "start": text.index("is safe"), "end": len(text) - 1, "label": "CLAIM"},
            ],
        },
        scheme=scheme,
    )
    assert isinstance(item, Packed)
    content = item.unpack(item.data, [b"\1" * 16]).content
    stored = content.article.text
    assert stored == "Léa 😀 said it\nis safe."
    assert [stored[one.start : one.end] for one in content.spans] == ["Léa", "is safe"]
    assert [(one.kind, stored[one.start : one.end]) for one in content.blocks][-1] == ("body", "is safe.")
    assert {one.annotator for one in content.spans} == {b"\1" * 16}
    assert {one.origin for one in content.spans} == {"import"}


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"start": 5, "end": 11, "label": "CLAIM", "text": "bytes"}, "beyond"),
        ({"start": 0, "end": 5, "label": "CLAIM", "text": "café"}, "normalisation"),
        ({"start": 0, "end": 2, "label": "CLAIM", "score": 2}, "from 0 to 1"),
        ({"start": 0, "end": 2, "label": "CLAIM", "confidence": "0,5"}, "from 0 to 1"),
        ({"start": 0, "end": 2, "label": None}, "name of a label"),
        ({"start": 0, "label": "CLAIM"}, "no end"),
    ],
)
def test_faulty_spans_refuse_their_record(read, scheme, span, words):
    problem, other = read({"text": "cafe\u0301 now", "spans": [span]}, {"text": "fine"}, scheme=scheme)
    assert words in problem.reason
    assert problem.field.startswith("spans[0]")
    assert other.text == "fine"


@pytest.mark.parametrize("day", ["2026-02-30", "01/02/03", "99999-01-01"])
def test_days_that_cannot_be_read_in_one_way_are_refused(read, day):
    (problem,) = read({"text": "x", "date": day})
    assert problem.field == "published"


@pytest.mark.parametrize("day", ["2026-02-28", "28 February 2026", "last Tuesday", ""])
def test_other_days_are_kept_as_they_are(read, day):
    (draft,) = read({"text": "x", "date": day})
    assert draft.meta.get("published", "") == day


@pytest.mark.parametrize(
    ("raw", "twin"),
    [
        (b'{"a":1,"b":{"a":2}}', ""),
        (b'{"a":1,"a":2}', "a"),
        (b'{"a":1, "b" : [{"c":1,"c":1}]}', "c"),
        (b'{"a\\u0062":1,"ab":2}', "ab"),
        (b'{"text":"he said \\" : \\" and \\":"}', ""),
        (b'{ "a": "x"}', ""),
        (b'{"a":1e5,"a" :1}', "a"),
    ],
)
def test_twin_keys_are_found(raw, twin):
    assert twin_key(raw, json.loads(raw)) == twin


def test_the_preview_lists_fields_with_guesses(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"1","content":"T","x":[1]}\n{"id":"2","content":"U"}\n', "utf-8")
    preview = IMPORTER.preview(path, ImportOptions())
    assert [(one.name, one.use) for one in preview.columns] == [
        ("id", "name"),
        ("content", "text"),
        ("x", "meta"),
    ]
    assert (preview.rows, preview.sample) == (2, "T")


def test_text_files(tmp_path):
    path = tmp_path / "B.TXT"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\n")
    importer = TEXT.importer
    assert importer.recognises(path)
    (draft,) = importer.read(path, ImportOptions())
    assert (draft.name, draft.text) == ("B.TXT", "\ufeffOne.\r\n")
    assert importer.preview(path, ImportOptions()).sample == "One.\r\n"
    path.write_bytes(b"\xff\xff")
    with pytest.raises(EncodingRefused):
        list(importer.read(path, ImportOptions()))
    path.write_bytes(b"x" * (TEXT_FILE_LIMIT + 1))
    with pytest.raises(UserError, match="too large"):
        list(importer.read(path, ImportOptions()))


def test_a_claim_is_the_text_whatever_evidence_stands_with_it(read):
    held = [{"article": "Rye", "evidence": "It floats.", "evidence_label": "SUPPORTS"}]
    draft, note = read({"claim_id": "3", "claim": "The ferry floats.", "evidences": held})
    assert (draft.text, draft.meta) == ("The ferry floats.", {"claim_id": "3"})
    assert "evidences" in note.text


def test_the_page_of_a_wire_story_is_read_as_text(read):
    (draft,) = read(
        {
            "headline": "H",
            "body_html": "<p>One.</p><p>Two &amp; three.</p>",
            "versioncreated": "2026-08-24T04",
        }
    )
    assert (draft.text, draft.meta) == ("One.\n\nTwo & three.", {"published": "2026-08-24T04"})


def test_a_page_that_shows_nothing_is_no_text_and_the_others_are_read(read):
    pages = ["", "<!-- cut -->", "<p>One.</p>"]
    assert [one.text for one in read(*({"body_html": page, "headline": "H"} for page in pages))] == [
        "",
        "",
        "One.",
    ]


def test_seconds_are_no_odd_day(read):
    (draft,) = read({"text": "One.", "publishedAt": 1756009114})
    assert draft.meta == {"published": "1756009114"}


POST = {
    "text": "Ferry goes, they say",
    "id_str": "53",
    "created_at": "Sat Nov 22 00:58:03 +0000 2014",
    "source": '<a href="b">Bird</a>',
    "entities": {"urls": [{"url": "Ferry", "indices": [0, 5]}]},
    "in_reply_to_status_id": 52,
    "user": {"name": "Ada Bell", "screen_name": "bell", "id": 7},
    "lang": "en",
}


def test_a_post_is_an_article_without_its_links(read):
    (draft,) = read(POST)
    assert (draft.name, draft.text, draft.language) == ("a.jsonl:53", POST["text"], "en")
    facts = {"account": "bell", "byline": "Ada Bell", "in_reply_to": "52", "published": "2014-11-22"}
    assert (draft.meta, draft.marks) == (facts, None)


def test_posts_may_stand_below_the_ids_of_their_threads(read):
    posts = {"1": {"11": {"text": "No.", "time": 1.0}, "12": {"text": "Yes."}}, "2": {"21": {"text": "So."}}}
    found = read(raw=json.dumps(posts).encode(), name="a.json")
    assert [(one.name, one.text) for one in found] == [
        ("a.json:11", "No."),
        ("a.json:12", "Yes."),
        ("a.json:21", "So."),
    ]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"1": {"2": [], "3": {"4": []}}}, "it says which post answers which, by their numbers"),
        ({"is_rumour": "nonrumour"}, "whether it is a rumour (PHEME), and holds no text"),
    ],
)
def test_what_is_about_posts_and_has_no_text_is_told(read, record, words):
    (problem,) = read(raw=json.dumps(record).encode(), name="a.json")
    assert words in str(problem)


@pytest.mark.parametrize("day", [{"$date": 1429715433000}, {"$date": "2015-04-22T15:10:33Z"}])
def test_writers_in_a_list_and_a_day_of_mongodb_are_facts(read, day):
    (draft,) = read({"text": "Text.", "authors": ["Ada Bell", "Bo Ray"], "publish_date": day})
    assert draft.meta["byline"] == "Ada Bell; Bo Ray"
    assert draft.meta["published"].startswith("2015-04-22")


def test_articles_in_an_answer_have_what_stands_in_their_fields(read):
    one = {
        "id": "uk/1",
        "webTitle": "Ferry",
        "webPublicationDate": "2006-07-06T12:00:00Z",
        "webUrl": "https://a.b",
    }
    results = [{**one, "fields": {"byline": "Ada Bell", "bodyText": "It stays."}}]
    (draft,) = read(
        raw=json.dumps({"response": {"status": "ok", "results": results}}).encode(), name="a.json"
    )[:1]
    assert (draft.title, draft.text, draft.name) == ("Ferry", "It stays.", "a.json:uk/1")
    facts = {"byline": "Ada Bell", "published": "2006-07-06T12:00:00Z", "url": "https://a.b"}
    assert draft.meta == facts


def test_of_a_post_that_goes_on_elsewhere_the_whole_is_read(read):
    whole = {"full_text": f"{POST['text']}, and soon."}
    (draft,) = read({**POST, "truncated": True, "extended_tweet": whole})
    assert draft.text == whole["full_text"]


@pytest.mark.parametrize("day", [-(10**14), 10**14, -62_135_596_800_001])
def test_days_that_no_calendar_has_are_left_out(read, day):
    draft, note = read({"text": "Text.", "published": {"$date": day}})
    assert (draft.text, draft.meta) == ("Text.", {})
    assert "left out: published" in str(note)
