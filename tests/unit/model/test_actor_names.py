"""Linking the mentions of actors: joined inside one article, proposed between articles."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.actor_names import Mention, actor_names, is_acronym_of, keys_of, link_actors, same_actor
from annotator.model.actor_words import is_same_given
from annotator.model.ids import new_id
from annotator.model.records import ACTOR_KINDS, Actor


def mentions(*words):
    found, at = [], 0
    for one in words:
        text, label = one if isinstance(one, tuple) else (one, "SOURCE")
        found.append(Mention(text, at, label))
        at += len(text) + 10
    return found


def linked(*words):
    given_words = mentions(*words)
    return {
        one.name: [given_words[number].text for number in one.mentions] for one in link_actors(given_words)
    }


def person(text):
    return (text, "PERSON")


def org(text):
    return (text, "ORG")


@pytest.mark.parametrize(
    "words",
    [
        ("Sergei Brandow", "Brandow"),
        ("Brandow", "Foreign Minister Sergei Brandow"),
        ("Foreign Minister Sergei Brandow", "Sergey Brandow", "Mr. Brandow"),
        (person("Ibrahim Al-Rashid"), person("Rashid"), "Ibrahim al-Rashid's"),
        ("E. Harlow", "Ewa Harlow", "Harlow"),
        ("William Harlow", "Bill Harlow", "W. Harlow", "Bill R. Harlow"),
        ("Ondřej Kučera", "Ondrej Kucera", "KUČERA"),
        ("Enrique Peña Solano", "Peña Solano", "Solano"),
        ("Bill de Winter", "de Winter", "Winter"),
        ("Li Jingwei", "Li"),
        ("State Department spokesman John Weller", "Weller, who spoke on Monday,"),
        ("Speaker of the House Paul Renner", "Renner"),
        ("the agency’s director, Mohammed Salim", "Muhammad Salim"),
        ("Prime Minister Javad Hosseini of Iran", "Hosseini"),
    ],
)
def test_names_of_one_person_are_joined(words):
    found = link_actors(mentions(*words))
    assert len(found) == 1
    assert found[0].mentions == tuple(range(len(words)))
    assert found[0].kind == "person"


@pytest.mark.parametrize(
    "words",
    [
        ("Hillary Harlow", "Bill Harlow"),
        ("Jean Moran", "Joan Moran"),
        ("Dan Weller", "Don Weller"),
        ("Martin Keller Jr.", "Martin Keller"),
        (org("the Ministry of Health"), org("the Ministry of Works")),
        (org("Islamic Relief"), org("Islamic State")),
        (("South Korea", "GPE"), ("North Korea", "GPE")),
        ("Anna Berg", org("Berg Holdings")),
        (org("Human Rights Watch"), org("Human Rights Council")),
    ],
)
def test_names_of_two_are_kept_apart(words):
    assert len(link_actors(mentions(*words))) == len(words)


def test_a_surname_that_two_bear_stands_alone():
    found = linked("Hillary Harlow", "Bill Harlow", "Harlow", "Harlow")
    assert found == {
        "Hillary Harlow": ["Hillary Harlow"],
        "Bill Harlow": ["Bill Harlow"],
        "Harlow": ["Harlow"] * 2,
    }


def test_a_surname_that_a_father_and_his_son_bear_is_the_fathers():
    assert linked("Martin Keller Jr.", "Martin Keller", "Keller")["Martin Keller"] == [
        "Martin Keller",
        "Keller",
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("ISIS", "ISIL", "the Islamic State group", org("IS")), "Islamic State"),
        ((org("al-Nusra"), org("Nusra Front"), org("Al-Nusra front")), "al-Nusra Front"),
        ((("US", "GPE"), ("the United States", "GPE"), ("U.S.", "GPE")), "United States"),
        ((org("the State Department"), org("U.S. State Department")), "US State Department"),
        ((org("the Organisation of Fishers"), org("Organization of Fishers")), "the Organisation of Fishers"),
    ],
)
def test_other_names_of_one_body_are_joined(words, name):
    (found,) = link_actors(mentions(*words))
    assert (found.name, len(found.mentions)) == (name.removeprefix("the "), len(words))


def test_an_acronym_in_brackets_is_known_in_the_whole_article():
    text = "The Northern Fishing Council (NFC) met. Later the NFC voted, and the NFA did not."
    places = [(text.index("Northern"), "Northern Fishing Council"), (text.index("NFC"), "NFC")]
    places += [(text.rindex("NFC"), "NFC"), (text.index("NFA"), "NFA")]
    found = link_actors([Mention(name, at, "ORG") for at, name in places])
    assert [(one.name, one.mentions) for one in found] == [
        ("Northern Fishing Council", (0, 1, 2)),
        ("NFA", (3,)),
    ]
    assert found[0].aliases == ("NFC",)


def test_what_is_no_acronym_of_the_name_before_stays_apart():
    assert is_acronym_of("NFC", "Northern Fishing Council")
    assert is_acronym_of("CFR", "Council on Fishing Rights")
    assert not is_acronym_of("NFL", "Northern Fishing Council")
    assert not is_acronym_of("nfc", "Northern Fishing Council")


@pytest.mark.parametrize(
    "words",
    ["he", "the president", "a senior official", "people close to Harlow", "US officials", "Harlow aides",
     "A spokesman for the Ministry of Works", "SENIOR STATE DEPARTMENT OFFICIAL", "Secretary", "", "…"],
)  # fmt: skip
def test_pronouns_and_descriptions_name_nobody(words):
    assert link_actors(mentions(words)) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Anna Berg", "person"),
        ("Berg", "unspecified"),
        (person("Berg"), "person"),
        ("the Harlow campaign", "organisation"),
        (org("Ministry of Works"), "government"),
        (("France", "GPE"), "government"),
        (("Danes", "NORP"), "group_named"),
        ("CNN", "media"),
        ("the Harlow Times", "media"),
        ("Free Syrian Army", "organisation"),
        ("the Department of Fish and Game", "government"),
    ],
)
def test_the_kind_follows_label_and_words(words, kind):
    assert [one.kind for one in link_actors(mentions(words))] == [kind]


def test_labels_that_are_no_actors_are_left_out():
    assert link_actors(mentions(("Monday", "DATE"), ("five", "CARDINAL"), ("World Cup", "EVENT"))) == ()


def test_each_mention_gets_the_name_of_its_actor():
    names = actor_names(mentions("Sergei Brandow", "he", "Brandow"))
    assert names == {0: "Sergei Brandow", 2: "Sergei Brandow"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("sergei", "sergey", True),
        ("robert", "bob", True),
        ("j", "john", True),
        ("muhammad", "mohammed", True),
        ("jean", "joan", False),
        ("dan", "don", False),
        ("bob", "rob", True),
        ("maria", "marie", False),
    ],
)
def test_first_names_agree(one, other, is_same):
    assert is_same_given(one, other) is is_same


def actor(name, kind="person", *aliases):
    return Actor(new_id(), name, kind, aliases)


SAME = [
    (actor("Sergei Brandow"), actor("Sergey Brandow"), "first names that agree"),
    (actor("Brandow"), actor("Sergey Brandow"), "the same surname"),
    (actor("Elena Markov"), actor("Elena Markova"), "one letter tells apart: Elena Markov"),
    (actor("Dale Hostetler"), actor("Dale Hostetter"), "one letter tells apart"),
    (actor("Anna Berg"), actor("ANNA BERG", "unspecified"), "the same name"),
    (actor("ISIL", "organisation"), actor("Islamic State", "group_named"), "both are names of Islamic State"),
    (actor("Northern Fishing Council", "organisation"), actor("NFC", "organisation"), "are the initials of"),
    (actor("The Fishers", "organisation", "NFC"), actor("NFC", "organisation"), "the same name"),
]
APART = [
    (actor("Sergei Brandow"), actor("Boris Brandow")),
    (actor("Elena Markov"), actor("Irina Markova")),
    (actor("George H.W. Brandow"), actor("George W. Brandow")),
    (actor("Anna Berger"), actor("Anna Bertram")),
    (actor("Ann Orr"), actor("Ann Ort")),
    (actor("Berg"), actor("Berg Holdings", "organisation")),
    (actor("Berg", "person"), actor("Berg", "organisation")),
    (actor("Anna Berg", "author"), actor("Anna Berg", "person")),
    (actor("North Harbour", "government"), actor("South Harbour", "government")),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_two_actors_who_may_be_the_same_are_proposed_with_the_reason(one, other, why):
    assert why in same_actor(one, other)
    assert why.partition(":")[0] in same_actor(other, one)
    assert keys_of(one) & keys_of(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_others_are_not_proposed(one, other):
    assert same_actor(one, other) == same_actor(other, one) == ""


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("the Harbour Board", "ORG"), ("Board", "ORG")], ["Harbour Board"]),
        ([("The Sunday Globe", "ORG"), ("the Globe", "SOURCE")], ["Sunday Globe"]),
        (
            [("Harbour Board", "ORG"), ("Fishing Board", "ORG"), ("Board", "ORG")],
            ["Harbour Board", "Fishing Board", "Board"],
        ),
        (
            [("Tarnian National Congress", "ORG"), ("Congress", "ORG")],
            ["Tarnian National Congress", "US Congress"],
        ),
    ],
)
def test_the_last_word_of_one_body_stands_for_it(texts, expected):
    starts = range(0, 100 * len(texts), 100)
    found = link_actors([Mention(text, at, label) for at, (text, label) in zip(starts, texts, strict=True)])
    assert [one.name for one in found] == expected


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Jonas Weill at Brook Capital", "Jonas Weill"),
        ("Ines Vogt of the Caspar Institute", "Ines Vogt"),
        ("Simone Adair of Bremond University", "Simone Adair"),
        ("Boy Scouts of Tarnia", "Boy Scouts of Tarnia"),
        ("Delar himself", "Delar"),
        ("Minister of Finance", ""),
        ("the Ohio Democrat", ""),
        ("Republican National Committee", "Republican National Committee"),
        ("Ohio Democrat Marian Oakes", "Marian Oakes"),
        ("Backers of Rep. Jonah Pruitt", ""),
        ("Analysts at Kestrel", ""),
    ],
)
def test_a_person_is_named_before_the_body_behind(phrase, name):
    found = link_actors([Mention(phrase, 0)])
    assert [one.name for one in found] == ([name] if name else [])


_NAMES = st.text(alphabet="AaBbÉé .-'’,()&0", max_size=14) | st.sampled_from(
    ["Anna Berg", "NFC", "the Fed", "Jr."]
)
_LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "SOURCE", "", "DATE", "NORP"])


@given(st.lists(st.tuples(_NAMES, st.integers(0, 300), _LABELS), max_size=12))
def test_a_mention_is_in_one_cluster_at_most(words):
    found = link_actors([Mention(*one) for one in words])
    numbers = [number for one in found for number in one.mentions]
    assert len(numbers) == len(set(numbers))
    assert all(one.name.strip() and one.kind in ACTOR_KINDS and one.mentions for one in found)
    assert not any(set(one.mentions) & set(other.mentions) for one, other in combinations(found, 2))


@pytest.mark.parametrize(
    ("city", "country", "kind", "is_told"),
    [
        ("Moscow", "Russia", "unspecified", True),
        ("Kiev", "Ukraine", "government", True),
        ("Moscow", "Ukraine", "government", False),
        ("Moscow", "Kiev", "government", False),
        ("Orla", "Russia", "government", False),
    ],
)
def test_a_capital_may_be_the_government_of_its_country(
    city: str, country: str, kind: str, *, is_told: bool
) -> None:
    one, other = Actor(new_id(), city, kind), Actor(new_id(), country, "government")
    for first, second in ((one, other), (other, one)):
        assert bool(same_actor(first, second)) is is_told
    if is_told:
        assert same_actor(one, other) == f"{city} is the seat of the government of {country}"
        assert keys_of(one) & keys_of(other)
