"""Words that few reports use, each in the frame that it takes, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

CASES = [
    ("“It leaks,” bellowed Kerrin.", "Kerrin | bellowed | “It leaks,”"),
    ("“It leaks,” Kerrin enthused.", "Kerrin | enthused | “It leaks,”"),
    ("Kerrin let slip that the dam leaks.", "Kerrin | let slip | that the dam leaks"),
    ("Kerrin made it clear that the dam leaks.", "Kerrin | made it clear | that the dam leaks"),
    ("Kerrin made the point that the dam leaks.", "Kerrin | made the point | that the dam leaks"),
    ("Kerrin found out that the dam leaks.", "Kerrin | found out | that the dam leaks"),
    ("Kerrin averred that the dam leaks.", "Kerrin | averred | that the dam leaks"),
    ("Kerrin doubled down on the plan.", "Kerrin | doubled down on | the plan"),
    ("Kerrin hit out at the plan.", "Kerrin | hit out at | the plan"),
    ("Kerrin took exception to the plan.", "Kerrin | took exception to | the plan"),
    ("Kerrin swatted away the plan.", "Kerrin | swatted away | the plan"),
    ("Kerrin shied away from the plan.", "Kerrin | shied away from | the plan"),
    ("Kerrin paid tribute to the farmers.", "Kerrin | paid tribute to | the farmers"),
    ("Kerrin talked up the plan.", "Kerrin | talked up | the plan"),
    ("Kerrin put forward a plan.", "Kerrin | put forward | a plan"),
    ("Kerrin raised the alarm about the dam.", "Kerrin | raised the alarm about | the dam"),
    ("Kerrin entreated the council to leave.", "Kerrin | entreated | the council to leave"),
    ("Kerrin figured out how the dam leaks.", "Kerrin | figured out | how the dam leaks"),
    ("The farmers heaped scorn on the plan.", "The farmers | heaped scorn on | the plan"),
    ("Kerrin heaped praise on the plan.", "Kerrin | heaped praise on | the plan"),
    ("Kerrin reversed course on the plan.", "Kerrin | reversed course on | the plan"),
    ("Kerrin changed her tune on the plan.", "Kerrin | changed her tune on | the plan"),
    ("Kerrin flip-flopped on the plan.", "Kerrin | flip-flopped on | the plan"),
    ("Kerrin made a pitch for the plan.", "Kerrin | made a pitch for | the plan"),
    ("Kerrin pinned the blame on the plan.", "Kerrin | pinned the blame on | the plan"),
    ("Kerrin gave ground on the plan.", "Kerrin | gave ground on | the plan"),
    ("Kerrin unloaded on the plan.", "Kerrin | unloaded on | the plan"),
    ("Kerrin fired back at the plan.", "Kerrin | fired back at | the plan"),
    ("Kerrin whined about the plan.", "Kerrin | whined about | the plan"),
    ("Kerrin put a spotlight on the plan.", "Kerrin | put a spotlight on | the plan"),
    ("Kerrin stuck with the plan.", "Kerrin | stuck with | the plan"),
    ("Kerrin lit into the plan.", "Kerrin | lit into | the plan"),
    ("Kerrin wavered on the plan over that time, but left.", "Kerrin | wavered on | the plan over that time"),
    ("Kerrin is apprehensive about the dam.", "Kerrin | is apprehensive about | the dam"),
    ("Kerrin is unconvinced that the dam holds.", "Kerrin | is unconvinced | that the dam holds"),
    ("In the view of Kerrin, the dam is old.", "Kerrin | In the view of | the dam is old"),
    ("The dam, in the words of Kerrin, is old.", "Kerrin | in the words of | The dam … is old"),
    ("According to the letter, which Quill has seen, the dam is old.",
     "the letter, which Quill has seen | According to | the dam is old"),
]  # fmt: skip


TURNS = [
    ("“The dam leaks,” according to Kerrin.", "Kerrin | according to | “The dam leaks,”"),
    ("As Kerrin puts it, the dam is old.", "Kerrin | puts it | the dam is old"),
    ("In her view, the dam is old.", "her | view | the dam is old"),
    ("The minister's view is that the dam is old.", "The minister's | view is | that the dam is old"),
    ("His argument was that the dam is old.", "His | argument was | that the dam is old"),
    ("Word from the ministry is that the dam leaks.", "the ministry | Word from | that the dam leaks"),
    ("The plan drew criticism from farmers.", "farmers | drew criticism from | The plan"),
    ("Kerrin drew a contrast with the minister.", "Kerrin | drew a contrast with | the minister"),
    ("Kerrin pointed the finger at the farmers.", "Kerrin | pointed the finger at | the farmers"),
    ("Kerrin has no plans to resign.", "Kerrin | has no plans | to resign"),
    ("The bill would close dams, sponsors say.", "sponsors | say | The bill would close dams"),
    ("New figures showed the dam leaks.", "New figures | showed | the dam leaks"),
    ("Amid fears that the dam would break, people left.", " | fears | that the dam would break"),
    ("Rumours that the dam leaks are old.", " | Rumours | that the dam leaks"),
    ("The dam, which Kerrin called “a monster,” leaks.", "Kerrin | called | which … “a monster,”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TURNS, ids=[text[:40] for text, _ in TURNS])
def test_turns_of_phrase(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


def test_as_saying_is_told_once() -> None:
    assert [one.line for one in frames("Kerrin was quoted as saying that the dam leaks.")] == [
        "Kerrin | was quoted as saying | that the dam leaks"
    ]


EDGES = [
    ("Quill later defended the plan.", "Quill | later defended | the plan"),
    ("Quill recently revealed that the dam leaks.", "Quill | recently revealed | that the dam leaks"),
    ("Quill said angrily that the dam leaks.", "Quill | said angrily | that the dam leaks"),
    ("No one knows what the dam holds.", "No one | knows | what the dam holds"),
    ("Neither mayor said that the dam leaks.", "Neither mayor | said | that the dam leaks"),
    ("Only three mayors said that the dam leaks.", "Only three mayors | said | that the dam leaks"),
    ("Anna Quill of Orla, North Tarn said that the dam leaks.",
     "Anna Quill of Orla, North Tarn | said | that the dam leaks"),
    ("In an interview in Orla, Quill said that the dam leaks.", "Quill | said | that the dam leaks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EDGES, ids=[text[:40] for text, _ in EDGES])
def test_the_edges_of_source_and_cue(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_a_rare_cue_is_found_in_its_frame(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Kerrin lies in bed.",
        "Kerrin beat back the water.",
        "In the view from Orla, the dam is small.",
        "The lion roars in the park.",
        "Kerrin posted the letter on Monday.",
    ],
)
def test_the_same_words_elsewhere_are_no_sure_ones(text: str) -> None:
    assert all(one.frame.score < 0.8 for one in frames(text))
