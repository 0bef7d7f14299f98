"""What the process says on its pipe, and what becomes of it."""

from __future__ import annotations

import pytest

from annotator.model.errors import UserError
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput
from annotator.nlp import process
from annotator.nlp.process import proposals_from_wire, text_to_wire


class _Pipe:
    """Collects what is sent; stops the serving loop after so many messages."""

    def __init__(self, until):
        self.sent, self._until = [], until

    def send(self, message):
        self.sent.append(message)
        if len(self.sent) == self._until:
            raise KeyboardInterrupt


class _Number(int):
    """A whole number of another kind, as those of arrays are."""


GARBAGE = {
    "many": (Proposals((ProposedSpan("X", ((0, 1),), 1.0, ""),) * 2000), "2,000 proposals for a text of 4"),
    "half": (Proposals((ProposedSpan("X", ((0.0, 1.5),), 1.0, ""),)), "TypeError"),
    "over": (Proposals((ProposedSpan("X", ((0, 3), (2, 4)), 1.0, ""),)), "overlap, or are out of order"),
    "back": (Proposals((ProposedSpan("X", ((2, 3), (0, 1)), 1.0, ""),)), "overlap, or are out of order"),
    "bare": (Proposals((ProposedSpan("X", (), 1.0, ""),)), "outside the text"),
    "none": (Proposals((ProposedSpan(None, ((0, 1),), 1.0, ""),)), "None is no text"),
    "torn": (Proposals((ProposedSpan("X", ((0, 1),), 1.0, "\ud800"),)), "surrogates not allowed"),
    "nan!": (Proposals((ProposedSpan("X", ((0, 1),), float("nan"), ""),)), "score nan does not lie"),
    "high": (Proposals((ProposedSpan("X", ((0, 1),), 5, ""),)), "score 5.0 does not lie between"),
    "list": (Proposals((ProposedSpan("X", ((0, 1),), 1.0, "", {"a": ["b"]}),)), "['b'] is no text"),
    "name": (Proposals((), (ProposedFrame("F", (), 1.0, "", actors=(("source", 7),)),)), "7 is no text"),
    "loop": (Proposals((), (ProposedFrame("F", (), 1.0, "", links=(("parent", 1),)),)), "points to frames"),
    "what": (None, "AttributeError"),
}
"""By text: what no project could hold, and what is said of it."""

ROLES = {"after": (("role", 1),), "before": (("role", -1),), "words": (("role", "0"),)}


class _Suggester:
    def suggest(self, texts):
        for one in texts:
            if "bad" in one.text:
                error = ValueError("a  bad\ntext")
                error.figures = None
                raise error
            if one.text in GARBAGE:
                yield GARBAGE[one.text][0]
            elif "out" in one.text:
                yield Proposals((ProposedSpan("X", ((0, 99),), 1.0, ""),))
            elif one.text in ROLES:
                span, frame = (
                    ProposedSpan("X", ((0, 1),), 1.0, ""),
                    ProposedFrame("F", ROLES[one.text], 1.0, ""),
                )
                yield Proposals((span,), (frame,))
            else:
                spans = (ProposedSpan("X", ((0, 1), (2, 3)), 0.5, "why", {"a": "b"}),)
                frame = ProposedFrame("F", (("role", 0),), 0.25, "so", {"c": "d"})
                yield Proposals(spans, (frame,), {"seconds": 1.5})


class _Plugin:
    name, version, layers = "tiny", "7", ("entities",)

    def load(self, choice):
        if choice == "no":
            raise UserError("Not today.")
        return _Suggester()


PLUGIN = _Plugin()


def _serve(monkeypatch, until, *messages):
    monkeypatch.setattr(process.importlib, "import_module", lambda name: globals_of[name])
    inbox = process.Inbox()
    for message in messages:
        inbox.put(message)
    pipe = _Pipe(until)
    with pytest.raises(KeyboardInterrupt):
        process.serve(pipe, inbox)
    return pipe.sent


class _Module:
    PLUGIN = PLUGIN


globals_of = {"here": _Module}


