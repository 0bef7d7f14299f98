"""What commands say, and where: JSON alone on standard output, refusals one per line on standard error."""

from __future__ import annotations

import errno
import io
import json

import pytest

from annotator.cli.talk import AnswerLost, Talk
from annotator.model.job import Job, Progress


def talk(as_json: bool) -> tuple[Talk, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Talk(as_json, out, err), out, err


def test_json_is_one_object_and_nothing_else() -> None:
    one, out, err = talk(True)
    one.answer({"articles": 2, "name": "Zoë 🗞"}, ["two articles"])
    assert json.loads(out.getvalue()) == {
        "ok": True, "refused": [], "notices": [], "articles": 2, "name": "Zoë 🗞",
    }  # fmt: skip
    assert out.getvalue().count("\n") == 1
    assert err.getvalue() == ""


def test_lines_are_for_people() -> None:
    one, out, _ = talk(False)
    one.answer({"articles": 2}, ["two articles", "done"])
    assert out.getvalue() == "two articles\ndone\n"


def test_a_refusal_is_one_line_and_part_of_the_answer() -> None:
    one, out, err = talk(True)
    one.refuse("a.txt: it is no text.\nTry another encoding.")
    one.answer({}, [])
    assert err.getvalue() == "a.txt: it is no text. Try another encoding.\n"
    assert json.loads(out.getvalue()) == {
        "ok": False,
        "refused": ["a.txt: it is no text.\nTry another encoding."],
        "notices": [],
    }


def job(done: list[str]) -> Job[str]:
    try:
        yield Progress(1, 2)
        yield Progress(2, 2)
        return "result"
    finally:
        done.append("closed")


def test_a_job_is_quiet_where_nobody_looks() -> None:
    one, out, err = talk(False)
    closed: list[str] = []
    assert one.work("Reading", job(closed)) == "result"
    assert out.getvalue() == err.getvalue() == ""
    assert closed == ["closed"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_job_shows_how_far_it_is_on_a_terminal() -> None:
    err = Terminal()
    assert Talk(False, io.StringIO(), err).work("Reading", job([])) == "result"
    assert "Reading" in err.getvalue()


def test_a_job_that_is_stopped_is_closed() -> None:
    closed: list[str] = []

    def stopping() -> Job[str]:
        try:
            yield Progress(1, 2)
            raise KeyboardInterrupt
        finally:
            closed.append("closed")
        return ""

    with pytest.raises(KeyboardInterrupt):
        talk(False)[0].work("Reading", stopping())
    assert closed == ["closed"]


class Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("as_json", [True, False])
def test_an_answer_that_finds_no_room_says_so(as_json: bool) -> None:
    with pytest.raises(AnswerLost, match="could not be written: the disk is full"):
        Talk(as_json, Full(), io.StringIO()).answer({"articles": 1}, ["one article"])
