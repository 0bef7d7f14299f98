"""Mails as programs write them: folded lines, wrong encodings, empty parts, newsletters in tables."""

import pytest

from annotator.exchange import mail_files
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
