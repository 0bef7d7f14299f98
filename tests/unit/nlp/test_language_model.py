"""A language model asked over real HTTP: what goes out, what comes back, and every failure in a sentence."""

from __future__ import annotations

import json
import socket
import threading

import pytest
from model_server import Reply, model_server, refused, said

from annotator.model.allowed import allow
from annotator.model.errors import UserError
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme, scheme_to_text
from annotator.model.suggesting import SuggestInput
from annotator.nlp import chat, language_model
from annotator.nlp.chat import KEY_VARIABLE, ask, target
from annotator.nlp.instructing import instruction
from annotator.nlp.language_model import SUGGESTER

SCHEME = read_scheme(resource("schemes/default.toml"))
TEXT = "“The bridge is closed,” said Mayor Ada Holm. Ben Ruiz said no. Ada Holm left."
VALUES = {"form": "direct", "x": "y", "type": "nonsense", "normalized": "free text"}
ROLES = {"claim": ["1"], "source": ["2", "9"], "cue": "3", "y": ["1"], "addressee": ["9"]}
GOOD = {
    "spans": [
        {"id": "1", "label": "CLAIM", "text": '"The bridge is closed,"', "attributes": VALUES},
        {"id": "2", "label": "SOURCE", "text": "Ada Holm", "before": "said Mayor"},
        {"id": "3", "label": "CUE", "text": "said", "before": "closed,”"},
        {"id": "4", "label": "PERSON", "text": "Ada  Holm", "before": "said no."},
        {"id": "5", "label": "CLAIM", "text": "The tunnel is closed"},
        {"id": "6", "label": "NOSUCH", "text": "Ada Holm"},
    ],
    "frames": [
        {"id": "a", "label": "ATTRIBUTION", "roles": ROLES},
        {"id": "b", "label": "ATTRIBUTION", "roles": {"claim": ["5"]}},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setattr(chat, "LONGEST_WAIT", 0.02)


def _choice(address, **more):
    found = {"address": address, "model": "tiny", "consent": address, "scheme": scheme_to_text(SCHEME)}
    return json.dumps(found | more)


def _suggest(server, *texts, **more):
    suggester = SUGGESTER.load(_choice(server.address, **more))
    return list(suggester.suggest(SuggestInput(text) for text in texts or (TEXT,)))


def _words(proposals, text=TEXT):
    return [(one.label, [text[start:end] for start, end in one.fragments]) for one in proposals.spans]


def test_an_answer_becomes_spans_and_frames_and_what_does_not_stand_there_is_counted():
    with model_server(said(GOOD)) as server:
        (proposals,) = _suggest(server)
    assert _words(proposals) == [
        ("CLAIM", ["“The bridge is closed,”"]),
        ("SOURCE", ["Ada Holm"]),
        ("CUE", ["said"]),
        ("PERSON", ["Ada Holm"]),
    ]
    assert [one.fragments[0][0] for one in proposals.spans] == [0, 35, 24, 63]
    assert dict(proposals.spans[0].attributes) == {"form": "direct"}
    (frame,) = proposals.frames
    assert set(frame.roles) == {("claim", 0), ("source", 1), ("cue", 2)}
    figures = dict(proposals.figures)
    assert figures.pop("seconds") > 0
    assert figures == {"requests": 1, "tokens_in": 100, "tokens_out": 20, "dropped": 1, "unfit": 2}
    assert proposals.spans[0].reason == "said by tiny"


def test_the_scheme_is_the_instruction_and_the_text_the_question():
    with model_server(said({"spans": []})) as server:
        _suggest(server)
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert asked["model"] == "tiny"
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert asked["messages"][1]["content"] == TEXT
    told = asked["messages"][0]["content"]
    assert told == instruction(SCHEME)
    for words in ("CLAIM: Claim.", "Quotation marks are inside", "role source: SOURCE", "direct | indirect"):
        assert words in told
    hidden = next(one for one in SCHEME.labels if one.hidden)
    assert f"{hidden.name}:" not in told


@pytest.mark.parametrize("consent", ["", "http://127.0.0.1:9/v1", "yes", None])
def test_without_consent_to_this_address_no_connection_is_made(consent):
    with model_server(said(GOOD)) as server:
        with pytest.raises(UserError, match="Nothing was sent"):
            _suggest(server, consent=consent)
        assert server.connections == 0


@pytest.mark.parametrize("choice", ["", "[]", "{}", '{"address": "http://a"}', "no JSON"])
def test_without_a_setup_nothing_is_loaded(choice):
    with pytest.raises(UserError, match="No language model is set up"):
        SUGGESTER.load(choice)


def test_the_key_comes_from_the_environment_or_from_the_persons_own_settings(monkeypatch):
    with model_server(said({"spans": []})) as server:
        _suggest(server)
        allow("keys", server.address, "kept")
        _suggest(server)
        monkeypatch.setenv(KEY_VARIABLE, "from outside")
        _suggest(server)
    assert server.keys == [None, "Bearer kept", "Bearer from outside"]


def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "secret\nvalue")
    with model_server(said(GOOD)) as server, pytest.raises(UserError, match="characters") as caught:
        _suggest(server)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
    assert server.asked == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (refused(401, "bad  key"), "does not know the key, or wants one .*: bad key"),
        (refused(403), "does not allow this key"),
        (refused(404, "no such model"), "no model “tiny”.*no such model"),
        (refused(413), "no text of this length"),
        (refused(500, "boom"), r"an error \(500\): boom\.$"),
        (refused(302, Location="http://127.0.0.1:1/"), "sends us elsewhere"),
        (Reply(body=b"no JSON"), "did not answer as a language model does"),
        (Reply(body=b'{"choices": []}'), "did not answer as a language model does"),
        (Reply(body=b'{"choices": [{"message": {"content": null}}]}'), "did not answer as a language model"),
        (Reply(body=b'{"choices": [{"message": {"content": "{}"'), "did not answer as a language model does"),
        (Reply(body=b"[" * 200_000), "did not answer as a language model does"),
        (Reply(500, b"[" * 200_000), r"an error \(500\)\.$"),
        (
            Reply(body=b'data: {"choices": []}\n\ndata: [DONE]\n'),
            "in pieces .a stream., which was not asked for",
        ),
        (refused(307, Location="https://elsewhere.example/v1"), "sends us elsewhere, where no text goes"),
        (Reply(body=b"{}", breaks_off=True), "broke off"),
        (Reply(goes_away=True), "went away before it answered. Did the server stop"),
        (said("I would rather talk about the weather."), "not the JSON that was asked for"),
        (said("[" * 100_000), "not the JSON that was asked for"),
        (said('{"spans": [{"id": "1"'), "not the JSON that was asked for"),
        (said({"answer": 42}), "not the JSON that was asked for"),
        (said('{"spans": [', finish="length", usage=(9, 4096)), "was cut off after 4096 tokens"),
    ],
)
def test_every_failure_is_a_sentence(reply, says):
    with model_server(reply) as server, pytest.raises(UserError, match=says):
        _suggest(server)
    assert len(server.asked) == 1


