"""The built-in entities: one own sentence or more for every rule, with exact offsets."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import DATA

from annotator.model.suggesting import SuggestInput
from annotator.nlp.entities import COMPONENT, SUGGESTER, component, find_entities
from annotator.nlp.tokens import blank_pipeline, tokens_of


def tokenise(text, language="en"):
    return tokens_of(blank_pipeline(language).tokenizer(text))


PERSONS = [
    "In the hall the minister met President [[PERSON Ilse Vandersteen]] again.",
    "Mr. [[PERSON Okonjo]] declined. The court heard Justice [[PERSON Elena Marks]].",
    "Secretary of State [[PERSON Paul Renner]] and Lt. Gov. [[PERSON Ann Doyle]] left.",
    "He thanked [[PERSON John F. Hartley]], [[PERSON Maria de la Cruz]] and [[PERSON Ban Ki-moon]].",
    "[[PERSON Haider al-Jabouri]] spoke; later [[PERSON al-Jabouri]] left.",
    "[[PERSON Martin Keller Jr.]] won the vote.",
    "The report quoted [[PERSON Grace Whitman]]'s lawyer.",
    "“I never saw it,” [[PERSON Susan Price]] said. [[PERSON Price]] then sat down.",
    "Engineer [[PERSON Peter Hall]] agreed.",
    'Smugglers feared [[PERSON Ramon “El Lobo” Vargas]] and [[PERSON Anna "Mouse" Berg]].',
    "“It works,” [[PERSON Amy Pope]], a deputy, said; [[PERSON Martin D. Singer]], a lawyer, did not.",
    "The firm’s rival [[PERSON Anna Berg]] met [[PERSON Peter Bay]] at [[LOC Bristol Bay]].",
]
PEOPLES = [
    "[[NORP Russian]] and [[NORP Turkish]] officials met the [[NORP Iraqis]].",
    "Many [[NORP Republicans]] and one [[NORP Democratic]] senator, a [[NORP Muslim]], voted no.",
    "[[NORP Norwegian]] Prime Minister [[PERSON Erna Dahl]] spoke to [[NORP Sunni]] leaders.",
    "The ex-[[NORP Soviet]] states and [[NORP Western]]-backed rebels.",
]
PLACES = [
    "[[GPE The United States]] and [[GPE France]] left [[GPE Syria]] to [[GPE Russia]].",
    "[[GPE US]] officials in the [[GPE US]] and the [[GPE U.S.]]-led coalition.",
    "Some [[GPE US]]- and [[NORP Turkish]]-backed groups; the word—the [[GPE Paris]]—was out.",
    "They flew from [[GPE New York]] to [[GPE Flint]], [[GPE Mich.]], and to [[GPE Lisbon]].",
    "The crisis in [[LOC the Middle East]] spread to [[LOC Africa]] and [[LOC the Black Sea]].",
    "[[GPE Syria]]'s army and [[GPE the Netherlands]]' envoy.",
    "Crowds filled [[FAC Tahrir Square]] and [[FAC Heathrow Airport]].",
    "The ferry crossed [[LOC Lake Geneva]] near [[FAC Fort Harding]].",
    "Farms in [[GPE South Florida]] and the town of [[GPE Hartsel]]; [[GPE Hartsel]] is small.",
    "[[GPE Quellin]] is a village in the hills, and they fish the river [[LOC Zwerna]].",
    "The mayor of [[GPE Ostrava]]'s twin town, [[GPE Grimsby]], [[GPE England]], resigned.",
]
ORGANISATIONS = [
    "[[ORG The White House]] and [[ORG the United Nations Security Council]] disagreed.",
    "The [[ORG FBI]], the [[ORG EU]] and [[ORG NATO]] warned [[ORG Congress]].",
    "[[ORG Islamic State]] and [[ORG the Free Syrian Army]] fought [[ORG Hezbollah]].",
    "[[ORG The Ministry of Public Works]] hired [[ORG Acme Holdings]].",
    "He teaches at [[ORG the University of Porto]] for [[ORG Fox News]].",
    "[[ORG The Northern Fishing Council]] ([[ORG NFC]]) met. Later the [[ORG NFC]] voted.",
    "The host of [[ORG 3AW]] spoke at [[TIME 3 PM]].",
    "It was [[ORG the U.S. State Department]] that asked [[ORG Goldman Sachs]].",
    "The website [[ORG Plinko]] cited [[ORG Robey Trust]], a firm; [[ORG Plinko]] paid.",
    "[[ORG Velvet Harbour]] is a band; the band [[ORG Quellin Park]] and [[ORG the Boston Bruins]] are not.",
    "The company’s friend [[PERSON Anna Berg]], the company said, left.",
    "[[ORG The Northern League of Fishers]] met, and later the [[ORG League]] split; the Council did not.",
    "[[ORG Brilkon Partners]] grew; [[ORG Brilkon]] paid. He works at [[ORG Zembla]] and at [[ORG Zembla]].",
    "The director of [[ORG National Intelligence]] [[PERSON Emma Olsen]] met her ASAP.",
    "Why [[NORP Republicans]] won’t and [[NORP Democrats]] ca n't leave.",
    "Colonel [[PERSON Amir Hadad]] of [[ORG the 4th Infantry Division]] wrote.",
]
WORKS = [
    "The song “[[WORK_OF_ART Cold Tin Roof]]” is long; she sang [[WORK_OF_ART Cold Tin Roof]] twice.",
    "They played the single “[[WORK_OF_ART Lanterns]],” and left.",
    "The singles “[[WORK_OF_ART Fallen]]”, “[[WORK_OF_ART Lanterns]]” and “[[WORK_OF_ART Rust]]” came.",
    "He spoke on \"[[WORK_OF_ART The Greta Finch Show]]\" and ''[[WORK_OF_ART Face of a Nation]]'' again.",
    "The film, [[WORK_OF_ART Grey Harbour]], is out.",
    "“Never Again,” she said. He calls it “Crooked” or “Bad Deal, Worse Luck” now.",
    "She said “Big Game” and left; “We Need a Wall,” he added.",
]
OTHERS = [
    "He cited [[LAW the Second Amendment]] and [[LAW the Clean Rivers Act]].",
    "[[EVENT The Cold War]] and [[EVENT Hurricane Xanthe]] shaped it.",
    "She typed on an [[PRODUCT iPhone]] under an [[PRODUCT F-16]].",
    "The hymn was sung in [[LANGUAGE Arabic]].",
]
LAYOUTS = [
    "[[GPE NEW YORK]], [[DATE Nov. 19]] ([[ORG UPI]]) -- [[NORP German]] banks fell.",
    "[[GPE PARIS]] ([[ORG Reuters]]) - Prices rose.",
    "SENIOR [[ORG STATE DEPARTMENT]] OFFICIAL: We agree. MODERATOR: Thank you.",
    "Senator Vows to Fight [[GPE China]] Over Steel Prices\n\nThe vote is [[DATE Monday]].",
    "[[PERSON Ola Brandt]] Wins Seat In Surprise Vote\n\n[[PERSON Ola Brandt]] won by [[CARDINAL 12]].",
    "[[PERSON KATE ORLEN]]: Why not?\n\n[[PERSON ORLEN]]: No. That was FAST!",
    "But then, Local sources said it. When pressed, Officials left.",
    "Talks fail, say envoys: [[PERSON Lavrov]]",
]  # fmt: skip
HINTS = [
    "Executives at [[ORG Meridell]] and [[ORG Quantorro]] left.",
    "[[ORG Norvane]]’s chief executive quit; [[ORG Norvane]] fell. Shares in [[ORG Bexleyo]] fell.",
    "Crown Prince [[PERSON Hamad Orlo]] signed [[LAW the Good Friday Agreement]].",
    "PRIME MINISTER [[PERSON MARTA KOVACS]]: We will stay. SENATOR [[PERSON PRYCEL]]: No.",
    "[[EVENT Storm Eunice]] hit [[FAC the Hotel Sachel]] under [[LAW the Data Protection Act 2018]].",
    "The [[PERSON Oaklin]] campaign lost; aides to [[PERSON Teaguer]] knew. [[PERSON Oaklin]], tired, left.",
    "[[PERSON Theodore Laschen]], a developer, left.",
    "They saw “[[WORK_OF_ART The Rachel Maddon Show]]”. When [[PERSON Maddon]] left, it ended.",
    "It was [[PERSON Ann Doyle]]‘s idea.",
    (
        "[[GPE Tarnia]]'s foreign minister left; [[GPE Tarnia]] said so. Most [[NORP Tarnian]] "
        "drones fell in [[GPE Tarnia]]."
    ),
    "They met in neighbouring [[GPE Zorvia]]. “Yes,” [[GPE Zorvia]]’s own parliament said.",
    "The men of [[GPE Ulvan]] hid in the [[GPE Ulvan]] capital, as [[GPE Ulvan]]'s general staff knew.",
    (
        "The mayors of [[GPE Dunmore]] and [[GPE Alder Creek]] met. Embattled [[GPE Lindow "
        "Falls]] mayor [[PERSON Ann Doyle]] left."
    ),
    "[[GPE BREMONT]] ([[ORG MNA]]) - Trains stood still.\n\nNobody came to [[GPE Bremont]]'s station.",
    (
        "They told the [[ORG Gazette]], [[ORG The Sunday Globe]] and the daily [[ORG Quilp]]; "
        "[[ORG Kremal]] newspaper wrote too."
    ),
    "[[ORG Brightacre]] Chief Executive [[PERSON Anna Berg]] spoke for [[ORG Brightacre]].",
    (
        "The company that guards it, [[ORG Tollgate]], paid. The [[ORG Unitas]] union and [[ORG "
        "Hallow Trust]] did; [[ORG Hallow]] lost."
    ),
    "The sinking of the [[PRODUCT MV Corrin Lass]]: who captained the [[PRODUCT Corrin Lass]]?",
    "“[[PERSON Gary]] cried,” [[PERSON Gary]]’s mum said. [[PERSON Doland]] himself came.",
    "Q: Why?\n\n[[PERSON ORLO]]: Why not? We did it.\n\nQ: And then?\n\n[[PERSON ORLO]]: Nothing.",
    (
        "MS. [[PERSON CALLOWAY]]: Good day. Then Lord [[PERSON Fenwold]] spoke, and [[GPE U.S.]] "
        "District Judge [[PERSON Ann Doyle]]."
    ),
    (
        "[[NORP Western]] diplomats met the leader of the council [[PERSON Martin Frayne]]. "
        "Appropriation is hard."
    ),
    (
        "[[PERSON Ann Bly]] SECRETLY met [[ORG Kranz & Sons]]; the rocker [[PERSON Dezo Crane]] "
        "and [[PERSON Dezo]] did too."
    ),
    "[[ORG The Marine Inspectorate]] said so.",
    "in [[GPE Norvane]] they met with executives",
]
NUMBERS = [
    "A [[CARDINAL 5-to-4]] vote fell by [[PERCENT less than one-half of 1 percent]].",
    "It fell to [[CARDINAL more than two dozen]].",
    "They waited [[TIME nine hours]] before they called, and a second pot came [[DATE three days before]].",
    (
        "It gave [[PERCENT 4 percent]] over [[DATE two years]] and [[MONEY £400mn]] at [[MONEY "
        "180p]] in [[DATE the autumn]]."
    ),
    "It was empty since [[DATE spring]]. The spring broke and the fall hurt.",
    "[[DATE over two years]] it rose [[PERCENT 5 percent]]",
]
OFFSETS = [
    "😀 [[PERSON Angela Weber]] 👨‍👩‍👧 flew to [[GPE Berlin]].",
    "Cafe\u0301 owner [[PERSON Anna Berg]] met [[NORP Polish]] guests.",
    "שלום [[PERSON Anna Berg]] مرحبا [[GPE Cairo]].",
    "One.\u2028[[GPE Berlin]] fell silent.\u2029Done.",
    "\u00a0\u00a0[[GPE Berlin]]\u00a0is far.\t\n\n   [[GPE Paris]] too.",
]


@pytest.mark.parametrize(
    "marked",
    PERSONS + PEOPLES + PLACES + ORGANISATIONS + OTHERS + WORKS + HINTS + NUMBERS + LAYOUTS + OFFSETS,
    ids=lambda marked: marked[:40],
)
def test_finds_exactly_what_is_marked(marked, unmark, find):
    text, expected = unmark(marked)
    found = [one for one in find(text) if one[0] != "ORDINAL"]
    assert found == expected


def test_what_is_said_once_clearly_is_known_in_the_rest(find):
    text = "Brandt smiles as Carl Brandt wins. Later, in the lobby, Brandt left."
    assert [one[:2] for one in find(text)] == [
        ("PERSON", "Brandt"),
        ("PERSON", "Carl Brandt"),
        ("PERSON", "Brandt"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "The",
        "'",
        "-",
        "Al-",
        "al-",
        "of of of",
        "The of The",
        "President",
        "President of",
        "U.S.-",
        "(" * 20_000,
        "A" * 100_000,
        "Al-" * 20_000,
        "Bank of " * 5_000,
        "Smith and " * 5_000,
        "Mr. " * 5_000,
        '"' * 50_000,
        "١٢٣ ٤ ²³ ½ Ⅷ",
        "\ufdd0\ufffe\u202eABC\u2066",
        "e\u0301" * 1_000,
        "1,234," * 3_000,
        "the " * 5_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_text_is_survived(text):
    for one in find_entities(tokenise(text)):
        assert 0 <= one.start < one.end <= len(text)


_WORDS = "The of U.S. - al Smith President Bank Monday May 5 % $ 's IS , . and “ ” ( ) 😀 e\u0301"
_PIECES = st.sampled_from(
    [*_WORDS.split(" "), "RUSSIA", "said", "Dr.", "&", "7", "million", "\n", "\u2028", "New York"]
)


@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", "  "])), max_size=40))
def test_any_mix_gives_ordered_spans_without_blank_edges(pieces):
    text = "".join(word + blank for word, blank in pieces)
    end = 0
    for one in find_entities(tokenise(text)):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert "\n" not in text[one.start : one.end]
        assert 0.5 <= one.score <= 1
        assert one.reason
        end = one.end


@given(st.text())
def test_any_text_is_survived(text):
    assert all(0 <= one.start < one.end <= len(text) for one in find_entities(tokenise(text)))


def test_runs_as_a_component_of_a_blank_pipeline():
    doc = component(blank_pipeline("en"))("Angela Weber flew to Berlin on Monday.")
    assert [(one.text, one.label_) for one in doc.ents] == [
        ("Angela Weber", "PERSON"),
        ("Berlin", "GPE"),
        ("Monday", "DATE"),
    ]
    assert [one.end for one in doc.user_data[COMPONENT]] == [one.end_char for one in doc.ents]


@pytest.mark.parametrize("language", ["en", "de", "", "nosuch", "ar", "zh"])
def test_suggester_takes_any_language(language):
    text = "Angela Weber flew to Berlin."
    (proposals,) = SUGGESTER.load("").suggest([SuggestInput(text, language)])
    found = {text[start:end] for one in proposals.spans for start, end in one.fragments}
    assert ("Angela Weber" in found) == (language != "zh")


@pytest.mark.parametrize(
    "text",
    [
        "אנג'לה ובר טסה לברלין עם Angela Weber ביום שישי.",
        "Ангела Вебер полетела в Берлин (Berlin) в пятницу, 4 мая 2024.",
        "安格拉·韦伯 Angela Weber 星期五飞往柏林参加会议。今天没有其他消息传来这里。",
    ],
)
def test_english_rules_are_not_tried_on_another_script(text):
    (proposals,) = SUGGESTER.load("").suggest([SuggestInput(text, "en")])
    assert proposals.spans == ()


def test_the_reason_says_when_a_name_is_clear_from_the_article_alone():
    reasons = {
        one.start: one.reason
        for one in find_entities(
            tokenise("Plinko rose. The website Plinko cited Congress, and Anna Zwerg. Zwerg left.")
        )
    }
    assert list(reasons.values()) == [
        "clear elsewhere in the article",
        "after “website”",
        "listed name",
        "first name",
        "clear elsewhere in the article",
    ]


def test_suggested_persons_and_bodies_name_their_actor_and_places_do_not():
    text = "Sergei Brandow of Islamic State met ISIS in Paris on Monday, and Brandow left."
    (proposals,) = SUGGESTER.load("").suggest([SuggestInput(text)])
    named = [one.attributes.get("actor", "") for one in proposals.spans]
    assert named == ["Sergei Brandow", "Islamic State", "Islamic State", "", "", "Sergei Brandow"]


def test_suggester_answers_each_text_in_order():
    texts = [SuggestInput("Berlin."), SuggestInput("nothing here"), SuggestInput("Paris.")]
    counts = [len(one.spans) for one in SUGGESTER.load("").suggest(texts)]
    assert counts == [1, 0, 1]


def test_scores_tell_sure_from_doubtful():
    sure, doubtful = find_entities(tokenise("President Vladimir Putin met Xyloqwert Brumpf there."))
    assert (sure.label, doubtful.label) == ("PERSON", "PERSON")
    assert sure.score > 0.9 > 0.65 > doubtful.score


def test_real_articles_give_the_known_counts():
    seeds = DATA / "seeds"
    if not seeds.is_dir():
        pytest.skip("the shared articles are not here")
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    counts = Counter(one.label for text in texts for one in find_entities(tokenise(text)))
    shown = {label: counts[label] for label in ("PERSON", "NORP", "ORG", "GPE", "DATE")}
    assert shown == {"PERSON": 38, "NORP": 26, "ORG": 35, "GPE": 77, "DATE": 19}
