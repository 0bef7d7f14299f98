"""Turns bytes into text: UTF-8, or what a mark or a person says; anything else is refused, never guessed."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.exchange.files import TABLE_LIMIT, cannot_read, file_size
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import EncodingRefused, UserError
from annotator.model.text import encoding_named

MARK = "\ufeff"
_CONTROLS = re.compile(b"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_TEXT_HAS = 50
"""Bytes for each control character that a text may have at most; what has more of these is none."""
ENDS_ONCE = "positions count the two characters of a line end as one"
ENDS_TWICE = "positions count the one character of a line end as two"
"""What is said of labels made by programs that read CR LF as LF, and of texts whose CR LF became LF since."""
_PIECE = 1 << 18
_SAMPLE = 20_000
_OFFERED = 6

# The longer mark first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TITLES = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "latin_1": "ISO-8859-1",
    "iso8859_2": "ISO-8859-2",
    "utf_16_le": "UTF-16LE",
    "utf_16_be": "UTF-16BE",
    "shift_jis": "Shift-JIS",
    "gb18030": "GB18030",
    "mac_roman": "Mac Roman",
}
_NEED_MARK = ("utf-16", "utf-32")
_USUAL = ("cp1252", "cp1250", "iso8859_2", "cp1251", "shift_jis", "gb18030", "mac_roman", "cp437", "cp850")
_OF_DOS = re.compile(r"cp(?:437|7\d\d|8\d\d|1006|1125)")
_HIGH = re.compile(r"[^\0-\x7f]")
_NOT_AFTER_LETTERS = frozenset({"Ps", "Pi", "Sc", "Sk", "Sm", "So", "No"})
_LATIN = "\u036f"
"""The last of the letters that words in Latin script have."""
_IN_WORDS = frozenset("-’‘\xad\N{EN DASH}\N{EM DASH}™®©°ªº")
"""What may stand next to a letter though it is none, beside what ends a phrase."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text (a leading mark is still there), which encoding it was, and what to note."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the bytes as text.

    Raises UserError for what is no text at all, EncodingRefused where the encoding does not fit.
    """
    refuse_other_kinds(data)
    name, notes = choose_encoding(data[:_SAMPLE], encoding)
    try:
        return Decoded(data.decode(name), name, notes)
    except UnicodeDecodeError as error:
        raise _refusal(data, error, name) from error
    except UnicodeError as error:
        raise UserError(
            "it is not {name}: {error}; choose its encoding", name=encoding_title(name), error=error
        ) from error


def choose_encoding(start: bytes, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the encoding that the start of a file asks for, or the chosen one, and what to note."""
    if encoding:
        name = encoding_named(encoding).removesuffix("-sig")
        if name in _NEED_MARK:
            return choose_encoding(_with_mark(start, name), None)
        return name, () if name == "utf-8" else (f"read as {encoding_title(name)}, as chosen",)
    for mark, marked in _MARKS:
        if start.startswith(mark):
            return marked, () if marked == "utf-8" else (
                f"read as {encoding_title(marked)}, as its mark says",
            )
    _refuse_unmarked(start)
    return "utf-8", ()


def decoded_pieces(path: Path, encoding: str) -> Iterator[str]:
    """Yield a whole file piece by piece as text; raises EncodingRefused with its place."""
    file_size(path, TABLE_LIMIT)
    decoder = codecs.getincrementaldecoder(encoding)()
    done, lines, held = 0, 0, b""
    try:
        with path.open("rb") as file:
            while True:
                piece = file.read(_PIECE)
                try:
                    text = decoder.decode(piece, final=not piece)
                except UnicodeDecodeError as error:
                    raise _refusal(error.object, error, encoding, done - len(held), lines) from error
                except UnicodeError as error:
                    raise UserError(
                        "it is not {encoding}: {error}", encoding=encoding_title(encoding), error=error
                    ) from error
                yield text
                if not piece:
                    return
                lines += text.count("\n")
                done += len(piece)
                held = decoder.getstate()[0]
    except OSError as error:
        raise cannot_read(error) from error


