"""Links of two spans, as most programs have them, read as frames of the scheme's roles."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from made_projects import all_facts, bring, export, project_in

from annotator.model.job import run
from annotator.model.marks import FrameMark
from annotator.model.records import Fragment, RoleEnd
from annotator.model.said import Said
from annotator.model.scheme import Label, Role, Scheme
from annotator.services.importing import ImportSummary

SCHEME = Scheme(
    "links",
    "",
    (
        *(Label(name, "span") for name in ("CLAIM", "SOURCE", "CUE", "PLACE")),
        Label(
            "SAYS",
            "frame",
            roles=(
                Role("claim", ("CLAIM",)),
                Role("source", ("SOURCE",), most=1),
                Role("cue", ("CUE",), most=1),
                Role("where", ("span",), most=1),
                Role("old", ("PLACE",), retired=True),
            ),
        ),
        Label(
            "SIDE",
            "frame",
            roles=(Role("holder", ("SOURCE",), most=1), Role("on", ("span",)), Role("by", ("span",))),
        ),
    ),
)
TEXT = "Ada said no. Ben of Port Ver agreed."
WORDS = {
    "Ada": "SOURCE",
    "said": "CUE",
    "no": "CLAIM",
    "Ben": "SOURCE",
    "Port Ver": "PLACE",
    "agreed": "CLAIM",
}
PAIR = [
    {"id": 1, "start_offset": 0, "end_offset": 3, "label": "SOURCE"},
    {"id": 2, "start_offset": 9, "end_offset": 11, "label": "CLAIM"},
]
"""Of a text of three letters, a verb of four, and a claim of two."""
TOLD = "read as {} frames, in the roles that the labels of their ends have in the scheme: {} links"


def read(
    folder: Path, *links: tuple[str, str, str], **options: Any
) -> tuple[ImportSummary, list[tuple[str, list[tuple[str, str]]]]]:
    """Import links of doccano, and return what came of it, with the frames by label and words."""
    keys = {word: number for number, word in enumerate(WORDS)}
    entities = [
        {
            "id": keys[word],
            "label": label,
            "start_offset": (at := TEXT.index(word)),
            "end_offset": at + len(word),
        }
        for word, label in WORDS.items()
    ]
    relations = [
        {"id": number, "type": label, "from_id": keys[first], "to_id": keys[second]}
        for number, (label, first, second) in enumerate(links)
    ]
    record = {"text": TEXT, "entities": entities, "relations": relations}
    (folder / "a.jsonl").write_text(json.dumps(record), "utf-8")
    with project_in(folder, "p", SCHEME) as project:
        summary = bring(project, folder / "a.jsonl", **options)
        assert run(project.check()) == ()
        (content,) = project.contents()
        words = {one.id: TEXT[one.start : one.end] for one in content.spans}
        frames = [(one.label, [(end.role, words[end.end]) for end in one.roles]) for one in content.frames]
        return summary, sorted(frames)


def told(summary: ImportSummary) -> list[str]:
    return [one for one in summary.notes if one.startswith("read as ")]


def test_links_from_one_span_in_different_roles_are_one_frame(tmp_path: Path) -> None:
    summary, frames = read(tmp_path, ("SAYS", "no", "Ada"), ("SAYS", "no", "said"), ("SAYS", "agreed", "Ben"))
    assert frames == [
        ("SAYS", [("claim", "agreed"), ("source", "Ben")]),
        ("SAYS", [("claim", "no"), ("source", "Ada"), ("cue", "said")]),
    ]
    assert (summary.problems, told(summary)) == ((), [TOLD.format(2, 3)])


def test_links_of_all_articles_are_told_once_in_the_right_number(tmp_path: Path) -> None:
    rows = [
        {
            "text": f"Ada said no {number}.",
            "entities": [
                {"id": 0, "label": "SOURCE", "start_offset": 0, "end_offset": 3},
                {"id": 1, "label": "CLAIM", "start_offset": 9, "end_offset": 11},
            ],
            "relations": [{"id": 0, "type": "SAYS", "from_id": 1, "to_id": 0}],
        }
        for number in range(3)
    ]
    with project_in(tmp_path, "p", SCHEME) as project:
        for count in (3, 1):
            path = tmp_path / f"{count}.jsonl"
            path.write_text("\n".join(json.dumps(one) for one in rows[-count:]), "utf-8")
            (note,) = told(bring(project, path))
            ending = "" if count == 1 else "s"
            assert note.startswith(f"read as {count} frame{ending}, in the roles")
            assert note.endswith(f": {count} link{ending}")
            assert isinstance(note, Said)


def test_links_to_one_span_are_one_frame_and_a_further_claim_belongs_to_it(tmp_path: Path) -> None:
    links = [("SAYS", "Ada", "no"), ("SAYS", "said", "no"), ("SAYS", "agreed", "Port Ver")]
    summary, frames = read(tmp_path, *links, ("SAYS", "agreed", "no"))
    assert frames == [
        ("SAYS", [("claim", "agreed"), ("where", "Port Ver"), ("claim", "no")]),
        ("SAYS", [("claim", "no"), ("source", "Ada"), ("cue", "said")]),
    ]
    assert told(summary) == [TOLD.format(2, 4)]


def test_many_frames_of_links_are_not_held_against_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, compared = 40, list[str]()
    said = "Ada said no. "
    entities = [
        {"id": 3 * at + nth, "label": WORDS[word], "start_offset": start, "end_offset": start + len(word)}
        for at in range(count)
        for nth, word in enumerate(("Ada", "said", "no"))
        for start in [len(said) * at + said.index(word)]
    ]
    relations = [
        {"id": 2 * at + nth, "type": "SAYS", "from_id": 3 * at, "to_id": 3 * at + 1 + nth}
        for at in range(count)
        for nth in range(2)
    ]
    record = {"text": said * count, "entities": entities, "relations": relations}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")

    def equal(one: FrameMark, other: object) -> bool:
        compared.append(one.key)
        return tuple.__eq__(one, other)

    monkeypatch.setattr(FrameMark, "__eq__", equal)
    with project_in(tmp_path, "p", SCHEME) as project:
        summary = bring(project, tmp_path / "a.jsonl")
        assert run(project.check()) == ()
    assert (summary.frames, told(summary)) == (count, [TOLD.format(count, 2 * count)])
    assert len(compared) <= 2 * count


def test_two_links_in_one_role_stay_frames_of_their_own(tmp_path: Path) -> None:
    links = [("SAYS", "no", "Ada"), ("SAYS", "no", "Ben"), ("SAYS", "no", "said")]
    summary, frames = read(tmp_path, *links)
    assert [[role for role, _ in ends] for _, ends in frames] == [
        ["claim", "cue"],
        ["claim", "source"],
        ["claim", "source"],
    ]
    assert (summary.problems, told(summary)) == ((), [TOLD.format(3, 3)])


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (("SIDE", "Ben", "no"), "SIDE has no role 'from'"),  # a claim fits two roles
        (("SAYS", "Ben", "Ada"), "SAYS has no role 'from'"),  # there is room for one source
    ],
)
def test_what_fits_no_role_or_several_is_named_as_before(
    tmp_path: Path, link: tuple[str, str, str], why: str
) -> None:
    summary, frames = read(tmp_path, link)
    assert (frames, told(summary)) == ([], [])
    assert any(why in one.reason for one in summary.problems)


def test_roles_that_a_person_chooses_hold(tmp_path: Path) -> None:
    chosen = {"SAYS.from": "where", "SAYS.to": "source"}
    summary, frames = read(tmp_path, ("SAYS", "no", "Ada"), ("SAYS", "no", "said"), labels=chosen)
    assert [ends[0] for _, ends in frames] == [("where", "no")]
    assert told(summary) == []


def test_added_roles_do_not_change_what_later_links_are(tmp_path: Path) -> None:
    links = [("SIDE", "Ben", "no"), ("SAYS", "Ben", "Ada"), ("SAYS", "no", "Ada"), ("SAYS", "no", "said")]
    _, frames = read(tmp_path, *links, new_labels="add")
    assert frames == [
        ("SAYS", [("claim", "no"), ("source", "Ada"), ("cue", "said")]),
        ("SAYS", [("from", "Ben"), ("to", "Ada")]),
        ("SIDE", [("from", "Ben"), ("to", "no")]),
    ]


def test_a_link_with_a_new_label_keeps_its_direction(tmp_path: Path) -> None:
    links = [("DOUBTS", "Ben", "no"), ("DOUBTS", "Ada", "agreed"), ("DOUBTS", "said", "Port Ver")]
    summary, frames = read(tmp_path, *links, new_labels="add")
    assert frames == [
        ("DOUBTS", [("from", "Ada"), ("to", "agreed")]),
        ("DOUBTS", [("from", "Ben"), ("to", "no")]),
        ("DOUBTS", [("from", "said"), ("to", "Port Ver")]),
    ]
    assert summary.problems == ()


@pytest.mark.parametrize("given", ["one file after the other", "both at once"])
def test_a_new_label_of_two_files_has_two_roles(tmp_path: Path, given: str) -> None:
    paths = []
    for name in ("Ada", "Ben"):
        links = [{"id": 1, "from_id": 2, "to_id": 1, "type": "BY"}]
        record = {"text": f"{name} said no.", "entities": PAIR, "relations": links}
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text(json.dumps(record), "utf-8")
    with project_in(tmp_path, "p", SCHEME) as project:
        for some in [paths] if given == "both at once" else [[one] for one in paths]:
            assert bring(project, *some, new_labels="add").problems == ()
        label = project.scheme.label("BY")
        assert label is not None
        assert [one.name for one in label.roles] == ["from", "to"]
        for content in project.contents():
            words = {one.id: content.article.text[one.start : one.end] for one in content.spans}
            (frame,) = content.frames
            assert [(end.role, words[end.end]) for end in frame.roles] == [
                ("from", "no"), ("to", content.article.text[:3]),
            ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2])
def test_roles_of_the_scheme_are_filled_by_the_order_of_ends(tmp_path: Path, count: int) -> None:
    roles = (Role("who", ("span",)), Role("what", ("span",)))[:count]
    scheme = Scheme("own", "", (*SCHEME.labels, Label("DOUBTS", "frame", roles=roles)))
    relations = [{"id": 1, "from_id": 1, "to_id": 2, "type": "DOUBTS"}]
    record = {"text": TEXT, "entities": PAIR, "relations": relations}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    with project_in(tmp_path, "p", scheme) as project:
        bring(project, tmp_path / "a.jsonl", new_labels="add")
        (content,) = project.contents()
        assert [end.role for end in content.frames[0].roles] == ["who", "what" if count == 2 else "who"]


@pytest.mark.parametrize("format_name", ["doccano", "label_studio"])
def test_frames_come_back_from_tools_that_keep_links_alone(tmp_path: Path, format_name: str) -> None:
    """Label Studio drops what says which links are one frame where somebody changes one."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p", SCHEME) as project, project_in(tmp_path, "q", SCHEME) as other:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        ids = {}
        for word, label in WORDS.items():
            place = Fragment(TEXT.index(word), TEXT.index(word) + len(word))
            ids[word] = project.add_span(article, label, (place,)).changes[0].record.id
        for roles in (
            {"claim": "no", "source": "Ada", "cue": "said"},
            {"claim": "agreed", "source": "Ben", "where": "Port Ver"},
        ):
            ends = [RoleEnd(role, "span", ids[word]) for role, word in roles.items()]
            project.add_frame(article, "SAYS", ends)
        path = tmp_path / "out.jsonl" if format_name == "doccano" else tmp_path / "out.json"
        export(project, path, format_name)
        bare = re.sub(r',"frame":\d+,"roles":\[[^]]*\]|,"frames":\[.*?\}\]', "", path.read_text("utf-8"))
        assert "roles" not in bare
        assert '"source"' not in bare
        path.write_text(bare, "utf-8")
        assert bring(other, path).problems == ()
        assert all_facts(other) == all_facts(project)