def test_answers_come_per_text_and_carry_everything(monkeypatch):
    texts = [text_to_wire(SuggestInput("abcd", "de", {"k": "v"}, ((0, 4, "body"),)))]
    sent = _serve(
        monkeypatch, 3, ("load", "here:PLUGIN", "", True), ("suggest", "here:PLUGIN", "", False, texts)
    )
    assert sent[0] == ("loaded", "tiny", "7", ("entities",))
    assert sent[2] == ("done",)
    kind, number, *wire = sent[1]
    assert (kind, number) == ("proposals", 0)
    assert proposals_from_wire(*wire) == next(iter(_Suggester().suggest([SuggestInput("abcd")])))


def test_a_fault_in_one_text_is_told_of_that_text_and_the_rest_goes_on(monkeypatch, caplog):
    texts = [text_to_wire(SuggestInput(text)) for text in ("good", "bad one", "out!", "good")]
    sent = _serve(
        monkeypatch, 6, ("load", "here:PLUGIN", "", True), ("suggest", "here:PLUGIN", "", False, texts)
    )
    assert [message[:2] for message in sent[1:5]] == [
        ("proposals", 0),
        ("failed", 1),
        ("failed", 2),
        ("proposals", 3),
    ]
    assert sent[2][2] == "ValueError: a bad text"
    assert "outside the text" in sent[3][2]
    caplog.clear()


def test_a_stop_ends_a_batch_after_the_text_under_way_and_the_next_batch_is_whole(monkeypatch):
    texts = [text_to_wire(SuggestInput("good"))] * 3
    asked = ("suggest", "here:PLUGIN", "", False, texts)
    sent = _serve(monkeypatch, 3, ("load", "here:PLUGIN", "", False), asked, ("stop",))
    assert [message[0] for message in sent] == ["loaded", "proposals", "done"]
    sent = _serve(monkeypatch, 5, ("load", "here:PLUGIN", "", False), ("stop",), asked)
    assert [message[0] for message in sent] == ["loaded", *["proposals"] * 3, "done"]


def test_a_stop_among_texts_that_go_one_by_one_ends_those_too(monkeypatch, caplog):
    texts = [text_to_wire(SuggestInput(text)) for text in ("bad", "bad", "good")]
    asked = ("suggest", "here:PLUGIN", "", False, texts)
    sent = _serve(monkeypatch, 3, ("load", "here:PLUGIN", "", False), asked, ("stop",))
    assert [message[0] for message in sent] == ["loaded", "failed", "done"]
    caplog.clear()


@pytest.mark.parametrize("text", ROLES)
def test_a_frame_that_points_to_no_proposed_span_is_told_here_and_not_when_it_is_stored(
    monkeypatch, caplog, text
):
    texts = [text_to_wire(SuggestInput(one)) for one in (text, "good")]
    sent = _serve(
        monkeypatch, 4, ("load", "here:PLUGIN", "", True), ("suggest", "here:PLUGIN", "", False, texts)
    )
    assert [message[:2] for message in sent[1:3]] == [("failed", 0), ("proposals", 1)]
    assert "F points to spans that were not proposed" in sent[1][2]
    caplog.clear()


@pytest.mark.parametrize("text", GARBAGE)
def test_what_no_project_could_hold_is_told_of_its_text_and_the_rest_goes_on(monkeypatch, caplog, text):
    texts = [text_to_wire(SuggestInput(one)) for one in (text, "good")]
    sent = _serve(
        monkeypatch, 4, ("load", "here:PLUGIN", "", True), ("suggest", "here:PLUGIN", "", False, texts)
    )
    assert [message[:2] for message in sent[1:3]] == [("failed", 0), ("proposals", 1)]
    assert GARBAGE[text][1] in sent[1][2]
    caplog.clear()


def test_numbers_of_arrays_go_through_the_pipe_as_plain_ones():
    wire = process._to_wire(Proposals((ProposedSpan("X", ((_Number(1), _Number(3)),), 1.0, ""),)), 4)
    assert [type(number) for number in wire[0][0][1][0]] == [int, int]


@pytest.mark.parametrize(
    ("point", "choice", "says"),
    [
        ("here:PLUGIN", "no", "Not today."),
        ("here:NOSUCH", "", "here:NOSUCH could not be loaded: AttributeError"),
        ("nosuch:PLUGIN", "", "nosuch:PLUGIN could not be loaded: KeyError"),
    ],
)
def test_what_cannot_be_loaded_is_refused_with_a_sentence(monkeypatch, caplog, point, choice, says):
    (answer,) = _serve(monkeypatch, 1, ("load", point, choice, False))
    assert answer[0] == "refused"
    assert says in answer[1]
    caplog.clear()
