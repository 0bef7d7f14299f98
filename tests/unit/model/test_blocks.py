"""Which paragraph is what: headline, byline, caption and so on, in texts of our own and in real ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import DATA

from annotator.model.blocks import find_blocks, find_day, find_facts, find_title
from annotator.model.records import BLOCK_KINDS
from annotator.model.resources import seeds

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared texts are not at hand")

WIRE = """Harbour council is keeping old ferry, as union: Brandt

Mira Holt
2 / 5

Council leader Tomas Brandt talks to reporters on the pier in Port Ver on May 3, 2024

Council leader Tomas Brandt talks to reporters on the pier in Port Ver on May 3, 2024 (Own Photo/Ida Rask)

Port Ver (AFP) - The council will keep the old ferry, Tomas Brandt said on Friday, after weeks of doubt.

"We are keeping it," Brandt told a meeting. "It floats."

- No new ferry before spring -

The union declined to comment.

Read more: the ferry in pictures"""

INTERVIEW = """The ferry will stay

By Jon Vale
May 4, 2024 9:15 a.m.

Tomas Brandt leads the council of Port Ver. We met him on the pier.

Why keep such an old ship?

Because it floats, and because a new one would cost more than the whole pier.

Is it safe?

Inspectors were on board last week. They found nothing worse than rust.

What does the union want?

