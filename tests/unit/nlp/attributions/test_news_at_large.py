"""News at large: claims that go on over asides, what is in the air, words that only look like verbs."""

from __future__ import annotations

import pytest
from attributions_said import lines

GOING_ON = [
    ("He said that, while it leaks in May, the town does not yet know how many farmers will go.",
     "He | said | that, while it leaks in May, the town does not yet know how many farmers will go"),
    ("He said that while the clerk stated that it leaks, the mayor had said that it holds.",
     "He | said | that while the clerk stated that it leaks, the mayor had said that it holds"),
    ("He told us that all the signs confirm that, if anything, we are doing better than I suggested.",
     "He | told | that all the signs confirm that, if anything, we are doing better than I suggested"),
    ("They said that gates were shut because the staff, whose office is near, complained of noise.",
     "They | said | that gates were shut because the staff, whose office is near, complained of noise"),
    ("Quill predicted Orla Works, owned by the Hale family, would need half a year.",
     "Quill | predicted | Orla Works, owned by the Hale family, would need half a year"),
    ("The union said it would meet the plan with protest and warning strikes.",
     "The union | said | it would meet the plan with protest and warning strikes"),
    ("The radio said Musa and Hale agreed that it would be mended.",
     "The radio | said | Musa and Hale agreed that it would be mended"),
    ("He said most farmers saw no end of it and were predicting a dry year.",
     "He | said | most farmers saw no end of it and were predicting a dry year"),
    ("The Herald said farmers refused to believe it and are planning to sue.",
     "The Herald | said | farmers refused to believe it and are planning to sue"),
    ("Hale said the firm, which holds half of it, still supported the bid.",
     "Hale | said | the firm, which holds half of it, still supported the bid"),
    ("The bank said a programme for the valley was working but needed more money than planned.",
     "The bank | said | a programme for the valley was working but needed more money than planned"),
    ("The paper said he was raised in Orla and often retreated there.",
     "The paper | said | he was raised in Orla and often retreated there"),
    ("Quill said towns had been making use of it and banks in the valley had issued notes.",
     "Quill | said | towns had been making use of it and banks in the valley had issued notes"),
    ("The new rule is expected to standardize checks across the valley.",
     "The new rule … to standardize checks across the valley"),
]  # fmt: skip
ENDING = [
    ("He said the dam was old but refused to name the farmer.", "He | said | the dam was old"),
    ("He disputes that, saying that it holds.", "He | disputes | that"),
    ("The crowd chanted “Shut the gate” and, on Monday, turned away from the mayor.",
     "The crowd | chanted | “Shut the gate”"),
    ("Orla sent a mission in May hoping to borrow more but clinched no deal.",
     "Orla | hoping | to borrow more"),
    ("He finds that in government work, Quill said.", "Quill | said | He finds that in government work"),
]  # fmt: skip
TOLD = [
    ("Quill told a news conference Orla was ready to shut the gate.",
     "Quill | told | Orla was ready to shut the gate"),
    ("Quill told a news conference Orla was ready to shut the gate.",
     "Orla | was ready | to shut the gate"),
    ("The firm said in a statement prices would fall.", "The firm | said | prices would fall"),
    ("He told reporters this year's harvest exceeded what was needed.",
     "He | told | this year's harvest exceeded what was needed"),
]  # fmt: skip
IN_THE_AIR = [
    ("Rumours circulated on the web over the weekend that the mayor was ill.",
     " | Rumours circulated on the web over the weekend | that the mayor was ill"),
    ("Word soon got around that the gate was shut.", " | Word soon got around | that the gate was shut"),
    ("Fears have been raised that the dam may break.",
     " | Fears have been raised | that the dam may break"),
    ("Concerns were raised regarding the dam.", " | Concerns were raised regarding | the dam"),
    ("Concerns have been raised about the dam.", " | Concerns have been raised about | the dam"),
    ("Rumour has it that the mill will close.", " | Rumour has it | that the mill will close"),
    ("The general belief now is that the tax is dead.",
     " | general belief now is | that the tax is dead"),
    ("Rumours of her death began circulating that she had drowned.",
     " | Rumours of her death began circulating | that she had drowned"),
]  # fmt: skip
NOBODY = [
    "The claim here is that readers will wait.",
    "The only link that Quill had to the case was that he was a friend of hers.",
    "It is not a very promising number.",
    "The market has less demanding requirements.",
    "The firm offers convertible preferred stock.",
    "In other news, Quill broke the mould of the dam that leaked.",
]
SPEAKERS = [
    ("Prices will fall in Orla, U.S. Bank officials said.", "U.S. Bank officials | said | "),
    ("Healy said the town will have to borrow.", "Healy | said | the town will have to borrow"),
    ("The fire spread from the mill, a source familiar with the arrest told CNN.",
     "a source familiar with the arrest | told | The fire spread from the mill"),
    ("Soldiers fought farmers in the town, witnesses and security sources said.",
     "witnesses and security sources | said | Soldiers fought farmers in the town"),
    ("Work needs to be shared, says the Orla Bank in its quarterly review.",
     "the Orla Bank | says | Work needs to be shared"),
    ("They used the money to make early payments, the Governor of the Bank of Orla, Anna Quill, said.",
     "the Governor of the Bank of Orla, Anna Quill, | said | They used the money to make early payments"),
    ("A man known as “Marsh” told police he had seen it.",
     "A man known as “Marsh” | told | he had seen it"),
    ("A reader named “Marsh” said it leaks.", "A reader named “Marsh” | said | it leaks"),
    ("The clerk Rob Hale\u200b \u200bsaid\u200b Monday\u200b he liked the plan.",
     "The clerk Rob Hale | said | he liked the plan"),
    ("Farmers, teachers, and nurses said they would strike.",
     "Farmers, teachers, and nurses | said | they would strike"),
    ("In Orla, farmers, teachers, and nurses said they would strike.",
     "farmers, teachers, and nurses | said | they would strike"),
    ("According to the Herald, Hale, Brink, and Moss said it leaks.",
     "Hale, Brink, and Moss | said | it leaks"),
    ("According to police, farmers and clerks, however, the dam is safe.",
     "police, farmers and clerks | According to | the dam is safe"),
    ("Officials at yesterday's crisis meeting said the dam was safe.",
     "Officials at yesterday's crisis meeting | said | the dam was safe"),
    ("Monday's vote is expected to fail.", "Monday's vote … to fail"),
    ("This year's output is estimated at ten tonnes.", "This year's output … at ten tonnes"),
    ("Multiple unconfirmed reports say it leaks.", "Multiple unconfirmed reports | say | it leaks"),
    ("A group called “Mothers Against the Dam” claimed that it leaks.",
     "A group called “Mothers Against the Dam” | claimed | that it leaks"),
    ("A collective known as “Orla Is Dying of Thirst” said the planes hit the town.",
     "A collective known as “Orla Is Dying of Thirst” | said | the planes hit the town"),
    ("Late last month Affairs minister Rob Hale said it leaks.",
     "Affairs minister Rob Hale | said | it leaks"),
    ("After a week Hale decided that it leaks.", "Hale | decided | that it leaks"),
    ("The mayor, who as a candidate promised to end it, won.", "who | promised | to end it"),
    ("The clerk defended it, with Rob Hale, the chief, saying that it would not change.",
     "Rob Hale, the chief, | saying | that it would not change"),
    ("Rob Hale, an economist at Den Orla Bank A/S, the town's biggest bank, said he thought it leaks.",
     "Rob Hale, an economist at Den Orla Bank A/S, the town's biggest bank, | said | he thought it leaks"),
    ("Hale said the rise, announced today by the board, was too small.",
     "Hale | said | the rise, announced today by the board, was too small"),
    ("The dam, said Rob Hale, a clerk, would last four years.",
     "Rob Hale, a clerk | said | The dam … would last four years"),
    ("The ministry in a statement said it leaks.", "The ministry | said | it leaks"),
    ("Anna Quill in an interview with the Herald said that it leaks.", "Anna Quill | said | that it leaks"),
    ("She expressed concerns regarding the plan.", "She | expressed concerns regarding | the plan"),
    ("He urged the town to wait, expressing anger over the delay.", "He | urged | the town to wait"),
    ("The banks agreed to let Orla mend the dam.", "The banks | agreed | to let Orla mend the dam"),
    ("She was worried that Orla had no part in the U.K.-U.S. plan to mend it.",
     "She | was worried | that Orla had no part in the U.K.-U.S. plan to mend it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOING_ON + ENDING + TOLD + IN_THE_AIR + SPEAKERS)
def test_what_is_said_has_its_edges(text, expected):
    assert any(expected in one for one in lines(text)), lines(text)


@pytest.mark.parametrize(("text", "expected"), ENDING + TOLD)
def test_what_is_said_ends_there(text, expected):
    assert expected in lines(text)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_says_so(text):
    assert not lines(text)
