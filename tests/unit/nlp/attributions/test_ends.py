"""Where what is said ends: at a dash, a comma, "and", a quotation, before words that tell when."""

from __future__ import annotations

import pytest
from attributions_said import frames

DASHES = [
    ("Quill said the dam is safe - a claim few farmers share.", "Quill | said | the dam is safe"),
    ("Quill said the dam is safe — though it leaks.", "Quill | said | the dam is safe"),
    ("Quill said the dam is safe - including its old wall.",
     "Quill | said | the dam is safe - including its old wall"),
    ("Quill said that the dam - a relic of the war - is safe.",
     "Quill | said | that the dam - a relic of the war - is safe"),
    ("Quill said the gates are 35-30 years old.", "Quill | said | the gates are 35-30 years old"),
    ("His claim - and his suggestion that the dam leaks - angered farmers.",
     "his | suggestion | that the dam leaks"),
    ("Kerrin criticised the plan - which she once backed - and left.", "Kerrin | criticised | the plan"),
    ("Kerrin criticised the plan - and hit back.", "Kerrin | criticised | the plan"),
    ("Kerrin criticised the plan — in fact, many farmers oppose it.", "Kerrin | criticised | the plan"),
    ("Kerrin praised farmers - like Anna Quill - who stayed.",
     "Kerrin | praised | farmers - like Anna Quill - who stayed"),
    ("Kerrin praised the dam - especially its wall.", "Kerrin | praised | the dam - especially its wall"),
]  # fmt: skip

OPENED = [
    ("But while Quill says the dam holds, farmers are leaving.", "Quill | says | the dam holds"),
    ("However, when Kerrin announced her plan, farmers left.", "Kerrin | announced | her plan"),
    ("For example, if Kerrin wanted to drain the lake, she could do it.",
     "Kerrin | wanted | to drain the lake"),
    ("The next morning when Quill found it leaked, farmers went home.", "Quill | found | it leaked"),
    ("Yet, over a year since Kerrin announced her plan, here we are.", "Kerrin | announced | her plan"),
    ("Realising they had been seen, the pair left.", "the pair | Realising | they had been seen"),
    ("Seeing her chance, Anna Quill jumped in.", "Anna Quill | Seeing | her chance"),
    ("Quill said if the dam broke, the valley would be lost.",
     "Quill | said | if the dam broke, the valley would be lost"),
]  # fmt: skip

NAMES = [
    ("Kerrin criticised a judge, Anna Quill, for her delay.",
     "Kerrin | criticised | a judge, Anna Quill, for her delay"),
    ("Kerrin retweeted a message from her aide, Anna Quill, that read: “It leaks.”",
     "Kerrin | retweeted | a message from her aide, Anna Quill, that read: “It leaks.”"),
    ("Kerrin praised Orla Dams, Quill and Rob.", "Kerrin | praised | Orla Dams, Quill and Rob"),
    ("Kerrin criticised the plan, Quill said.", "Kerrin | criticised | the plan"),
    ("Kerrin criticised the plan, Quill, a farmer, said.", "Kerrin | criticised | the plan"),
    ("Quill said the weir and the mill, now a shop, closed for good.",
     "Quill | said | the weir and the mill, now a shop, closed for good"),
]  # fmt: skip

QUESTIONS = [
    ("Kerrin voiced doubts about whether the dam would hold.",
     "Kerrin | voiced doubts about | whether the dam would hold"),
    ("Kerrin has a view of how a mayor should speak.",
     "Kerrin | has a view of | how a mayor should speak"),
    ("His positions on sheep and trade are in conflict.", "His | positions on | sheep and trade"),
]  # fmt: skip

