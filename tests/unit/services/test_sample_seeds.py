"""The seed articles: everything that real news brings is in them, sentence by sentence."""

from __future__ import annotations

import re

import pytest
from attributions_said import frames, proposed

from annotator.model.blocks import find_blocks
from annotator.model.resources import seeds
from annotator.model.text import settle

FILES = sorted(seeds().glob("*.txt"))
TEXTS = {path.name[3:-4]: path.read_text(encoding="utf-8") for path in FILES}

PHENOMENA: dict[str, tuple[tuple[str, str], ...]] = {
    "direct quotation broken by its attribution": (
        ("wire_report", 'a routine repair," he said, "and on Wednesday our own instruments'),
        ("local_report", "hand out bottles,” said Jozef Barta, 61, who worked at Valchem for 30 years. “So"),
    ),
    "quotation that runs on in the next paragraph, with no cue": (
        ("wire_report", 'have had to buy.\n\n"We will also open our books to the inspectors'),
        ("local_report", "I would rather not guess.\n\n“What I can say is"),
    ),
    "quotation that opens in one sentence and closes in a later one": (
        ("wire_report", '"First they said there was no leak. Then they said there was a small leak.'),
    ),
    "odd number of quotation marks": (
        ("wire_report", '"We will pay for every filter and every bottle that the towns have had to buy.\n'),
        ("aggregated_copy", "but an inspector called that “optimistic at best.\n"),
    ),
    "curly apostrophe that looks like a closing mark": (
        ("local_report", "“We got through the flood of ’65, and we’ll get through this.”"),
        ("local_report", "‘The river forgives.’ I’m not so sure"),
    ),
    "chain of three or four": (
        (
            "aggregated_copy",
            "to tell her Hungary regarded the silence as reckless, a Hungary official told CPN, speaking",
        ),
        (
            "aggregated_copy",
            "Slovak officials reported that a Polish expert believed the solvent, which Valchem says",
        ),
        ("interview", "told me that the Hungarian side had said the Slovak side believed it was a repair"),
    ),
    "stance on another actor's claim": (
        ("wire_report", "Valchem dismissed claims by environmental groups that the tank had been leaking"),
    ),
    "two stances of one actor on one claim": (
        ("wire_report", '"That is false, and we ask ourselves who gains from saying it,"'),
        ("aggregated_copy", "rejected the accusation and at the same time asked why it was being made now"),
    ),
    "doubts": (
        ("wire_report", "Residents on both banks doubted the official account."),
        ("interview", "INGRID LINDQVIST: I doubt that."),
    ),
    "refusals": (
        ("wire_report", "A deputy mayor of Esztergom refused to say how long"),
        ("interview", "I won’t answer that."),
    ),
    "declining to comment": (("wire_report", "Lukac declined to comment on the talks."),),
    "question and hedged answer": (
        (
            "wire_report",
            'Asked whether the plant had known of the leak for two days, Hudakova said: "Well, they knew',
        ),
        ("interview", "So is the water safe or not?\n\nINGRID LINDQVIST: Probably."),
    ),
    "transcript turns in capitals with narration glued behind": (
        ("interview", "measure the river bed. The ministry published its first samples on Thursday evening"),
        ("interview", "a number today. On Saturday the company had withdrawn its figure"),
    ),
    "headline attribution by colon": (
        ("wire_report", "Danube spill no danger to drinking water: Slovak minister\n"),
    ),
    "dateline": (
        ("wire_report", "\nKomarno (Slovakia) (CPN) - Drinking water"),
        ("local_report", "\nKOMARNO — On Kossuth Street"),
    ),
    "gallery counters": (("wire_report", "\n1 / 3\n"), ("interview", "\n1 / 2\n")),
    "subheads between dashes": (
        ("wire_report", "\n- Valves in question -\n"),
        ("local_report", "\n– A smell of glue –\n"),
    ),
    "source anonymous on request": (
        ("wire_report", "speaking on condition of anonymity because the talks were confidential"),
        ("local_report", "who asked not to be named for fear of losing their jobs"),
    ),
    "source by title only": (
        ("wire_report", "the director of the plant"),
        ("wire_report", "A deputy mayor of Esztergom"),
    ),
    "unnamed groups": (
        ("wire_report", "claims by environmental groups"),
        ("aggregated_copy", "two people familiar with her thinking said"),
    ),
    "documents as sources": (
        ("wire_report", "according to a preliminary report by the Slovak water inspectorate"),
        ("local_report", "A notice pinned up in every stairway says"),
    ),
    "compound sources": (
        ("wire_report", "The European Commission and the Danube Commission said in a joint statement"),
        ("local_report", "Both the fishing club and the rowing club"),
    ),
    "pronoun sources": (("wire_report", '," he said, "and'), ("local_report", "I’m not so sure,” she said")),
    "a source that cannot be resolved": (
        ("aggregated_copy", "They say it was the frost. Others say it was the money."),
        ("aggregated_copy", "He told them the tank would be empty by the evening"),
    ),
    "machine-swapped names beside untouched ones": (
        ("aggregated_copy", "Slovak Republic minister defends"),
        ("aggregated_copy", "A Slovak Republic newspaper"),
        ("aggregated_copy", "although Slovakia has yet to publish"),
        ("aggregated_copy", "a Hungary official"),
    ),
    "two spellings of one name": (
        ("aggregated_copy", "Minister Jana Hudakova said"),
        ("aggregated_copy", "Minister Yana Hudakova claimed"),
        ("local_report", "Minister Jana Hudáková"),
    ),
    "altered quotation: bracket dropped, words inserted, cue added": (
        ("wire_report", '"Nobody [on either bank] has drunk a drop of this."'),
        ("aggregated_copy", "“Nobody on either bank has drunk a single drop of this poison”, she insisted"),
    ),
}


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_real_news_brings(phenomenon: str) -> None:
    for article, words in PHENOMENA[phenomenon]:
        assert TEXTS[article].count(words) >= 1, (article, words)


