"""Where what is said ends before the verb of the one who says or wants it, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

MAIN_VERBS = [
    ("Quill said the council's decision to drain the lake could cost the town its mill.",
     "the council's | decision | to drain the lake"),
    ("They heard that Quill's offer to resume the talks was late.", "Quill's | offer | to resume the talks"),
    ("Kerrin wrote in May that the farmers' decision to leave soon came too late.",
     "the farmers' | decision | to leave soon"),
    ("In May, farmers commenting on the dam have lost their fields.",
     "farmers | commenting on | the dam"),
    ("In May, farmers who wanted to drain the lake had to leave.",
     "who | wanted | to drain the lake"),
    ("In Orla, farmers supporting the new gate have no field by the lake.",
     "farmers | supporting | the new gate"),
    ("A note claiming that the gate has been sold is not true.",
     "A note | claiming | that the gate has been sold"),
    ("Kerrin wrote in May that the claim that the gate had been sold could not be proven.",
     " | the claim | that the gate had been sold"),
]  # fmt: skip
OWN_VERBS = [
    ("Kerrin praised the plan the mayor had made.", "Kerrin | praised | the plan the mayor had made"),
    ("Kerrin wants to say the dam is old.", "Kerrin | wants | to say the dam is old"),
    ("Kerrin criticised the will of the council.", "Kerrin | criticised | the will of the council"),
    ("Kerrin pledged to mend the gate should rain come.",
     "Kerrin | pledged | to mend the gate should rain come"),
    ("Kerrin supports farmers who have left.", "Kerrin | supports | farmers who have left"),
    ("Kerrin wanted to keep the gate so farmers can leave.",
     "Kerrin | wanted | to keep the gate so farmers can leave"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*MAIN_VERBS, *OWN_VERBS])
def test_what_is_said_ends_before_the_verb_of_its_subject(text: str, expected: str) -> None:
    """A verb belongs to what is said only if something in there can be its subject."""
    assert expected in [one.line for one in frames(text)]
