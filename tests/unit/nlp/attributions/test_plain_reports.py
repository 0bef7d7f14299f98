"""News of many papers: places before a colon, who speaks when a mark is missing, to whom it is said."""

from __future__ import annotations

import pytest
from attributions_said import lines

SAID = [
    ("MUMBAI: The clerk on Monday said the dam of the town was safe and would be checked once more.",
     "The clerk | said | the dam of the town was safe and would be checked once more"),
    ("Managua: A wall of the old dam near the town broke on Monday, and farmers said it had leaked.",
     "farmers | said | it had leaked"),
    ("Iran: We agree to hold talks on the dam with all the towns that lie below it next week.",
     "Iran | : | We agree to hold talks on the dam with all the towns that lie below it next week"),
    ("The dam expert at Orla State University, said: “The wall is weak.”",
     "The dam expert at Orla State University | said: | “The wall is weak.”"),
    ("In a statement Captain Anna Quill, of the Orla Fire Command, said: “We are ready.”",
     "Captain Anna Quill, of the Orla Fire Command, | said: | “We are ready.”"),
    ("Anna Quill, 36, from Trellin said that the wall is weak.",
     "Anna Quill, 36, from Trellin | said | that the wall is weak"),
    ("Rob Hale, head of the Farmers Union (FU), who is in Orla told the Herald that the wall had gone.",
     "Rob Hale, head of the Farmers Union (FU), who is in Orla | told | that the wall had gone"),
    ("The mayor, the governor and two senators said it was late.",
     "The mayor, the governor and two senators | said | it was late"),
    ("Last year, the mayor and the clerk said it was late.", "the mayor and the clerk | said | it was late"),
    ("Quill, Hale and Brink, all farmers, said the wall was weak.",
     "Quill, Hale and Brink, all farmers, | said | the wall was weak"),
    ("She and her sister, both of the union, said the wall was weak.",
     "She and her sister, both of the union, | said | the wall was weak"),
    ("Hale, who runs the works, and Quill said the wall was weak.",
     "Hale, who runs the works, and Quill | said | the wall was weak"),
    ("Quill and Hale said the dam was old and Brink and Moss said it was new.",
     "Brink and Moss | said | it was new"),
    ("The governor, during a visit to Orla, Trellin County, on Monday, said it leaks.",
     "The governor | said | it leaks"),
    ("On a visit to Orla, Quill, 65, said it leaks.", "Quill, 65, | said | it leaks"),
    ("“It leaks,” said retired Chief Deputy Rob Hale.", "retired Chief Deputy Rob Hale | said | “It leaks,”"),
    ("Quill, the farmer’s son who ran the town for years and once told it that it was old, has died.",
     "who | once told | that it was old"),
    ("According to police, the man, 45, was driving a lorry when it hit a wall.",
     "police | According to | the man, 45, was driving a lorry when it hit a wall"),
    ("“It is new,” said lead author Dr Anna Quill, of the University of Orla.",
     "lead author Dr Anna Quill, of the University of Orla | said | “It is new,”"),
    ("“It is so old,” said Quill, of the dam.", "Quill | said | “It is so old,”"),
    ("“It always leaks,” tweeted @OrlaFarmer.", "@OrlaFarmer | tweeted | “It always leaks,”"),
    ("“It is late,” said Anna Quill, a nurse at the mill, adding that prices had risen.",
     "Anna Quill, a nurse at the mill | adding | that prices had risen"),
    ("Rob Hale of Long Beach, Calif., admits that the wall leaks.",
     "Rob Hale of Long Beach, Calif., | admits | that the wall leaks"),
    ("According to a Trellin-based think tank, the wall is weak.",
     "a Trellin-based think tank | According to | the wall is weak"),
    ("The wall was weak, said Rob Hale, an engineer with Orla Works Co. The firm built it, he said.",
     "he | said | The firm built it"),
]  # fmt: skip
TOLD = [
    ("The magazine asks its readers who they would vote for.",
     "The magazine | asks | who they would vote for"),
    ("The paper asks its readers who said what.", "The paper | asks | who said what"),
    ("Quill asked the farmer who built the wall why it leaks.", "Quill | asked | why it leaks"),
    ("Quill asked lawyers when the ruling would come.", "Quill | asked | when the ruling would come"),
    ("The mayor told the Orla outlet The Daily Crier that the dam was old.",
     "The mayor | told | that the dam was old"),
    ("She told the board which oversees dams that the wall was old.", "She | told | that the wall was old"),
    ("The mayor told residents the plan, which he had drawn up himself, was sound.",
     "The mayor | told | the plan, which he had drawn up himself, was sound"),
    ("Quill said she is hopeful but not counting on anything.",
     "Quill | said | she is hopeful but not counting on anything"),
    ("Quill said people should be kind to the judge or the accused.",
     "Quill | said | people should be kind to the judge or the accused"),
    ("Aides say that he sees no need to leave, believing that it holds.",
     "Aides | say | that he sees no need to leave, believing that it holds"),
    ("Quill said the firm took the money, hoping nobody would notice.",
     "the firm | hoping | nobody would notice"),
    ("Quill said the firm took the money, adding that nobody noticed.",
     "Quill | said | the firm took the money"),
    ("Members of the council have vowed to skip the vote on Monday claiming they were threatened.",
     "Members of the council | have vowed | to skip the vote on Monday"),
    ("Chief Rob Hale denied the request, citing Chapter 211 of the statutes.",
     "Chief Rob Hale | denied | the request"),
    ("“We were overwhelmed,” the caretaker only identified as John told Orla News of the fire.",
     "the caretaker only identified as John | told | “We were overwhelmed,”"),
    ("“We were overwhelmed,” a clerk named only as John told Orla News.",
     "a clerk named only as John | told | “We were overwhelmed,”"),
    ("Quill said those who were hurt wanted more money and wanted to see the mayor go.",
     "Quill | said | those who were hurt wanted more money and wanted to see the mayor go"),
    ("Critics hit out at the council over the delays in recent weeks and the cost of the work.",
     "Critics | hit out at | the council over the delays in recent weeks and the cost of the work"),
    ("The farmer, at a meeting with officials in the town hall on Monday, said the dam was old.",
     "The farmer | said | the dam was old"),
    ("Rob Hale, at Orla University, said the dam was old.",
     "Rob Hale, at Orla University, | said | the dam was old"),
    ("Orla may sue over a leak - allegations Trellin says Quill has made up.",
     "Trellin | says | Quill has made up"),
    ("She pointed to leaks in the north, the south Orla works, the Brandon report and the Grace case.",
     "She | pointed to | leaks in the north, the south Orla works, the Brandon report and the Grace case"),
    ("Quill told us that he did not sell it; that he does not know where it is; and that he is sorry.",
     "Quill | told | that he did not sell it; that he does not know where it is; and that he is sorry"),
    ("Quill said it leaks; the town is safe.", "Quill | said | it leaks"),
    ("He added that if all buy a band - assuming eight million do - the range would grow much.",
     "He | added | that if all buy a band - assuming eight million do - the range would grow much"),
    ("He said the rock was first spotted and observed by a telescope in May.",
     "He | said | the rock was first spotted and observed by a telescope in May"),
    ("He says that he will continue giving his life and spread the word.",
     "He | says | that he will continue giving his life and spread the word"),
    ("He says that she left and warns of more.", "He | says | that she left"),
    ("Quill points out that the watch will not just be plated, but actually made of gold.",
     "Quill | points out | that the watch will not just be plated, but actually made of gold"),
    ("The firm said in its report filed on Monday that it bought the dam.",
     "The firm | said | that it bought the dam"),
    ("Quill wrote in a letter sent to members on Monday that the dam was old.",
     "Quill | wrote | that the dam was old"),
    ("The Herald cited sources who said agencies have warned the jets could be used.",
     "who | said | agencies have warned the jets could be used"),
    ("The clerk who wrote the piece defends it, saying that the dam was old.",
     "The clerk who wrote the piece | saying | that the dam was old"),
    ("Critics hit out at the council over the delays in recent weeks and left the hall.",
     "Critics | hit out at | the council over the delays"),
]  # fmt: skip