def encoding_title(name: str) -> str:
    """Return an encoding's name as people know it."""
    plain = name.lower().replace("-", "_")
    return _TITLES.get(plain, name.upper().replace("_", "-"))


def likely_encodings(data: bytes) -> tuple[str, ...]:
    """Return encodings in which these bytes would be text, the likeliest first; all fit every byte."""
    import charset_normalizer  # noqa: PLC0415 - late: loads a lot, and hardly any file is in doubt

    found = [match.encoding for match in charset_normalizer.from_bytes(data[:_SAMPLE])][:2]
    is_western = _is_mostly_ascii(data)
    ordered = [*_USUAL, *found] if is_western else [*found, *_USUAL]
    names = dict.fromkeys(codecs.lookup(name).name for name in ordered)
    fitting = [name for name in names if name not in ("utf-8", "ascii") and _fits(data, name)]
    if is_western:
        odd = {name: _oddities(data.decode(name)) for name in fitting}
        least = min((count for name, count in odd.items() if not _OF_DOS.fullmatch(name)), default=1)
        fitting = sorted(
            (one for one in fitting if odd[one] < least or not _OF_DOS.fullmatch(one)),
            key=lambda one: odd[one],
        )
    return tuple(fitting[:_OFFERED])


def _oddities(text: str) -> int:
    """Count places that no writer would have: signs inside words, a capital behind a small letter."""
    count = 0
    for match in _HIGH.finditer(text):
        one, at = match[0], match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        kind = unicodedata.category(one)
        if kind.startswith("L"):
            is_foreign = one > _LATIN and (before + after).isascii() and (before + after).isalpha()
            count += is_foreign or (one.isupper() and before.islower())
        elif one not in _IN_WORDS:
            is_inside = before.isalpha() and after.isalpha()
            count += is_inside or (before.isalpha() and kind in _NOT_AFTER_LETTERS)
    return count


def _fits(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not re.search("[\0-\x08\x0e-\x1f]", text)


def _is_mostly_ascii(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(byte < 128 for byte in sample) > 0.7 * len(sample)


def _with_mark(start: bytes, name: str) -> bytes:
    if any(start.startswith(mark) for mark, marked in _MARKS if marked.startswith(name)):
        return start
    title = encoding_title(name)
    raise UserError(
        "it has no mark that says which {title} it is; choose {title}-LE or {title}-BE", title=title
    )


def _refuse_unmarked(start: bytes) -> None:
    """UTF-16 without a mark is not UTF-8, but its bytes often are: every second one is NUL."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 5 <= len(start) or min(even, odd) * 5 > max(even, odd):
        return
    name = "utf-16-be" if even > odd else "utf-16-le"
    raise EncodingRefused(
        f"it looks like UTF-16 without a mark (NUL at byte {start.find(0)}, line 1); "
        f"choose the encoding {encoding_title(name)} if that is right",
        start.find(0),
        1,
        (name,),
    )


def _refusal(data: bytes, error: UnicodeDecodeError, name: str, before: int = 0, lines: int = 0) -> UserError:
    at = error.start
    byte, line = before + at, lines + data.count(b"\n", 0, at) + 1
    title = encoding_title(name)
    place = f"byte {byte} (0x{data[at]:02X}), line {line}"
    likely = likely_encodings(data[max(0, at - 2000) : at + _SAMPLE])
    if not likely and len(_CONTROLS.findall(data[:_SAMPLE])) * _TEXT_HAS > len(data[:_SAMPLE]):
        return UserError(
            "it is no text: its bytes fit no encoding; save what it holds as text, a table or PDF"
        )
    offer = ", ".join(encoding_title(one) for one in likely)
    advice = f"it may be {offer}: choose the encoding" if likely else "choose its encoding"
    if error.reason == "unexpected end of data":
        reason = f"the last character is cut in the middle at {place}: the file seems cut off; or {advice}"
        return EncodingRefused(reason, byte, line, likely)
    return EncodingRefused(f"it is not {title} at {place}; {advice}", byte, line, likely)
