"""UIMA's inline XML, as INCEpTION exports it: elements around words, indented or as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.exchange.inception.uima_xmi import FORMAT
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions

CORE = "de.tudarmstadt.ukp.dkpro.core.api."


def element(layer: str, start: int, end: int, inner: str, **more: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<{layer} sofa="Sofa" begin="{start}" end="{end}" id="null"{said}>{inner}</{layer}>'


def word(start: int, words: str, inner: str = "") -> str:
    units = len(words.encode("utf-16-le")) // 2
    return element(f"{CORE}segmentation.type.Token", start, start + units, inner + words)


TITLE = {"documentTitle": "two%20words.txt"}
TAGS = element(f"{CORE}metadata.type.TagsetDescription", 0, 0, "", name="UD")
INDENTED = (
    word(0, "Ada", f"\n      {TAGS}\n      ") + "\n     \n    " + word(4, "😀") + "\n    ",
    "\n    &#13;\n\n    ",
    element("webanno.custom.Claim", 8, 12, f"\n   {word(8, 'said')}\n  ", kind="old", sure="null"),
)
WHOLE = (
    word(0, "Ada", TAGS) + " " + word(4, "😀"),
    "&#13;\n",
    element("webanno.custom.Claim", 8, 12, "said"),
)


def read(folder: Path, *parts: str) -> list[object]:
    first, between, second = parts
    sentence = element(f"{CORE}segmentation.type.Sentence", 0, 6, first)
    facts = element(f"{CORE}metadata.type.DocumentMetaData", 0, 12, sentence + between + second, **TITLE)
    whole = element("webanno.custom.Topic", 0, 12, facts, name="x &amp; y")
    path = folder / "a.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><Document>{whole}</Document>', "utf-8", newline=""
    )
    assert FORMAT.importer.recognises(path)
    return list(FORMAT.importer.read(path, ImportOptions()))


def test_annotations_around_words_are_read_where_they_say(tmp_path: Path) -> None:
    for parts, attributes in ((INDENTED, {"kind": "old"}), (WHOLE, {})):
        (draft,) = (one for one in read(tmp_path, *parts) if isinstance(one, Draft))
        assert (draft.title, draft.text) == ("two words.txt", "Ada 😀\r\nsaid")
        assert draft.marks is not None
        assert [(one.label, one.fragments[0], dict(one.attributes)) for one in draft.marks.spans] == [
            ("Topic", (0, 12), {"name": "x & y"}),
            ("Claim", (8, 12), attributes),
        ]


def test_words_that_do_not_fit_their_places_are_refused(tmp_path: Path) -> None:
    first, between, _ = INDENTED
    with pytest.raises(UserError, match="'says so' are not as long as their place, 8 to 12"):
        read(tmp_path, first, between, element("webanno.custom.Claim", 8, 12, "says so"))


def test_a_place_far_behind_all_words_is_refused_and_no_room_taken_for_it(tmp_path: Path) -> None:
    first, between, _ = INDENTED
    with pytest.raises(UserError, match="its places go up to 49,999,999, which is too far"):
        read(tmp_path, first, between, element("webanno.custom.Claim", 8, 49_999_999, word(8, "said")))


def test_other_documents_are_no_inline_xml(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<Document><p begin='1'>Ada</p></Document>", "utf-8")
    assert not FORMAT.importer.recognises(tmp_path / "a.xml")