LED_ON = [
    ("The mayor said:\n“The dam is safe, and we check it daily.”",
     "The mayor | said: | “The dam is safe, and we check it daily.”"),
    ("While noting the ruling, he added,\n“The dam is safe, and we check it daily.”",
     "he | added | “The dam is safe, and we check it daily.”"),
    ("A clerk told the Herald the following:\n“The dam is safe, and we check it daily.”",
     "A clerk | told | “The dam is safe, and we check it daily.”"),
    ("The Daily Crier added:\nThe dam is safe, and the town checks it daily.",
     "The Daily Crier | added: | The dam is safe, and the town checks it daily"),
]  # fmt: skip
TOPICS = [
    ("VAT: Quill threatens to close shops", "Quill | threatens | to close shops"),
    ("Brexit: Theresa May rejects a second vote", "Theresa May | rejects | a second vote"),
    ("Iraq: Isis claims it shot down a plane", "Isis | claims | it shot down a plane"),
    ("Orla dam: Quill says it will be mended", "Quill | says | it will be mended"),
]
SELDOM = [
    ("“The dam leaks.” — Ida Quill", "Ida Quill | — | “The dam leaks.”"),
    ("Yet according to a report by the ministry, the gates are old.",
     "a report by the ministry | according to | the gates are old"),
    ("The council voted 7 to 2 to close the dam.", "The council | voted | to close the dam"),
    ("“It leaks,” report the papers.", "the papers | report | “It leaks,”"),
    ("When officials say the gates are shut, leave the town.", "officials | say | the gates are shut"),
]  # fmt: skip
SPEAKERS = [
    ("Poll: Most voters want Quill to go", "Poll | : | Most voters want Quill to go"),
    ("Iraq: Quill plans to leave the bloc", "Iraq | : | Quill plans to leave the bloc"),
    ("UN: Russia denies it shot down the plane", "UN | : | Russia denies it shot down the plane"),
]
NOT_LED_ON = [
    "Quill tweeted the following picture:\nIs the mayor poking fun at the governor and his dam?",
    "The Daily Crier writes:\nThe clerks of the town of Orla agree with it:",
    "The mayor has opened these gates:\nThe north gate of the town and the gate at the old mill.",
]


