"""Pages of PDFs as newspapers and browsers lay them out: columns, headlines, wide blanks, numbers, scans."""

import zlib

import pytest
from pdf_pages import lines, pdf

from annotator.exchange.articles import pdf_files, pdf_reader
from annotator.exchange.articles.pdf_columns import columns_of
from annotator.exchange.articles.pdf_lines import LETTERS, Line, lines_of
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Step
from annotator.model.job import run
from annotator.model.scheme import Scheme
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known

LEFT = (
    "The harbour board voted on Tuesday to",
    "close the old ferry terminal, which",
    "ended a long dispute.",
)
RIGHT = ("Residents of the north bank said that", "they had not been heard by anyone.", "Nobody asked.")


@pytest.fixture
def paragraphs(tmp_path):
    def read(*pages, in_form=False):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(*pages, in_form=in_form))
        draft, _ = pdf_files.read_pdf(path, None)
        return draft.text.split("\n\n")

    return read


def line(text, left, right, top, height=10):
    return Line(text, left, right, top, top - height, 800)


def column(name, left, right, tops):
    return [line(f"{name}{number}", left, right, top) for number, top in enumerate(tops)]


def names(columns):
    return [" ".join(one.text for one in each) for each in columns]


def from_the_top(*parts):
    return sorted((one for part in parts for one in part), key=lambda one: (-one.bottom, one.left))


def test_columns_are_read_one_after_the_other_though_gaps_in_them_are_level():
    tops = (700, 688, 660, 648)
    page = from_the_top(*(column(name, 50 + n * 170, 200 + n * 170, tops) for n, name in enumerate("abc")))
    assert names(columns_of(page)) == ["a0 a1 a2 a3", "b0 b1 b2 b3", "c0 c1 c2 c3"]


def test_a_headline_over_columns_parts_what_is_above_from_what_is_below():
    above = [column(name, left, left + 200, (700, 688)) for name, left in (("a", 50), ("b", 270))]
    below = [column(name, left, left + 200, (650, 638)) for name, left in (("c", 50), ("d", 270))]
    headline = [line("Headline", 50, 400, 672, 20)]
    page = from_the_top(*above, headline, *below)
    assert names(columns_of(page)) == ["a0 a1", "b0 b1", "Headline", "c0 c1", "d0 d1"]


def test_ragged_lines_of_one_column_are_no_columns():
    page = [line(str(number), 50, 200 + 37 * number % 300, 700 - 12 * number) for number in range(30)]
    assert names(columns_of(page)) == [" ".join(map(str, range(30)))]


def test_numbers_before_items_are_no_column():
    items = [(line(f"{n}.", 50, 60, 700 - 12 * n), line("Item", 90, 300, 700 - 12 * n)) for n in range(6)]
    page = [one for row in items for one in row]
    assert len(columns_of(page)) == 1


def test_a_line_that_wide_blanks_tear_is_whole_again(paragraphs):
    torn = [(50, 700, "close the old ferry"), (142, 700, "terminal now, an"), (223, 700, "end of it.")]
    found = paragraphs([(50, 712, "The harbour board voted on Tuesday to"), *torn])
    assert found == ["The harbour board voted on Tuesday to close the old ferry terminal now, an end of it."]


def test_a_mark_of_a_list_stands_before_its_item(paragraphs):
    page = [
        part
        for n in range(4)
        for part in ((50, 700 - 30 * n, f"{n}."), (70, 700 - 30 * n, "Item of a list."))
    ]
    assert paragraphs(page) == [f"{n}. Item of a list." for n in range(4)]


def test_large_letters_are_a_paragraph_of_their_own(paragraphs):
    page = [(50, 716, "Ferry terminal to close", 16), *lines(50, *LEFT)]
    assert paragraphs(page) == ["Ferry terminal to close", " ".join(LEFT)]


def test_a_paragraph_goes_on_behind_a_note_between_columns(paragraphs):
    left = lines(50, "The harbour board voted on Tuesday to", "close it, an admin-")
    note = [(50, 640, "1 A note about the vote.", 7)]
    page = [*left, *note, *lines(320, "istrator said of it.", "They were told.")]
    assert paragraphs(page) == [
        "The harbour board voted on Tuesday to close it, an administrator said of it. They were told.",
        "1 A note about the vote.",
    ]


