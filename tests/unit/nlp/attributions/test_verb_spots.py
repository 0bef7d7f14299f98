"""Words that are verbs in one place and nouns or adjectives in another, by the words around."""

from __future__ import annotations

import pytest

from annotator.nlp.attributions.engine import read


def _class_of(word: str, text: str) -> str:
    (line,) = read(text, [(0, len(text))])
    return line.tags[line.words.index(word)]


@pytest.mark.parametrize(
    ("word", "as_verb", "as_other"),
    [
        # close and open
        ("close", "The farmers close the weir.", "Aides close to the mayor left."),
        # forms in -ing
        ("warning", "The mayor left, warning that it leaks.", "The warning came late."),
        ("reading", "She was reading the plan.", "A close reading of it helps."),
        ("meeting", "The caucus meeting the minister left.", "The caucus meeting was held."),
        # present and base forms
        ("claims", "The mayor claims the dam leaks.", "The claims of the mayor were old."),
        ("plans", "Quill plans to leave.", "Plans have changed since the plans were made."),
        ("calls", "The resolution calls on farmers to wait.", "Two calls were made."),
        ("release", "They release the water.", "The news release said so."),
        ("media", "", "State media say it leaks."),
        ("doubt", "I doubt that it holds.", "There is no doubt here."),
        ("fear", "Many farmers fear it leaks.", "The fear of floods grew."),
        ("figures", "She figures it leaks.", "New figures showed a leak."),
        ("witnesses", "", "The witnesses claimed it leaks."),
        ("blames", "A farmer blames Quill for it.", ""),
        ("last", "The farmers last longer.", "The price of oats last year was low."),
        ("need", "They need the dam.", "There is no need to leave."),
        ("clear", "They never clear the lake.", "It is not clear whether it leaks."),
        ("keep", "Let’s keep it.", ""),
        ("require", "There are rules that require talks.", ""),
        ("remain", "The mill and the weir remain a problem.", ""),
        ("sounds", "He heard what sounds like a flood.", "The sounds of the flood were heard."),
        ("contract", "The towns contract the debt.", "It was a business contract of old."),
        ("share", "They share a mill.", "They hold a small share of the mill."),
        ("notes", "", "The bank sold new notes, the paper said."),
        # past forms
        ("announced", "The mayor announced a plan.", "The announced plan is old."),
        ("elected", "They elected a mayor.", "A newly elected mayor left."),
        ("cut", "The farmers cut the rope.", "The cut was deep."),
    ],
)  # fmt: skip
def test_a_word_is_a_verb_by_the_words_around(word: str, as_verb: str, as_other: str) -> None:
    if as_verb:
        assert _class_of(word, as_verb) in ("VB", "VD", "VG")
    if as_other:
        assert _class_of(word, as_other) == "NN"
