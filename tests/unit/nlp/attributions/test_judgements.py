"""What somebody is taken for, what is refused, and what says when or for what rather than what."""

from __future__ import annotations

import pytest
from attributions_said import Said, frames, lines, proposed, said


@pytest.mark.parametrize(
    ("text", "source", "cue", "kind", "type_"),
    [
        ("The mill was considered a danger.", "", "was considered", "thought", "opinion"),
        ("Kerrin considers herself a farmer.", "Kerrin", "considers", "thought", "opinion"),
        ("Kerrin considers the mill a danger.", "Kerrin", "considers", "thought", "opinion"),
        ("Kerrin regarded the mill as risky.", "Kerrin", "regarded", "thought", "opinion"),
        ("Kerrin is considering a new mill.", "Kerrin", "is considering", "thought", "intention"),
        ("Kerrin considered leaving Orla.", "Kerrin", "considered", "thought", "intention"),
        ("Kerrin plans to leave Orla.", "Kerrin", "plans", "thought", "intention"),
        ("Kerrin has no plans to leave Orla.", "Kerrin", "has no plans", "thought", "intention"),
        ("Kerrin promised to leave Orla.", "Kerrin", "promised", "speech", "intention"),
    ],
)
def test_judging_is_no_intention_and_both_are_thought(
    text: str, source: str, cue: str, kind: str, type_: str
) -> None:
    one = said(text, f"{source} | {cue}")
    assert (one.of("cue", "kind"), one.of("claim", "type")) == (kind, type_)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Kerrin challenged the plan.", "deny"),
        ("Kerrin challenged farmers to swim.", ""),
    ],
)
def test_the_group_of_a_verb_is_that_of_what_it_governs(text: str, group: str) -> None:
    assert [one.frame.attributes["value"] for one in frames(text, "STANCE")] == ([group] if group else [])


def test_which_belongs_to_what_is_judged() -> None:
    text = "Quill took questions about which groups were considered friends."
    assert " | were considered | which groups … friends" in lines(text)


def test_speakers_judge_when_they_say_no() -> None:
    assert "We | don't consider | Orla a town" in lines("“We don't consider Orla a town,” Quill said.")
    assert not any("consider" in one.words("cue") for one in frames("“We consider Orla a town,” Quill said."))


@pytest.mark.parametrize(
    "text",
    [
        "Orla was circulating a draft resolution.",
        "The resolution to help farmers was lost.",
        "There was no effort by Orla to end the talks.",
        "The council made efforts to end the talks.",
    ],
)
def test_doing_is_not_saying(text: str) -> None:
    assert lines(text) == set()


def test_a_relative_clause_is_a_part_of_what_is_presented() -> None:
    assert lines("Orla presented a resolution that would end the talks.") == {
        "Orla | presented | a resolution that would end the talks"
    }
    assert lines("Orla clings to the hope that talks would end.") == {
        "Orla | clings to the hope | that talks would end"
    }


@pytest.mark.parametrize(
    "when", ["a day after the gate broke", "just two weeks before the vote", "hours after Kerrin left"]
)
def test_how_long_after_something_is_when_it_was_said(when: str) -> None:
    assert lines(f"The dam leaks, Quill said Thursday, {when}.") == {"Quill | said | The dam leaks"}


def test_without_a_day_it_may_be_when_it_happened() -> None:
    expected = "police | said | Two people left … a day after the gate broke"
    assert expected in lines("Two people left, police said, a day after the gate broke.")


@pytest.mark.parametrize(("left", "right"), [(" – ", " – "), ("—", "—"), ("-", "-")])
def test_a_pair_of_dashes_ends_what_is_said_before_the_main_clause(left: str, right: str) -> None:
    text = (
        f"And yet when farmers pointed out the conclusion{left}the council had lied{right}"
        "Kerrin refused to accept it. “I trust the council,” he said."
    )
    pointed = next(one for one in frames(text) if one.words("cue") == "pointed out")
    assert pointed.words("claim") == f"the conclusion{left}the council had lied"
    refused = next(one for one in frames(text) if one.words("cue") == "refused to accept")
    assert (refused.words("source"), refused.linked("parent")) == ("Kerrin", None)


def test_he_is_the_one_whose_surname_stands_nearest() -> None:
    text = (
        "Mayor Adam Quill said the dam leaks.\n\nWhen farmers noted the cost, Carter refused to accept it. "
        "“I trust them,” he said."
    )
    assert said(text, "he | said").of("source", "actor") == "Carter"
    assert said(text.replace("Carter", "Reuters"), "he | said").of("source", "actor") == "Adam Quill"


def test_an_official_may_be_he_sooner_than_whom_he_tells_of() -> None:
    text = (
        "Mayor Adam Quill said the dam leaks.\n\nCarter thought it was safe, an official told the Herald.\n\n"
        "“Does it leak?” he asked."
    )
    assert said(text, "he | asked").of("source", "actor") == "Adam Quill"


