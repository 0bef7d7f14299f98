"""What a person allowed, kept on this machine."""

import errno
from pathlib import Path

import pytest

from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.errors import UserError


def test_what_was_allowed_is_not_written_over_while_it_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.model.allowed.personal_folder", lambda: tmp_path)
    allow("keys", "a", "one")

    def _refused(*_, **__):
        raise PermissionError(errno.EACCES, "no right")

    with monkeypatch.context() as at_a_time:
        at_a_time.setattr(Path, "read_text", _refused)
        assert allowed("keys") == {}
        for change in (lambda: allow("keys", "b", "two"), lambda: withdraw("keys", "a")):
            with pytest.raises(UserError, match="no right"):
                change()
    assert allowed("keys") == {"a": "one"}
    allow("keys", "b", "two")
    withdraw("keys", "a")
    assert allowed("keys") == {"b": "two"}


def test_a_file_that_is_none_of_ours_allows_nothing_and_begins_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.model.allowed.personal_folder", lambda: tmp_path)
    (tmp_path / "allowed.json").write_text("[", encoding="utf-8")
    assert allowed("keys") == {}
    allow("keys", "a", "one")
    assert allowed("keys") == {"a": "one"}
