"""Mails as programs write them: folded lines, wrong encodings, empty parts, newsletters in tables."""

import base64

import pytest

from annotator.exchange.articles import mail_files, mime
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions


@pytest.fixture
def read(tmp_path):
    def _read(head, body):
        path = tmp_path / "a.eml"
        path.write_bytes(head.encode() + b"\n\n" + (body if isinstance(body, bytes) else body.encode()))
        return mail_files.read_mail(path, ImportOptions())[0]

    return _read


FLOWED = "Content-Type: text/plain; charset=utf-8; format=flowed"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (FLOWED, "The mayor \nsaid so.\nNext.", "The mayor said so.\nNext."),
        (FLOWED, "The mayor \r\nsaid so. \r\n\r\nNext.", "The mayor said so.\n\nNext."),
        (FLOWED, "Said:\n> one \n> two\nEnd.", "Said:\n> one\n> two\nEnd."),
        (FLOWED, " >no quotation \n From here.", ">no quotation From here."),
        (FLOWED, "Words.\n-- \nAda", "Words.\n--\nAda"),
        (f"{FLOWED}; delsp=yes", "海港 \n关闭了。", "海港关闭了。"),
        ("Content-Type: text/plain", "The mayor \nsaid so.", "The mayor \nsaid so."),
    ],
)
def test_line_ends_that_were_only_put_in_to_send_a_mail_are_taken_out(read, head, body, text):
    assert read(head, body).text == text


def test_a_text_in_utf_8_is_read_so_whatever_its_head_says(read):
    head = "Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit"
    found = read(head, "你好！我公司可代开。")
    assert (found.text, found.notes) == ("你好！我公司可代开。", ())


@pytest.mark.parametrize("sender", ["Desk: Ada;Rask", "Ada, Desk: Bo;x"])
def test_a_torn_sender_is_no_fact(read, sender):
    found = read(f"Subject: Port\nFrom: {sender}", "It closes.")
    assert (found.meta, found.text) == ({}, "Port\n\nIt closes.")


@pytest.mark.parametrize("date", ["Wed, 8 Mar 99999999999 10:00:00 +0000", "Wed, 99 Mar", "today"])
def test_a_day_that_is_none_is_no_fact(read, date):
    assert read(f"Subject: Port\nDate: {date}", "It closes.").meta == {}


def test_a_text_in_no_known_way_is_noted(read):
    head = "Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit"
    found = read(head, b"caf\xe9, \xff\xff")
    assert found.notes == ("some characters do not fit its encoding and show as �",)


NEWSLETTER = """--A
Content-Type: text/plain


--A
Content-Type: text/html

<html lang="it"><body><table><tr><td><table><tr><td>The port closes</td></tr></table></td>
<td><p>The port closed.</p><p>Nobody knows why.</p></td></tr></table><p>You get this by mail.</p></body>
</html>
--A--
"""


def test_a_newsletter_with_an_empty_text_gives_all_that_its_page_shows(read):
    found = read("Subject: Port\nContent-Type: multipart/alternative; boundary=A", NEWSLETTER)
    assert found.text.split("\n\n") == [
        "Port",
        "The port closes",
        "The port closed.",
        "Nobody knows why.",
        "You get this by mail.",
    ]
    assert found.language == "it"


FORWARD = """--A
Content-Type: text/plain


--A
Content-Type: message/rfc822

From: Ada Quill <ada@quay.example>
Date: Tue, 24 Mar 2026 10:00:00 +0000
Subject: The port closes

The port closed today.
--A--
"""


def test_a_mail_that_only_forwards_another_gives_that_one(read):
    found = read(
        'From: desk@quay.example\nSubject: Fwd\nContent-Type: multipart/mixed; boundary="A"', FORWARD
    )
    assert (found.title, found.text) == ("The port closes", "The port closes\n\nThe port closed today.")
    assert found.meta == {"byline": "Ada Quill", "published": "2026-03-24"}
    assert found.notes == ("the mail that it forwards was read",)


