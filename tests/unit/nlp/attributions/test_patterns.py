"""Every way in which a report says who says what, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

CASES = [
    # source | cue | claim; pieces of a claim are parted by " … "
    ("“The dam will hold,” Quill said.", "Quill | said | “The dam will hold,”"),
    ('"The dam will hold," said Quill, a farmer from Orla.',
     'Quill, a farmer from Orla | said | "The dam will hold,"'),
    ("Quill said, “The dam will hold.”", "Quill | said | “The dam will hold.”"),
    ("Quill said: “The dam will hold.”", "Quill | said: | “The dam will hold.”"),
    ("“The dam,” Quill said, “will hold.”", "Quill | said | “The dam,” … “will hold.”"),
    ("“It holds,” Quill said. “It always did.”", "Quill | said | “It holds,” … “It always did.”"),
    ("The dam will hold, Quill said on Monday.", "Quill | said | The dam will hold"),
    ("The dam, the mayor said, will hold for years.", "the mayor | said | The dam … will hold for years"),
    ("Quill said that the dam will hold.", "Quill | said | that the dam will hold"),
    ("Quill told reporters the dam will hold.", "Quill | told | the dam will hold"),
    ("Quill has not said whether the dam will hold.", "Quill | has not said | whether the dam will hold"),
    ("According to the report, the dam is old.", "the report | According to | the dam is old"),
    ("The dam is old, according to the report.", "the report | according to | The dam is old"),
    ("As Quill said, the dam is old.", "Quill | said | the dam is old"),
    ("The council expressed doubts that the dam would hold.",
     "The council | expressed doubts | that the dam would hold"),
    ("There are fears that the dam will break.", " | are fears | that the dam will break"),
    ("Quill welcomed the plan, adding that the dam was old.", "Quill | adding | that the dam was old"),
    ("Quill urged the council to drain the lake.", "Quill | urged | the council to drain the lake"),
    ("Quill called for a new dam.", "Quill | called for | a new dam"),
    ("Kerrin, who met Quill on Friday, said the dam was safe.",
     "Kerrin, who met Quill on Friday, | said | the dam was safe"),
    ("Quill declined to comment.", "Quill | declined | to comment"),
    ("MODERATOR: Thank you all for coming tonight.", "MODERATOR | : | Thank you all for coming tonight."),
    ("Dam will hold another winter: Quill", "Quill | : | Dam will hold another winter"),
    ("He criticised the plan in a statement.", "He | criticised | the plan"),
    ("The plan was criticised by Quill for its cost.", "Quill | was criticised | The plan … for its cost"),
    ("In Orla, Mayor Quill said the dam was safe.", "Mayor Quill | said | the dam was safe"),
    ("Residents who spoke with the Herald said the dam leaks.",
     "Residents who spoke with the Herald | said | the dam leaks"),
    ("And yet, her aides say, the dam remains a risk.", "her aides | say | the dam remains a risk"),
    ("Orla (CPN) - The dam is old, Quill said.", "Quill | said | The dam is old"),
    ("Quill is confident that the dam will hold.", "Quill | is confident | that the dam will hold"),
    ("Asked whether the dam leaks, Quill smiled.", " | Asked | whether the dam leaks"),
    ("The dam has reportedly been leaking.", " | reportedly | The dam has … been leaking"),
    ("About four in 10 said they were angry.", "About four in 10 | said | they were angry"),
    ("The plan is late, Quill said, adding that it was dear.", "Quill | adding | that it was dear"),
    ("Theresa May said US troops would leave.", "Theresa May | said | US troops would leave"),
    ("The dam that Quill said was safe broke.", "Quill | said | that … was safe broke"),
    ("While Quill says the dam holds, the town is leaving.", "Quill | says | the dam holds"),
    ("Quill praised the plan as a great step.", "Quill | praised | the plan as a great step"),
    ("Quill asked Kerrin to leave.", "Quill | asked | Kerrin to leave"),
    ("A report by the council shows that it leaks.", "A report by the council | shows | that it leaks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_pattern(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]