You will have to ask the union about that."""


def kinds(text, title=""):
    return [(kind, text[start:end]) for start, end, kind in find_blocks(text, title)]


def only(text, kind):
    return [words for one, words in kinds(text) if one == kind]


def test_a_wire_report_with_gallery():
    found = kinds(WIRE)
    assert [kind for kind, _words in found] == [
        "headline", "byline", "navigation", "caption", "caption",
        "body", "body", "subhead", "body", "navigation",
    ]  # fmt: skip
    blocks = find_blocks(WIRE)
    assert find_title(WIRE, "wire.txt", blocks) == "Harbour council is keeping old ferry, as union: Brandt"
    assert find_facts(WIRE, blocks) == {"byline": "Mira Holt"}


def test_an_interview_without_names():
    assert [kind for kind, _words in kinds(INTERVIEW)] == [
        "headline", "byline", "date", "body", "question", "body", "question", "body", "question", "body",
    ]  # fmt: skip
    assert find_facts(INTERVIEW, find_blocks(INTERVIEW)) == {"byline": "Jon Vale", "published": "2024-05-04"}


def test_an_interview_with_names():
    text = "The ferry\n\nQ: Is it safe?\nA: It is.\nA MEMBER: It is not. She left.\n\nBrandt left too."
    assert [kind for kind, _words in kinds(text)] == [
        "headline", "question", "transcript_turn", "transcript_turn", "body",
    ]  # fmt: skip


def test_speakers_in_ordinary_case_need_company():
    turns = (
        "Ferry hearing\n\nBrandt: It floats well.\nHolt: Does it really?\nTomas Brandt: It does.\nEnd of it."
    )
    assert len(only(turns, "transcript_turn")) == 3
    assert (
        only("Ferry hearing\n\nNote: it floats well, all said.\n\nNobody answered.", "transcript_turn") == []
    )


def test_a_date_begins_with_any_word_of_one():
    months = "january february march april may june july august september october november december sept"
    words = "updated posted Published last modified first on at of noon midnight am a.m. pm p.m. et EST cdt"
    more = "mt GMT utc bst cet hr hrs ist saturday Sunday mon tue wed thu fri"
    for word in f"{months} {words} {more}".split():
        assert kinds(f"{word} 4 2024, 10:30")[0][0] == "date", word


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ida Rask and Tomas Brandt", "byline"),
        ("BYLINE: Ida Rask.", "byline"),
        ("By: Press Club of Port Ver | Port Ver | Posted: May 8, 2024 2:10 pm", "byline"),
        ("Friday, May 3, 2024", "date"),
        ("Published 3 May 2024 at 11:45 p.m.", "date"),
        ("2024-05-03T10:00:00Z", "date"),
        ("10:45 a.m.", "date"),
        ("3 of 12", "navigation"),
        ("___", "navigation"),
        ("***", "navigation"),
        ("Follow Ida Rask on Twitter @ida", "navigation"),
        ("Subscribe to our letter here", "navigation"),
        ("Copyright 2024 The Own Press. All rights reserved.", "navigation"),
        ("PORT VER, South Coast -", "dateline"),
        ("The pier at dusk. Photo: Ida Rask", "caption"),
        ("Somebody via Getty Images.", "caption"),
        ("— What the union wants —", "subhead"),
        ("1. FERRY STAYS FOR NOW.", "subhead"),
        ("What the union wants", "subhead"),
        ("HOLT: It does not float.", "transcript_turn"),
        ("QUESTION: Does it float?", "question"),
        ("Presented by Ida Rask", "byline"),
        ("(Reporting by Ida Rask in Port Ver; Writing by Jon Vale; Editing by Mira Holt.)", "byline"),
        ("— Ida Rask (@idarask) May 3, 2024", "byline"),
        ("ida.rask@courier.example", "byline"),
        ("- Ida Rask.", "byline"),
        ("[CPN]", "byline"),
        ("Listen | Share | Print", "navigation"),
        ("Scroll down for video", "navigation"),
        ("See more: ten old ferries", "navigation"),
        ("SEE ALSO: Ten old ferries", "navigation"),
        ("courier.example.com", "navigation"),
        ("Brandt on the pier last year (Handout)", "caption"),
        ("[image via CPN]", "caption"),
        ("AFP PHOTO/PORT VER TV", "caption"),
        ("Proud: Brandt shows the ship’s new bell [CPN]", "caption"),
        ("Brandt (pictured) has led the council since the flood", "caption"),
        ("'Nobody asked us'", "subhead"),
        ("“I saw it sail.”", "body"),
        ("Dear Tomas –", "body"),
        ("Words by Ida Rask.", "byline"),
        ("Noon, 3 May 2024.", "date"),
        ("“On 3 May 2024.", "date"),
        ("The full story is here.", "navigation"),
        ("The FULL interview is on our page!", "navigation"),
        ("Print / Share this with all whom you know.", "navigation"),
        ("Photo by Ida Rask of the pier at dusk.", "caption"),
        ("Tomas Brandt on the pier/Reuters.", "caption"),
        ("‘Nobody asked us’", "subhead"),
        ("Question: Does it float?", "question"),
        ("A: It does.", "transcript_turn"),
        ("The fully laden ferry sailed at noon.", "body"),
        ("Offers for the pier closed on 3 May 2024.", "body"),
        ("— B. 3/5/24", "body"),
        ("180887147", "body"),
        ("The list of demands reads:", "body"),
        ("By the end of the week the union and the council of the town will meet.", "body"),
        ("By Monday the council had given up the idea of a new ferry.", "body"),
        ("The council had 12 members in 2024.", "body"),
        ("“It floats,” he said.", "body"),
        ("UPDATE: the ferry has left the pier.", "body"),
        ("It floats.", "body"),
        ("He asked: does it float?", "body"),
    ],
)
def test_single_lines(line, kind):
    before = "The ferry will stay\n\nThe council of Port Ver will keep its old ferry, it said on Friday.\n\n"
    after = "\n\nThe union declined to comment on the ferry, which has sailed since the war and will sail on."
    found = {words: one for one, words in kinds(before + line + after)}
    assert found[line] == kind


def test_single_line_breaks_separate_paragraphs_too():
    text = "The ferry stays\nThe council will keep it, its leader said.\nThe union declined to comment."
    assert [kind for kind, _words in kinds(text)] == ["headline", "body", "body"]


def test_wrapped_lines_are_one_paragraph():
    wrapped = (
        "The council of Port Ver will keep its old ferry, its leader said on\n"
        "Friday, after weeks of doubt and a long night of talks with the union\n"
        "and the harbour master."
    )
    assert [words for _kind, words in kinds(f"Ferry stays\n\n{wrapped}\n\nNobody else spoke.")][1] == wrapped


def test_an_indented_line_opens_a_paragraph_of_wrapped_lines():
    first = (
        "PORT VER, May 3 - The council will keep its old ferry, its leader\n"
        "said after weeks of doubt and a long night of talks."
    )
    second = (
        "    The union declined to comment on the ferry, which has sailed\nsince the war and will sail on."
    )
    text = f"FERRY STAYS\n\n{first}\n{second}\n-- corrects the day --\n Reuter"
    assert kinds(text) == [
        ("headline", "FERRY STAYS"),
        ("body", first),
        ("body", second.strip()),
        ("subhead", "-- corrects the day --"),
        ("byline", "Reuter"),
    ]


def test_lines_of_a_table_stay_apart():
    table = (
        "Ferry Co first quarter\n    Passengers 40,112 against 39,870\n    Days at sea 88 against 90\n Reuter"
    )
    assert [kind for kind, _words in kinds(f"FERRY CO RESULTS\n\n{table}")] == [
        "headline", "body", "body", "body", "byline",
    ]  # fmt: skip


def test_nearly_the_same_words_twice_are_captions():
    text = (
        "Ferry stays\n\nTomas Brandt and his wife wait for the ferry on the pier in Port Ver on Friday.\n\n"
        "Tomas Brandt and his wife wait for the ferry on the pier, Port Ver, on Friday. Photo: Own Press\n\n"
        "Tomas Brandt said the ferry would stay, and that the pier would be mended.\n\n"
        "It floats, and the old ship is cheaper than a new pier\n\n"
        "Nobody else spoke that day.\n\n"
        "It floats, and the old ship is cheaper than a new pier."
    )
    found = [kind for kind, _words in kinds(text)]
    assert found == ["headline", "caption", "caption", "body", "body", "body", "body"]
    again = text + "\n\nIt floats, and the old ship is cheaper than a new pier"
    assert kinds(again)[-1][0] == "caption"


def test_the_outlet_below_the_byline_is_part_of_it():
    text = "Ferry stays\n\nBy Jon Vale\nPort Ver Courier\nMay 4, 2024\n\nThe ferry will stay, its owner said."
    assert [kind for kind, _words in kinds(text)] == ["headline", "byline", "byline", "date", "body"]
    assert find_facts(text, find_blocks(text)) == {
        "byline": "Jon Vale",
        "outlet": "Port Ver Courier",
        "published": "2024-05-04",
    }


def test_a_headline_cut_by_a_semicolon_has_a_deck():
    text = "Brandt defends the old ferry;\nUnion doubts that it will last.\n\nTomas Brandt spoke on Friday."
    assert [kind for kind, _words in kinds(text)] == ["headline", "subhead", "body"]


@pytest.mark.parametrize(
    "lead",
    [
        "A sailor from Port Ver woke up one day to find that his ship had left without him.",
        "(CPN) - Scratch the new ferry off the list of ships that were to sail this year",
        (
            "Tomas Brandt, who leads the council of Port Ver, said on Friday "
            "that he would keep the old ship for good."
        ),
    ],
)
def test_a_lead_is_no_headline(lead):
    assert kinds(f"{lead}\n\nHe did not say why.")[0] == ("body", lead)


def test_the_own_sample_articles():
    report, interview = (path.read_text("utf-8") for path in sorted(seeds().glob("0[34]*.txt")))
    assert [kind for kind, _words in kinds(report)] == [
        "headline", "byline", "byline", "date", "caption", "caption",
        *["body"] * 5, "subhead", *["body"] * 7,
    ]  # fmt: skip
    assert find_facts(report, find_blocks(report))["outlet"] == "Danube Courier"
    assert [kind for kind, _words in kinds(interview)] == [
        "headline", "byline", "date", "navigation", "body", "navigation", "caption", "caption",
        *["transcript_turn"] * 8, "subhead", *["transcript_turn"] * 11, "body",
    ]  # fmt: skip
    assert find_facts(interview, find_blocks(interview))["byline"] == "Simon Hartley"


def test_a_title_from_elsewhere_decides_the_headline():
    text = "The ferry stays.\n\nThe council will keep it."
    assert only(text, "headline") == ["The ferry stays."]
    assert find_blocks(text, "Another title")[0][2] == "body"
    assert find_blocks(text, "The  ferry stays.")[0][2] == "headline"


def test_one_paragraph_alone_is_body():
    assert kinds("The ferry stays") == [("body", "The ferry stays")]
    assert find_title("The ferry stays", "a.txt") == "The ferry stays"
    assert find_title("1 / 3", "a.txt") == "1 / 3"
    assert find_title("", "a.txt") == "a.txt"


def test_a_long_first_paragraph_is_cut_for_the_title():
    title = find_title("word " * 100, "a.txt")
    assert title.endswith("word…")
    assert len(title) <= 81


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 3, 2024", "2024-05-03"),
        ("3rd of May 2024", "2024-05-03"),
        ("Sept. 30, 2015", "2015-09-30"),
        ("2024-02-29T10:00", "2024-02-29"),
        ("2023-02-29", ""),
        ("03/05/2024", ""),
        ("May 2024", ""),
        ("May 44, 2024", ""),
        ("", ""),
    ],
)
def test_days_are_read_but_never_guessed(text, day):
    assert find_day(text) == day


@given(st.text(st.sampled_from("aB .,:?!\n\t-–“”\"'1/\u00a0\u2028😀е\u0301קQ"), max_size=200))
def test_every_paragraph_has_exactly_one_block(text):
    blocks = find_blocks(text)
    covered = [0] * len(text)
    before = 0
    for start, end, kind in blocks:
        assert before <= start < end <= len(text)
        assert kind in BLOCK_KINDS
        assert text[start:end] == text[start:end].strip()
        for at in range(start, end):
            covered[at] += 1
        before = end
    assert all(count == 1 for char, count in zip(text, covered, strict=True) if not char.isspace())
    assert find_title(text, "name") or not text.strip()


@needs_data
def test_the_seed_articles():
    spun, agency = (path.read_text("utf-8") for path in sorted((DATA / "seeds").glob("*.txt")))
    assert [kind for kind, _words in kinds(spun)].count("transcript_turn") == 2
    assert [kind for kind, _words in kinds(agency)][:5] == [
        "headline",
        "byline",
        "navigation",
        "caption",
        "caption",
    ]
    assert [kind for kind, _words in kinds(agency)].count("subhead") == 1
    assert set(dict(kinds(agency)[5:])) == {"body", "subhead"}
    for text in (spun, agency):
        assert find_title(text, "x") == text.split("\n", 1)[0]


@needs_data
def test_political_news_of_2016():
    texts = [path.read_text("utf-8") for path in sorted((DATA / "polnear/text").glob("*.txt"))]
    assert len(texts) == 111
    headlines = [text for text in texts if "headline" in [kind for kind, _words in kinds(text)]]
    assert len(headlines) >= 109
    for text in headlines[:10]:
        assert find_title(text, "x") == " ".join(text.split("\n", 1)[0].split())
    share = sum(kind == "body" for text in texts for kind, _words in kinds(text))
    assert share > 0.85 * sum(len(kinds(text)) for text in texts)


def test_a_line_in_capitals_with_small_words_is_no_byline():
    text = "FERRY TRIVIA\n\nON THIS DAY IN RYE\n\n1996: the ferry sailed for the first time in years."
    assert "byline" not in find_facts(text, find_blocks(text))


def test_an_initial_in_capitals_is_one_of_a_name():
    text = "Ferry sails again\n\nADA A. QUIST\n\nThe ferry sailed from Rye for the first time in years."
    assert find_facts(text, find_blocks(text))["byline"] == "ADA A. QUIST"