def test_a_mail_that_says_something_and_forwards_is_read_itself(read):
    words = FORWARD.replace("text/plain\n\n", "text/plain\n\nSee below.", 1)
    found = read('From: desk@quay.example\nSubject: Fwd\nContent-Type: multipart/mixed; boundary="A"', words)
    assert found.text == "Fwd\n\nSee below."


def test_a_mail_of_outlook_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(UserError, match=r"save it as \.eml"):
        mail_files.read_mail(tmp_path / "a.eml", ImportOptions())


@pytest.mark.parametrize("field", ["Subject", "From"])
@pytest.mark.parametrize(
    "value", ["word\n " * 30_000, "=?utf-8?q?a?= " * 20_000, "a@b.c, " * 20_000, "(" * 50_000]
)
def test_a_field_without_end_is_read_up_to_its_bound(read, field, value):
    found = read(f"X-Head: one\n{field}: {value}", "Hello there.")
    assert found.text.endswith("Hello there.")
    assert len(found.text) <= mime.HEADER + 20
    assert found.notes == (f"of the field {field.lower()!r} only the first 10,000 characters were read",)


def test_long_fields_that_are_not_read_are_no_news(read):
    found = read("Subject: Port\nTo: " + "ada@quay.example,\n " * 5_000 + "ben@quay.example", "Hello there.")
    assert (found.text, found.notes) == ("Port\n\nHello there.", ())


@pytest.mark.parametrize("kind", ["text/plain; a=b" + ";a=b" * 50_000, "text/plain; (" + "(" * 50_000])
def test_what_a_part_is_said_to_be_is_read_within_bounds(read, kind):
    assert read(f"Subject: Port\nContent-Type: {kind}", "Hello there.").text == "Port\n\nHello there."


def test_heads_without_end_are_refused_with_their_bound(read):
    with pytest.raises(UserError, match="heads have more than 1,000,000 characters"):
        read("Subject: Port\n" + "X-Note: some words\n" * 60_000 + "X: y", "Hello there.")


def test_of_many_attachments_the_first_are_named(read):
    one = "--A\nContent-Type: image/png\nContent-Disposition: attachment; filename=" + "n" * 500 + "\n\nx\n"
    body = "--A\nContent-Type: text/plain\n\nHello there.\n" + one * 50 + "--A--"
    (note,) = read("Subject: Port\nContent-Type: multipart/mixed; boundary=A", body).notes
    assert note.endswith(", and 30 more")
    assert note.count("n" * 200) == 20
    assert len(note) < 5_000


def test_lines_that_go_on_without_end_are_one_line(read):
    assert read(f"Subject: x\n{FLOWED}", "y \n" * 100_000).text == "x\n\n" + "y " * 99_999 + "y"


@pytest.mark.parametrize("size", [40, 41, 42, 43])
def test_a_mail_that_is_cut_gives_what_there_is_and_no_code(read, size):
    words = base64.b64encode(b"The board voted on Tuesday, and nobody asked us.").decode()[:size]
    draft = read(
        "Subject: x\nContent-Type: multipart/mixed; boundary=B",
        f"--B\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{words}",
    )
    assert draft.text.startswith("x\n\nThe board voted on Tuesd")
    assert "it has no end: the file is cut off, and words may be missing" in draft.notes


@pytest.mark.parametrize(
    ("text", "is_mail"),
    [
        ("Received: by one\n\tat noon\nDate: today\nFrom: a@b.example\nSubject: Ferry\n\nIt sails.\n", True),
        ("From: a\nTo: b\nSubject: c\nIt sails.\n", False),
        ("Date: May\n\nFrom: Rye\n\nTo: Ver\n\nSubject: Ferry\n", False),
    ],
)
def test_a_mail_that_is_named_txt_is_told_by_its_head(tmp_path, text, is_mail):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert mail_files.FORMAT.importer.recognises(path) is is_mail