JOINED = [
    ("Kerrin is looking for a mayor who cares and is honest.",
     "Kerrin | is looking for | a mayor who cares and is honest"),
    ("Kerrin called on the council to meet and help the farmers.",
     "Kerrin | called on | the council to meet and help the farmers"),
    ("Kerrin called on the council to meet and praised the farmers.",
     "Kerrin | called on | the council to meet"),
    ("Kerrin unveiled a film showing farmers leaving their homes and asking for help.",
     "Kerrin | unveiled | a film showing farmers leaving their homes and asking for help"),
    ("They plan to open it and look inside.", "They | plan | to open it and look inside"),
    ("Kerrin agreed to the plan.", "Kerrin | agreed to | the plan"),
    ("Kerrin claimed victory and was gone.", "Kerrin | claimed | victory"),
    ("Quill said a dam had broken and was presumed lost.",
     "Quill | said | a dam had broken and was presumed lost"),
    ("The claim that the dam leaks and is old was denied.", " | The claim | that the dam leaks and is old"),
    ("Kerrin is mourning a dog who delighted farmers and changed the valley.",
     "Kerrin | is mourning | a dog who delighted farmers and changed the valley"),
    ("Quill learned Rob was lying so decided to leave.", "Quill | learned | Rob was lying"),
    ("They want to find it in the box, and are happy.", "They | want | to find it in the box"),
    ("She made friends, praising the farmers and asking for help.", "She | praising | the farmers"),
    ("Quill says it closed the gate but opted to open it later.",
     "Quill | says | it closed the gate but opted to open it later"),
    ("Quill said the council owns the dam and wants to sell it.",
     "Quill | said | the council owns the dam and wants to sell it"),
    ("Quill said the council owned the dam and wanted to sell it.",
     "Quill | said | the council owned the dam"),
    ("“It leaks,” said Quill, explaining she is tearing down the wall and putting up a fence.",
     "Quill | explaining | she is tearing down the wall and putting up a fence"),
    ("Quill left, saying it was old and adding that it leaks.", "Quill | saying | it was old"),
]  # fmt: skip

SECOND_VERBS = [
    ("Kerrin’s proposal to make firms stay or pay is good policy.",
     "Kerrin’s | proposal | to make firms stay or pay"),
    ("If it broke, farmers who wanted to see the dam could come.", "who | wanted | to see the dam"),
    ("Farmers who say the dam is safe in their view were asked to leave.",
     "who | say | the dam is safe in their view"),
    ("Quill met farmers who say the dam they own is safe.", "who | say | the dam they own is safe"),
]  # fmt: skip

AWAITING = [
    ("Kerrin is denying a farmer’s claim that dams in Orla, also known as weirs, have leaked.",
     "Kerrin | is denying | a farmer’s claim that dams in Orla, also known as weirs, have leaked"),
    ("Farmers tweeted pictures that show that some of the walls - including the weir - did break.",
     "Farmers | tweeted | pictures that show that some of the walls - including the weir - did break"),
    ("A farmer who claims to have met Anna Quill showed up at the fair.",
     "who | claims | to have met Anna Quill"),
    ("The man who is reported to have stopped the flood is a farmer.",
     " | is reported | who … to have stopped the flood"),
    ("The farmers, who are feared to have been lost in the flood, went missing in May.",
     " | are feared | who … to have been lost in the flood"),
    ("As part of the plan, Orla is also building a weir, said Mayor Anna Quill.",
     "Mayor Anna Quill | said | As part of the plan, Orla is also building a weir"),
    ("Quill couldn’t see how it leaks, but, he said, it does.", "Quill | couldn’t see | how it leaks"),
]  # fmt: skip

BY_TENSE = [
    ("The council has said that it would pay, but there is anger in Orla.",
     "The council | has said | that it would pay"),
    ("Quill said it was late, but it was safe.", "Quill | said | it was late, but it was safe"),
    ("Farmers were certain they would win, and Kerrin enjoyed it.",
     "Farmers | were certain | they would win"),
]  # fmt: skip

HALVES = [
    ("The dam broke near Orla, officials said, killing three.",
     "officials | said | The dam broke near Orla … killing three"),
    ("The dam broke near Orla, officials said, speaking on condition of anonymity.",
     "officials | said | The dam broke near Orla"),
    ("The dam broke near Orla, Quill said, shaking her head.", "Quill | said | The dam broke near Orla"),
    ("The dam is old, they say, but it still holds.", "they | say | The dam is old … but it still holds"),
    ("The dam is old, they say, but Kerrin denies it.", "they | say | The dam is old"),
    ("(CPN) -- The dam leaks, officials said.", "officials | said | The dam leaks"),
]  # fmt: skip

WHEN_AND_WHERE = [
    ("Kerrin criticised Quill during a debate.", "Kerrin | criticised | Quill"),
    ("Kerrin criticised her in other towns.", "Kerrin | criticised | her in other towns"),
    ("Kerrin criticised the farmers in the valley.", "Kerrin | criticised | the farmers in the valley"),
    ("Kerrin criticised Orlans in the valley.", "Kerrin | criticised | Orlans in the valley"),
    ("Kerrin has played down the idea in recent weeks.", "Kerrin | has played down | the idea"),
    ("Kerrin has played down the idea in the last year.", "Kerrin | has played down | the idea"),
    ("Kerrin condemned the plan in statements.", "Kerrin | condemned | the plan"),
    ("Kerrin condemned the plan on social media.", "Kerrin | condemned | the plan"),
    ("Kerrin condemned the plan on Twitter.", "Kerrin | condemned | the plan"),
    ("Kerrin has said for years that it leaks.", "Kerrin | has said | that it leaks"),
    ("The poll shows her in the lead in Orla.", "The poll | shows | her in the lead in Orla"),
    ("Kerrin denounced the plan after Quill said it was late.", "Kerrin | denounced | the plan"),
    ("Kerrin denounced the delay after the flood.", "Kerrin | denounced | the delay after the flood"),
]  # fmt: skip