@pytest.mark.parametrize(("text", "expected"), [*SAID, *TOLD, *LED_ON])
def test_finds_it(text: str, expected: str) -> None:
    """Who says it, by which words, and what, as they stand."""
    assert expected in lines(text)


@pytest.mark.parametrize(("text", "expected"), TOPICS)
def test_the_matter_of_a_headline_says_nothing(text: str, expected: str) -> None:
    """Who is named behind the colon reports on what stands before it."""
    found = lines(text)
    assert expected in found
    assert not any(" | : | " in one for one in found)


@pytest.mark.parametrize(("text", "expected"), SELDOM)
def test_plain_forms_that_few_articles_have(text: str, expected: str) -> None:
    """More than a thousand texts may have none of them, and the next one does."""
    assert expected in lines(text)


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_who_speaks_in_a_headline_still_does(text: str, expected: str) -> None:
    """Polls, bodies and places that speak stay before the colon."""
    assert expected in lines(text)


@pytest.mark.parametrize("text", NOT_LED_ON)
def test_leaves_the_next_paragraph_alone(text: str) -> None:
    """A colon behind a picture, before another colon or behind other verbs leads to nobody's words."""
    behind = text.partition("\n")[2].rstrip(".:?")
    assert not any(behind in one for one in lines(text))
