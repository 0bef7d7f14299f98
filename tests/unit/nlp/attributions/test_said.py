"""What real news brings: broken and running quotations, chains, pronouns, anonymity, turns; own sentences."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attributions_said import frames, proposed, said

from annotator.model.units import paragraph_bounds


def test_a_quotation_runs_on_in_the_next_paragraph_without_a_cue() -> None:
    text = "“The dam will hold,” Quill said. “We built it well.\n\n“Nobody need leave the valley.”"
    first = said(text, "Quill | said")
    assert first.words("claim") == "“The dam will hold,” … “We built it well."
    running = next(one for one in frames(text) if one.linked("continues"))
    assert running.line == "Quill |  | “Nobody need leave the valley.”"
    assert running.linked("continues") == first


def test_a_quotation_alone_in_a_paragraph_continues_the_one_before() -> None:
    text = '"The dam will hold," Quill said.\n\n"We built it well for all of you."'
    assert [bool(one.linked("continues")) for one in frames(text)] == [False, True]


def test_a_quotation_that_continues_does_not_part_others_from_what_holds_them() -> None:
    text = "“We like the dam,” Quill said. “I think that it holds.”\n\n“It is a good old dam.”"
    inner = said(text, "I | think")
    assert inner.linked("parent") == said(text, "Quill | said")
    assert [one.words("claim") for one in frames(text)][-1] == "“It is a good old dam.”"


def test_a_subhead_in_other_marks_continues_nothing() -> None:
    text = "\"The dam will hold,\" Quill said.\n\n'A very long night ahead'"
    assert len(list(frames(text))) == 1


def test_a_quotation_opens_in_one_sentence_and_closes_in_a_later_one() -> None:
    text = "Quill said: “The dam is old. It leaks. We watch it.” The town sleeps."
    assert said(text, "Quill | said:").words("claim") == "“The dam is old. It leaks. We watch it.”"


@pytest.mark.parametrize(
    "text",
    [
        "“The dam will hold, Quill said.\n\nThe mayors’ dam is old, Kerrin said.",
        '"The dam" is "old, Quill said.\n\nKerrin said the dam is new.',
        "The mayors’ dam is ‘old’, Kerrin said.",
        "Kerrin said the rowers’ boats were ‘lost”.",
    ],
)
def test_odd_marks_do_not_hide_what_is_said(text: str) -> None:
    assert any(one.words("source") == "Kerrin" for one in frames(text)) or "Quill" in text
    assert len(list(frames(text))) >= 1


def test_a_chain_is_nested_outermost_first() -> None:
    text = "Quill told CPN that an official had said that the minister regarded the dam as risky."
    outer = said(text, "Quill | told")
    middle = said(text, "an official | had said")
    inner = said(text, "the minister | regarded")
    assert outer.linked("parent") is None
    assert middle.linked("parent") == outer
    assert inner.linked("parent") == middle
    assert [one.words("source") for one in frames(text)] == ["Quill", "an official", "the minister"]


def test_attributions_inside_a_direct_quotation_are_found() -> None:
    text = "“The minister told us that the dam was safe,” Quill said."
    inner = said(text, "The minister | told")
    assert inner.words("claim") == "that the dam was safe"
    assert inner.linked("parent") == said(text, "Quill | said")


def test_the_addressee_is_a_role_of_its_own() -> None:
    one = said("Kerrin told Reuters that the dam leaks.", "Kerrin | told")
    assert one.words("addressee") == "Reuters"
    assert one.words("claim") == "that the dam leaks"


@pytest.mark.parametrize("station", ["Radio Six", "BBC Radio Five Live", "the Big Ten"])
def test_a_number_may_be_a_part_of_a_name(station: str) -> None:
    one = said(f"Kerrin told {station} that the dam leaks.", "Kerrin | told")
    assert (one.words("addressee"), one.words("claim")) == (station, "that the dam leaks")


def test_a_pronoun_is_resolved_as_a_guess() -> None:
    text = "The dam is old, Anna Quill said. She added that it leaks."
    one = said(text, "She | added")
    assert (one.of("source", "form"), one.of("source", "actor")) == ("pronoun", "Anna Quill")
    source = one.found.spans[dict(one.frame.roles)["source"]]
    assert source.score <= 0.5 < one.frame.score
    assert "perhaps" in source.reason


def test_a_pronoun_that_cannot_be_resolved_is_ambiguous() -> None:
    one = said("They said the dam leaks.", "They | said")
    assert (one.of("source", "ambiguous"), one.of("source", "actor")) == ("yes", "")


def test_a_pronoun_does_not_take_a_title_of_the_other_sex() -> None:
    text = "Mr. Quill said the dam holds. She said it leaks."
    assert said(text, "She | said").of("source", "actor") == ""


def test_who_holds_an_office_is_guessed() -> None:
    text = "Water Minister Anna Quill said the dam holds. The minister said it is new."
    assert said(text, "The minister | said").of("source", "actor") == "Anna Quill"


def test_i_is_who_speaks() -> None:
    text = "“I doubt that the dam holds,” Anna Quill said."
    assert said(text, "I | doubt").of("source", "actor") == "Anna Quill"


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("A spokesman said the dam holds.", "A spokesman", "title_only"),
        ("Officials said the dam holds.", "Officials", "unnamed"),
        (
            "Two officials, speaking on condition of anonymity, said the dam leaks.",
            "Two officials",
            "on_request",
        ),
        ("Anna Quill said the dam leaks.", "Anna Quill", ""),
        ("The report says the dam leaks.", "The report", ""),
    ],
)
def test_anonymity(text: str, start: str, expected: str) -> None:
    assert said(text, start).frame.attributes.get("anonymity", "") == expected


@pytest.mark.parametrize(
    ("text", "start", "role", "attributes"),
    [
        ("“It holds well,” Quill said.", "Quill", "claim", {"form": "direct"}),
        ("Quill said it “holds very well indeed”.", "Quill", "claim", {"form": "mixed"}),
        ("Quill did not say that it would hold.", "Quill", "cue", {"kind": "speech", "negated": "yes"}),
        ("Quill asked whether it held.", "Quill", "claim", {"type": "question", "certainty": "unspecified"}),
        ("Quill demanded that the dam be closed.", "Quill", "claim", {"type": "demand"}),
        ("Quill promised to close the dam.", "Quill", "claim", {"type": "intention"}),
        ("Quill predicted that the dam would break.", "Quill", "claim", {"type": "prediction"}),
        ("Quill said the dam might break.", "Quill", "claim", {"certainty": "possible"}),
        ("Quill said the dam is likely to break.", "Quill", "claim", {"certainty": "probable"}),
        ("Quill said the dam was not safe.", "Quill", "claim", {"polarity": "negated"}),
        ("Quill wrote that the dam was safe.", "Quill", "cue", {"kind": "writing"}),
        ("The report says the dam leaks.", "The report", "cue", {"kind": "writing"}),
        ("Quill believes that the dam leaks.", "Quill", "cue", {"kind": "thought"}),
        ("Quill denied that the dam leaks.", "Quill", "cue", {"kind": "stance"}),
        ("Quill declined to comment.", "Quill", "cue", {"kind": "decline"}),
        ("Dam will hold another winter: Quill", "Quill", "cue", {"kind": "punctuation"}),
        ("Dam will hold another winter: Quill", "Quill", "claim", {"form": "headline"}),
        ("ANNA QUILL: The dam will hold.", "ANNA QUILL", "claim", {"form": "transcript"}),
        ("Quill’s claim that the dam leaks is false.", "Quill’s", "source", {"form": "possessive"}),
        ("Quill and Kerrin said the dam leaks.", "Quill and Kerrin", "source", {"compound": "yes"}),
        ("An engineer said the dam leaks.", "An engineer", "source", {"form": "nominal"}),
    ],
)  # fmt: skip
def test_attributes(text: str, start: str, role: str, attributes: dict[str, str]) -> None:
    one = said(text, start)
    assert {name: one.of(role, name) for name in attributes} == attributes


def test_nobody_named_is_an_implicit_source() -> None:
    (one,) = frames("There are fears that the dam will break.")
    assert one.frame.actors == (("implicit_source", "not said"),)


def test_what_seems_is_said_by_the_author() -> None:
    one = said("The dam appears to leak.", " | appears")
    assert one.frame.actors == (("implicit_source", ""),)
    assert one.words("claim") == "The dam … to leak"


def test_captions_and_bylines_say_nothing() -> None:
    text = "Quill says the dam holds.\nKerrin says it leaks.\n"
    (first, second) = paragraph_bounds(text)
    found = proposed(text, ((*first, "caption"), (*second, "body")))
    assert [text[slice(*one.fragments[0])] for one in found.spans if one.label == "SOURCE"] == ["Kerrin"]


def test_another_script_gets_nothing() -> None:
    assert proposed("Он сказал, что плотина выдержит.").frames == ()


def test_every_proposal_has_a_score_and_a_reason() -> None:
    for one in frames("Quill said that Kerrin doubted the plan. “It holds,” she said."):
        assert 0 < one.frame.score <= 1
        assert one.frame.reason


@pytest.mark.parametrize(
    ("verb", "expected"), [("noted", "takes it for true"), ("claimed", "leaves doubt"), ("said", "")]
)
def test_the_reason_says_how_the_author_presents_it(verb: str, expected: str) -> None:
    reason = said(f"Quill {verb} that the dam leaks.", "Quill").frame.reason
    assert expected in reason
    assert ("author" in reason) == bool(expected)


def test_the_suggester_is_imported_without_a_pipeline() -> None:
    code = (
        "import sys, annotator.nlp.attributions as a; a.SUGGESTER.load(''); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