QUOTED = [
    ("Kerrin shouted, “Open the gate!” as farmers came.", "Kerrin | shouted | “Open the gate!”"),
    ("The guard yelled, “Open the gates!” to warn his friends.", "The guard | yelled | “Open the gates!”"),
    ("Kerrin vowed, “We will open the gate,” referring to the dam.",
     "Kerrin | vowed | “We will open the gate,”"),
    ("Quill said, “We will leave” and pointed at the door.", "Quill | said | “We will leave”"),
    ("The farmers chanted, “Open it,” and “Close it.”",
     "The farmers | chanted | “Open it,” and “Close it.”"),
    ("Asked whether the dam is “safe for everybody,” most farmers said no.",
     " | Asked | whether the dam is “safe for everybody,”"),
    ("Kerrin called the dam “poisoned,” and the mayor left.", "Kerrin | called | the dam “poisoned,”"),
    ("Kerrin slammed a plan called a “drain,” in which the lake goes.",
     "Kerrin | slammed | a plan called a “drain,”"),
    ("Quill said it is “the best of both worlds,” giving farmers more water.",
     "Quill | said | it is “the best of both worlds,” giving farmers more water"),
    ("The farmer believed the dam was to blame, says every paper in Orla.",
     "The farmer | believed | the dam was to blame"),
    ("It was larger than a year earlier, the official said.",
     "the official | said | It was larger than a year earlier"),
    ("Kerrin praised the dam, as well as its wall.", "Kerrin | praised | the dam, as well as its wall"),
    ("Quill wants everyone to come and would ask them to stay.", "Quill | wants | everyone to come"),
    ("“It leaks a lot,” the Orla Herald quoted a farmer as saying.",
     "a farmer | saying | “It leaks a lot,”"),
    ("It can measure heat and more, said people familiar with the matter.",
     "people familiar with the matter | said | It can measure heat and more"),
    ("No new wall, Quill said, “hides what it really is.”",
     "Quill | said | No new wall … “hides what it really is.”"),
    ("On Monday, Quill said, “it leaks a lot.”", "Quill | said | “it leaks a lot.”"),
    ("Kerrin said: “It leaks a lot.” In Orla, nobody thought so.", "Kerrin | said: | “It leaks a lot.”"),
    ("The council said: “It is safe.” The mayor did not elaborate.", "The council | said: | “It is safe.”"),
    ("“It leaks,” said Quill, author of “The Dam at Night.” “It leaks a lot.”",
     "Quill, author of “The Dam at Night.” | said | “It leaks,” … “It leaks a lot.”"),
    ("“It leaks,” said Quill, author of “The Dam at Night,” who farms there. “It leaks a lot.”",
     "Quill, author of “The Dam at Night,” who farms there | said | “It leaks,” … “It leaks a lot.”"),
    ("“It leaks,” Quill said Sunday on the “Morning Show.” “It leaks a lot.”",
     "Quill | said | “It leaks,” … “It leaks a lot.”"),
]  # fmt: skip

_ALL = [
    *DASHES,
    *OPENED,
    *NAMES,
    *QUESTIONS,
    *JOINED,
    *SECOND_VERBS,
    *BY_TENSE,
    *HALVES,
    *WHEN_AND_WHERE,
    *QUOTED,
]


@pytest.mark.parametrize(("text", "expected"), _ALL, ids=[f"{text[:40]}-{one[:20]}" for text, one in _ALL])
def test_what_is_said_ends(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("In Orla, nobody said so.", "In Orla"),
        ("“It leaks a lot,” the Orla Herald quoted a farmer as saying.", "as saying"),
        ("Kerrin called the dam “poisoned for years,” denounced her rivals and left.", "denounced | Kerrin"),
    ],
)
def test_what_was_not_said(text: str, wrong: str) -> None:
    assert not [one.line for one in frames(text) if wrong in one.line]