def test_a_busy_endpoint_is_tried_again_and_then_given_up():
    with model_server(refused(429, retry_after="0"), refused(503), said(GOOD)) as server:
        (proposals,) = _suggest(server)
        assert len(proposals.spans) == 4
        assert len(server.asked) == 3
    with model_server(refused(429, "quota", retry_after="soon")) as server:
        with pytest.raises(UserError, match=r"asked too often.*tried 4 times: quota"):
            _suggest(server)
        assert len(server.asked) == 4


def test_the_wait_is_what_was_asked_for_within_reason():
    assert chat._pause("0.01", 5) == 0.01
    assert chat._pause("3600", 0) == chat.LONGEST_WAIT
    assert chat._pause("-1", 0) == 0
    assert chat._pause("soon", 0) == chat.LONGEST_WAIT


def test_nobody_at_the_address_is_said():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UserError, match=f"127.0.0.1:{port}: the connection was refused"):
        ask(f"http://127.0.0.1:{port}", "tiny", [])


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever():
    with (
        model_server(Reply(is_held=True)) as server,
        pytest.raises(UserError, match="did not answer in time"),
    ):
        _suggest(server, timeout=0.1)


def test_an_answer_that_comes_byte_by_byte_has_to_be_whole_in_time_too():
    dripping = Reply(body=said(GOOD).body, drips=True)
    with model_server(dripping) as server, pytest.raises(UserError, match=r"in time \(0 s\)\. Is the model"):
        _suggest(server, timeout=0.2)


def test_what_is_no_model_at_all_is_said_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer():
            with other.accept()[0] as connection:
                connection.recv(1 << 16)
                connection.sendall(b"SSH-2.0-OpenSSH_9\r\nProtocol mismatch.\r\n")
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1 << 16):  # what is not read would take the answer back
                    pass

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with pytest.raises(UserError, match=r"broke off: SSH-2\.0-OpenSSH_9") as caught:
            ask(f"http://127.0.0.1:{other.getsockname()[1]}", "tiny", [])
        thread.join()
    assert "\n" not in str(caught.value)