def test_a_full_last_line_of_a_column_goes_on_with_a_capital(paragraphs):
    left = lines(
        50,
        "The harbour board voted on Tuesday to",
        "close the old ferry terminal that was",
        "for years the care of one woman, Orla",
    )
    page = [*left, *lines(320, "Finch, who chairs the board, she said.", "Nobody asked her.")]
    assert len(paragraphs(page)) == 1


def test_a_hyphen_that_the_word_has_elsewhere_stays(paragraphs):
    page = lines(50, "A long-term plan and the ad-", "ministrator of a long-", "term plan.")
    assert paragraphs(page) == ["A long-term plan and the administrator of a long-term plan."]


@pytest.mark.parametrize("number", ["1", "Page 1 of 1", "- 1 -", "1/1"])
def test_the_number_of_a_page_is_no_text(paragraphs, number):
    assert paragraphs([*lines(50, *LEFT), (300, 30, number)]) == [" ".join(LEFT)]


def test_pages_that_hold_one_line_each_keep_it(paragraphs):
    assert paragraphs(*[[(50, 780, "The Courier")]] * 3) == ["The Courier"] * 3


def test_words_that_lie_over_a_scan_are_its_text(paragraphs):
    assert paragraphs(lines(50, *LEFT), in_form=True) == [" ".join(LEFT)]


def test_signs_for_two_letters_are_two_letters():
    assert "misﬁt, oﬀ, aﬄuent".translate(LETTERS) == "misfit, off, affluent"


BOUND = "draw more than 100 characters or 3,000,000 bytes each, the limit for a page"


def test_words_over_words_are_read_without_comparing_each_with_each(paragraphs, monkeypatch):
    monkeypatch.setattr("pdfminer.layout.LTLayoutContainer.group_textlines", None)
    assert paragraphs([(50, 700, "word")] * 3_000) == ["word" * 3_000]


def test_a_page_of_too_many_characters_is_left_out_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_reader, "CHARACTERS", 100)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([(50, 700, "One.")], [(50, 700, "x" * 101)], [(50, 700, "Two.")], []))
    draft, _ = pdf_files.read_pdf(path, None)
    assert draft.text.split() == ["One.", "Two."]
    assert draft.notes == (
        "1 pages without text (pictures or scans) were left out",
        f"1 pages were left out: they {BOUND}",
    )


def test_where_each_page_has_too_many_characters_the_file_is_refused(paragraphs, monkeypatch):
    monkeypatch.setattr(pdf_reader, "CHARACTERS", 100)
    with pytest.raises(UserError, match=BOUND):
        paragraphs([(50, 700, "x" * 101)])


def test_a_page_that_draws_too_much_is_left_out(paragraphs, monkeypatch):
    monkeypatch.setattr(pdf_reader, "PAGE_LIMIT", 1_000)
    small = [(50, 700, "Words.")]
    assert paragraphs(small, [(50, 700, f"{n}") for n in range(50)], small) == ["Words."] * 2


@pytest.mark.parametrize(
    ("name", "limit", "why"),
    [
        ("WORK", 3_000, "to draw its pages takes more than 3,000 steps, the limit for one article; split it"),
        ("TEXT_LIMIT", 50, "it has more than 50 characters, the limit; split it"),
    ],
)
def test_pages_that_hold_too_much_together_are_refused(paragraphs, monkeypatch, name, limit, why):
    monkeypatch.setattr(pdf_reader, name, limit)
    with pytest.raises(UserError, match=why):
        paragraphs(*[[(50, 700, "Words.")]] * 10)


@pytest.mark.parametrize("times", [1, 2])
def test_a_part_that_unpacks_without_end_is_refused(tmp_path, monkeypatch, times):
    monkeypatch.setattr(pdf_reader, "PART_LIMIT", 10_000)
    packed = b"\0" * 20_000
    for _ in range(times):
        packed = zlib.compress(packed)
    head = b"<</Length %d/Filter[%s]>>stream\n" % (len(packed), b"/FlateDecode " * times)
    whole = pdf([(50, 700, "Words.")])
    begin, end = whole.index(b"<</Length"), whole.index(b"\nendstream")
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[:begin] + head + packed + whole[end:])
    with pytest.raises(UserError, match="unpacks to more than 10,000 bytes, the limit"):
        pdf_files.read_pdf(path, None)


def test_a_word_broken_over_many_lines_is_joined():
    found = pdf_files._flow([line("ab-", 0, 1, 1), line("c-", 0, 1, 1), line("de x", 0, 1, 1)], set())
    assert found == ("abcde x", 2)