def test_a_title_of_one_person_names_that_person() -> None:
    text = "Orlan Water Minister defends the dam\n\nOrlan Water Minister Adam Quill said it holds."
    assert said(text, "Orlan Water Minister | defends").of("source", "actor") == "Adam Quill"
    two = f"{text} Orlan Water Minister Eve Kerrin said it leaks."
    assert said(two, "Orlan Water Minister | defends").of("source", "actor") == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kerrin refused to endorse the plan.", "deny"),
        ("Kerrin declined to endorse the plan.", "neutral"),
        ("Kerrin stopped short of endorsing the plan.", "neutral"),
        ("Kerrin would not confirm the figure.", "neutral"),
        ("Kerrin could not confirm the figure.", "neutral"),
        ("Kerrin was not immediately able to confirm the figure.", "neutral"),
        ("Kerrin was unable to verify the claim that the dam leaks.", "neutral"),
        ("Kerrin failed to verify the claim that the dam leaks.", "neutral"),
        ("Kerrin was able to confirm the figure.", "support"),
        ("No one supports the plan.", "deny"),
        ("No senator backed the plan.", "deny"),
        ("Neither of them confirmed the claim that the dam leaks.", "neutral"),
        ("No official has yet confirmed the claim that the dam leaks.", "neutral"),
        ("Kerrin did not confirm the figure.", "neutral"),
        ("Kerrin has yet to confirm the figure.", "neutral"),
        ("Kerrin has not verified that the dam leaks.", "neutral"),
        ("Kerrin refused to condemn the plan.", "support"),
        ("Kerrin did not refuse to endorse the plan.", "support"),
        ("Farmers said that the dam leaks. Kerrin refused to accept it.", "deny"),
    ],
)
def test_who_refuses_a_side_does_not_take_it(text: str, value: str) -> None:
    (stance,) = frames(text, "STANCE")
    assert stance.frame.attributes["value"] == value


@pytest.mark.parametrize("words", ["is no talk", "was no sign", "are few signs", "is no guarantee"])
def test_nobody_says_what_there_is_no_talk_of(words: str) -> None:
    assert not list(frames(f"There {words} that the dam leaks."))


def test_somebody_says_what_there_is_talk_of() -> None:
    (one,) = frames("There was talk that the dam leaks.")
    assert (one.line, one.of("cue", "negated")) == (" | was talk | that the dam leaks", "")


def test_who_refuses_to_believe_does_not_accept_it() -> None:
    (stance,) = frames("Kerrin refused to believe that the dam leaks.", "STANCE")
    assert stance.frame.attributes["value"] == "deny"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill issued a statement Monday that the dam leaks.",
         "Quill | issued a statement | that the dam leaks"),
        ("Orla opened the talks with a call Monday for farmers to unite.",
         "Orla | opened the talks with a call Monday for | farmers to unite"),
        ("Orla followed the launch of boats in Kerr with a call Monday for farmers to unite.",
         "Orla | with a call Monday for | farmers to unite"),
    ],
)  # fmt: skip
def test_a_day_may_stand_between_a_noun_and_what_it_holds(text: str, expected: str) -> None:
    assert expected in lines(text)


def test_what_appeals_to_somebody_calls_for_nothing() -> None:
    assert not any(
        one.words("source") for one in frames("They left the mill in Orla with appeal to visitors.")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Asked whether it leaks, Orlan Water Minister Adam Quill said no.", "Adam Quill"),
        ("Asked about the dam, Orlan Secretary of State Adam Quill said it holds.", "Adam Quill"),
        ("Asked about the dam, Quill said: “It holds.”", "Quill"),
        ("Asked about the dam, the University of Orla said it holds.", ""),
        ("Asked about the dam, officials said it holds.", ""),
    ],
)
def test_who_answers_was_asked(text: str, expected: str) -> None:
    asked = next(one for one in frames(text) if one.of("cue", "kind") == "question")
    assert asked.words("addressee") == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mill leaks, the agency reported on its website.", "writing"),
        ("The mill leaks, Quill said in a long e-mail.", "writing"),
        ("The mill leaks, Quill said in a statement.", "speech"),
        ("The mill leaks, Quill said in a letter’s defence.", "speech"),
    ],
)
def test_where_it_stands_shows_that_it_is_written(text: str, kind: str) -> None:
    assert said(text, text.split(", ")[1].rpartition(" reported")[0] or "Quill").of("cue", "kind") == kind


def test_what_a_headline_tells_in_its_own_words_has_its_form() -> None:
    text = "Quill defends the dam\n\nQuill defends the dam. “It holds,” he said."
    found = proposed(text, ((0, 21, "headline"), (23, len(text), "body")))
    forms = [Said(text, found, one).of("claim", "form") for one in found.frames if one.label == "ATTRIBUTION"]
    assert forms == ["headline", "indirect", "direct"]


def test_another_report_may_begin_with_refusing_to() -> None:
    text = "Quill repeated his claim that “farmers waste it,” refusing to admit that the dam leaks."
    assert next(one for one in frames(text) if "waste" in one.words("claim")).words("claim").endswith("it,”")