def test_what_is_said_again_and_again_is_proposed_once():
    span = {"label": "CLAIM", "text": "that the dam leaks"}
    frame = {"label": "ATTRIBUTION", "roles": {"claim": "7"}}
    endless = {"spans": [{"id": str(at), **span} for at in range(500)], "frames": [frame] * 500}
    with model_server(said(endless)) as server:
        (found,) = _suggest(server, "Quill said that the dam leaks.")
    assert len(found.spans) == len(found.frames) == 1
    assert found.frames[0].roles == (("claim", 0),)


def test_an_address_that_speaks_no_tls_is_refused():
    with model_server(said(GOOD)) as server, pytest.raises(UserError, match="No safe connection"):
        ask(server.address.replace("http:", "https:"), "tiny", [])


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost:8080/v1", "/v1/chat/completions"),
        (" https://h.example/v1/ ", "/v1/chat/completions"),
        ("http://h/chat/completions", "/chat/completions"),
        ("http://h", "/chat/completions"),
    ],
)
def test_where_questions_go(address, path):
    assert target(address).path == path


@pytest.mark.parametrize(
    "address",
    ["", "localhost:80", "ftp://h/v1", "http://", "http://h/?a=b", "http://h:x/", "http://h#a",
     "http://a..b/v1", "http://" + "ü" * 70 + ".example/v1", "http://[::1", "http://a b/v1", "http://h/v1/ü",
     "http://h/v\n1"],
)  # fmt: skip
def test_what_is_no_address(address):
    with pytest.raises(UserError, match="is no address of a language model"):
        target(address)


def test_a_long_text_goes_in_pieces_and_offsets_are_those_of_the_whole(monkeypatch):
    monkeypatch.setattr(language_model, "PIECE", 40)
    text = "Ada Holm spoke of the bridge today.\nBen Ruiz agreed with Ada Holm there.\n\n"
    row = [{"id": "1", "label": "PERSON", "text": "Ada Holm"}, {"id": "2", "label": "CUE", "text": "spoke"}]
    frame = [
        {"id": "a", "label": "ATTRIBUTION", "roles": {"cue": ["2"]}},
        {"id": "b", "label": "ATTRIBUTION", "roles": {"cue": ["2"], "parent": ["a"]}},
    ]
    more = [{"id": "1", "label": "PERSON", "text": "Ada Holm"}, {"id": "2", "label": "CUE", "text": "agreed"}]
    with model_server(
        said({"spans": row, "frames": frame}), said({"spans": more, "frames": frame})
    ) as server:
        (proposals,) = _suggest(server, text)
    assert _words(proposals, text) == [
        ("PERSON", ["Ada Holm"]),
        ("CUE", ["spoke"]),
        ("PERSON", ["Ada Holm"]),
        ("CUE", ["agreed"]),
    ]
    assert [one.roles for one in proposals.frames] == [(("cue", 1),)] * 2 + [(("cue", 3),)] * 2
    assert [one.links for one in proposals.frames] == [(), (("parent", 0),), (), (("parent", 2),)]
    assert proposals.figures["tokens_in"] == 200


def test_a_text_of_blanks_is_not_sent():
    with model_server(said(GOOD)) as server:
        (proposals,) = _suggest(server, " \n ")
        assert server.connections == 0
    assert proposals.spans == ()


def test_a_text_that_failed_is_not_sent_again_by_itself():
    with model_server(refused(401)) as server:
        suggester = SUGGESTER.load(_choice(server.address))
        for _ in range(2):
            with pytest.raises(UserError, match="does not know the key"):
                list(suggester.suggest([SuggestInput(TEXT)]))
        assert len(server.asked) == 1


def test_frames_inside_frames_are_linked_and_never_to_themselves():
    answer = {
        "spans": [{"id": "1", "label": "CUE", "text": "said"}],
        "frames": [
            {"id": "a", "label": "ATTRIBUTION", "roles": {"cue": ["1"], "parent": ["b"]}},
            {"id": "b", "label": "ATTRIBUTION", "roles": {"cue": ["1"], "parent": ["b"]}},
        ],
    }
    with model_server(said(f"Here it is:\n```json\n{json.dumps(answer)}\n```")) as server:
        (proposals,) = _suggest(server)
    assert [one.links for one in proposals.frames] == [(("parent", 1),), ()]


def test_an_address_without_its_beginning_is_offered_with_it():
    with pytest.raises(UserError, match=r"Did you mean http://localhost:8080/v1\?$"):
        target("localhost:8080/v1")
    with pytest.raises(UserError, match=r"such as http://localhost:8080/v1\)\.$"):
        target("not an address")


@pytest.mark.parametrize("address", ["http://me:secret@h/v1", "me:secret@h", "https://me:secret@h:x/"])
def test_a_password_in_an_address_is_refused_and_not_shown(address):
    with pytest.raises(UserError, match="Leave name and password out") as caught:
        target(address)
    assert "secret" not in str(caught.value)