def test_straight_marks_in_one_article_and_curly_in_the_others() -> None:
    straight = {name for name, text in TEXTS.items() if '"' in text}
    curly = {name for name, text in TEXTS.items() if "“" in text}
    assert straight == {"wire_report"}
    assert curly == {"start_here", "aggregated_copy", "local_report", "interview"}


def test_paragraphs_with_an_odd_number_of_marks_are_there() -> None:
    def odd(text: str) -> list[str]:
        unpaired = (
            one for one in text.split("\n\n") if one.count('"') % 2 or one.count("“") != one.count("”")
        )
        return list(unpaired)

    assert len(odd(TEXTS["wire_report"])) == len(odd(TEXTS["aggregated_copy"])) == 1
    assert len(odd(TEXTS["local_report"])) == 1


@pytest.mark.parametrize(
    ("article", "opening"), [("wire_report", "Slovak Env"), ("interview", "Ingrid Lindqvist in")]
)
def test_captions_are_nearly_the_same(article: str, opening: str) -> None:
    first, second = [line for line in TEXTS[article].splitlines() if line.startswith(opening)]
    assert second.startswith(first)
    assert first != second


def test_transcript_turns_are_in_capitals() -> None:
    turns = re.findall(r"^[A-Z ]+: ", TEXTS["interview"], re.MULTILINE)
    assert turns.count("SIMON HARTLEY: ") >= 8
    assert turns.count("INGRID LINDQVIST: ") >= 8


def test_the_copy_keeps_whole_sentences_of_the_wire_report() -> None:
    def sentences(text: str) -> set[str]:
        return {re.sub(r"[“”\".]", "", one).strip() for one in re.split(r"[.\n,]", text) if len(one) > 40}

    assert len(sentences(TEXTS["wire_report"]) & sentences(TEXTS["aggregated_copy"])) >= 2


def test_the_tour_comes_first_and_names_the_keys() -> None:
    assert FILES[0].name == "00_start_here.txt"
    for words in (
        "press c",
        "press s",
        "press u",
        "press t",
        "Press 1",
        "Press a",
        "Press 0",
        "Press n",
        "Tab",
        "F1",
    ):
        assert words in TEXTS["start_here"] or words.lower() in TEXTS["start_here"], words


def test_what_the_tour_says_to_press_is_not_taken_for_a_report() -> None:
    text = TEXTS["start_here"]
    told = [(m.start(), m.end()) for m in re.finditer(r"[^.]*(?:\b[Pp]ress\b|Tab|F1)[^.]*", text)]
    assert len(told) > 10
    cues = [one.words("cue") for one in frames(text)]
    assert {"told", "doubted", "said", "according to", "advised"} <= set(cues)
    for span in proposed(text).spans:
        if span.label == "CUE":
            at = span.fragments[0][0]
            assert not any(start <= at < end for start, end in told), text[at : at + 30]


def test_every_seed_is_a_settled_text_of_a_news_article_s_length() -> None:
    assert len(FILES) == 5
    for path in FILES:
        raw = path.read_bytes().decode("utf-8")
        assert settle(raw).text == raw
        assert 2500 <= len(raw) <= 4500, path.name
        assert raw.splitlines()[0].strip()
        kinds = {kind for _, _, kind in find_blocks(raw, "")}
        assert {"headline", "date", "body"} <= kinds