def test_a_pdf_is_read_in_steps_and_can_be_left_in_between(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*(lines(50, f"Page {number} of it.") for number in range(12))))
    items = list(pdf_files.FORMAT.importer.read(path, ImportOptions()))
    assert [type(one) for one in items] == [Step] * 12 + [Draft]
    done = [one.done for one in items[:-1]]
    assert done == sorted(done)
    assert done[-1] <= path.stat().st_size
    other = path.rename(tmp_path / "b.pdf")  # what was read of the first is kept
    job = plan_import([other], ImportOptions(), Known(Scheme("s", "", ())))
    found = [next(job) for _ in range(3)]
    job.close()
    assert {one.what for one in found} == {"b.pdf"}
    assert len({one.done for one in found}) == 3


def test_a_preview_reads_the_first_pages_that_hold_text(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*[[]] * 5, *(lines(50, f"Page {number} of it.") for number in range(20))))
    read = []
    monkeypatch.setattr(pdf_files, "lines_of", lambda page: read.append(page) or lines_of(page))
    preview = pdf_files.FORMAT.importer.preview(path, ImportOptions())
    assert (preview.rows, preview.sample, len(read)) == (1, "Page 0 of it.", 6)


WORDS = "BT /F1 10 Tf 50 700 Td (Words.) Tj ET\n"
DRAWN = {
    "lines": "1 2 m 3 4 l S\n" * 20_000,
    "states": "q Q " * 70_000,
    "numbers": "1 " * 140_000,
    "curves": "1 2 3 4 5 6 c\n" * 20_000,
    "nothing known": "x " * 140_000,
}


def drawing(body, form=""):
    """A PDF of one page that draws this, and in it a part of its own wherever it says `/X Do`."""
    fonts = "/Resources<</Font<</F1 1 0 R>>/XObject<</X 6 0 R>>>>/MediaBox[0 0 600 800]"
    objects = [
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(body)}>>stream\n{body}\nendstream",
        f"<</Type/Page/Parent 4 0 R/Contents 2 0 R{fonts}>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Catalog/Pages 4 0 R>>",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length {len(form)}>>stream\n{form}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Size 7/Root 5 0 R>>startxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 7\n0000000000 65535 f \n{table}{tail}".encode()


def steps_of(path):
    *steps, draft = pdf_files.FORMAT.importer.read(path, ImportOptions())
    return len(steps), draft.text


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_page_that_only_draws_can_be_left_in_between(tmp_path, drawn):
    path = tmp_path / "a.pdf"
    path.write_bytes(drawing(WORDS + DRAWN[drawn]))
    count, text = steps_of(path)
    assert (count > 40, text) == (True, "Words.")
    path.write_bytes(drawing("/X Do " * 2, WORDS + DRAWN[drawn]))
    assert steps_of(path)[0] > 80


def test_parts_in_parts_are_drawn_in_their_order_and_never_in_a_circle(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(drawing("q 1 0 0 1 0 -50 cm /X Do Q q /X Do Q", f"{WORDS} /X Do"))
    pages = [*pdf_reader.read_pages(path.read_bytes(), pdf_reader.Work())]
    (page,) = [run(one) for one in pages]
    first, second = page
    assert [type(one).__name__ for one in (first, second)] == ["LTFigure"] * 2
    assert [round(next(iter(one)).y0) for one in (first, second)] == [648, 698]
    assert steps_of(path)[1].split() == ["Words."] * 2


def test_one_object_of_endless_parts_is_too_much_for_a_page(tmp_path):
    path = tmp_path / "a.pdf"
    for count in (40_000, 120_000):
        path.write_bytes(drawing(f"{WORDS}[{'1 ' * count}] 0 d\n"))
        if count == 40_000:
            assert steps_of(path)[1] == "Words."
        else:
            with pytest.raises(UserError, match="nothing of its pages can be read"):
                steps_of(path)


def test_lines_cost_too(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_reader, "WORK", 14_000)
    path = tmp_path / "a.pdf"
    for count, words in ((300, "x"), (30, "xxxxxxxxxx")):
        path.write_bytes(pdf([(at % 10 * 50, 780 - at // 10 * 20, words) for at in range(count)]))
        if count == 30:
            assert pdf_files.read_pdf(path, None)[0].text
        else:
            with pytest.raises(UserError, match="takes more than 14,000 steps"):
                pdf_files.read_pdf(path, None)
