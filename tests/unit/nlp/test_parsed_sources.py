"""Sources extended by a parser that the tests train themselves: whole phrases, never into cue or claim."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from annotator.model.job import run
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput
from annotator.nlp.attributions import SUGGESTER
from annotator.nlp.parsed_sources import WithParser, extended, with_parser
from annotator.nlp.pipelines import TRUST, fingerprint

WORDS = ["The", "minister", "for", "ports", "said", "that", "the", "dam", "will", "hold", "."]
HEADS = [1, 4, 1, 2, 4, 9, 7, 9, 9, 4, 4]
DEPS = ["det", "nsubj", "prep", "pobj", "ROOT", "mark", "det", "nsubj", "aux", "ccomp", "punct"]
SPACES = [True] * 9 + [False, False]


def _doc(words=WORDS, heads=HEADS, deps=DEPS):
    spaces = [True] * len(words)
    return Doc(spacy.blank("en").vocab, words=list(words), heads=list(heads), deps=list(deps), spaces=spaces)


def _made(doc, **parts):
    """Return proposals with these words as the parts of one frame."""
    spans, roles = [], []
    for role, words in parts.items():
        start = doc.text.index(words)
        roles.append((role, len(spans)))
        spans.append(ProposedSpan(role.upper(), ((start, start + len(words)),), 0.5, "why"))
    return Proposals(tuple(spans), (ProposedFrame("ATTRIBUTION", tuple(roles), 0.5, "why"),))


def _source(doc, proposals):
    return doc.text[slice(*proposals.spans[0].fragments[0])]


@pytest.fixture(scope="module")
def choice(tmp_path_factory):
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser", config={"min_action_freq": 1})
    gold = Doc(nlp.vocab, words=WORDS, spaces=SPACES, heads=HEADS, deps=DEPS)
    examples = [Example(nlp.make_doc(gold.text), gold)]
    for dep in DEPS:
        parser.add_label(dep)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("parsers") / "tiny"
    nlp.to_disk(folder)
    return f"{TRUST}{run(fingerprint(folder))}:{folder}"


def test_a_source_grows_to_all_that_hangs_on_it_and_nothing_else_changes():
    doc = _doc()
    before = _made(doc, source="minister", cue="said", claim="that the dam will hold")
    after = extended(before, doc)
    assert _source(doc, after) == "The minister for ports"
    assert after.spans[1:] == before.spans[1:]
    assert after.frames == before.frames


def test_it_never_grows_into_a_cue_or_a_claim():
    doc = _doc(["Ada", ",", "who", "said", "no", ",", "left"], [6, 0, 3, 0, 3, 0, 6], ["x"] * 6 + ["ROOT"])
    before = _made(doc, source="Ada", cue="said", claim="no")
    assert extended(before, doc) == before


def test_marks_at_the_end_stay_out():
    doc = _doc(["Ada", "Holm", ",", "said", "so"], [1, 3, 1, 3, 3], ["x", "x", "punct", "ROOT", "x"])
    assert _source(doc, extended(_made(doc, source="Holm", cue="said"), doc)) == "Ada Holm"


def test_what_heads_the_sentence_is_no_phrase():
    doc = _doc()
    before = _made(doc, source="said")
    assert extended(before, doc) == before


def test_without_a_parse_nothing_changes():
    doc = spacy.blank("en")("The minister said no.")
    before = _made(doc, source="minister")
    assert extended(before, doc) == before


def test_a_parser_of_a_pipeline_in_a_folder_is_used(choice):
    text = "The minister for ports said that the dam will hold."

    class Rules:
        def suggest(self, texts):
            for one in texts:
                yield _made(spacy.blank("en")(one.text), source="minister", cue="said")

    suggester = with_parser(Rules(), choice)
    assert isinstance(suggester, WithParser)
    (found,) = suggester.suggest([SuggestInput(text)])
    assert text[slice(*found.spans[0].fragments[0])] == "The minister for ports"


def test_the_built_in_attributions_take_the_pipeline(choice):
    text = "“The dam will hold,” said the minister for ports."
    (plain,) = SUGGESTER.load("").suggest([SuggestInput(text)])
    suggester = SUGGESTER.load(choice)
    assert isinstance(suggester, WithParser)
    (found,) = suggester.suggest([SuggestInput(text)])
    assert [one.label for one in found.spans] == [one.label for one in plain.spans]


def test_a_pipeline_without_a_parser_or_that_fails_leaves_the_rules_alone(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    rules = SUGGESTER.load("")
    assert with_parser(rules, f"{TRUST}{run(fingerprint(tmp_path))}:{tmp_path}") is rules
    assert with_parser(rules, "en_nosuch") is rules
