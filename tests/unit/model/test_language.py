"""The language of a text, in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.blocks import find_blocks
from annotator.model.language import find_language, find_script
from annotator.model.resources import seeds

SENTENCES = {
    "ca": "La ministra va dir que el govern no ha tancat els ports, i que les obres són per a més gent.",
    "en": "The council will keep the old ferry, its leader said on Friday, and nobody was surprised.",
    "de": "Der Rat behält die alte Fähre, sagte der Vorsitzende am Freitag, und niemand ist überrascht.",
    "fr": "Le conseil garde le vieux bac, a dit son président vendredi, et personne ne s’en est étonné.",
    "es": "El consejo no quiere vender el viejo barco, dijo su presidente, y la gente del puerto lo celebra.",
    "it": "Il consiglio non vende la vecchia nave, ha detto il presidente, e la gente del porto è contenta.",
    "pt": "O conselho não quer vender o velho barco, disse o presidente, e os moradores do porto são gratos.",
    "nl": "De raad wil het oude veer niet verkopen, zei de voorzitter, en dat is voor de stad een zegen.",
    "pl": "Rada nie chce sprzedać starego promu, powiedział przewodniczący, i to jest dla miasta ulga.",
    "cs": "Rada nechce prodat starý přívoz, řekl předseda v pátek, a lidé z přístavu jsou rádi, že to ví.",
    "sv": "Rådet vill inte sälja den gamla färjan, sade ordföranden, och det är en lättnad för staden.",
    "fi": "Neuvosto ei myy vanhaa lauttaa, sanoi puheenjohtaja, ja se on helpotus, mutta kaikki eivät usko.",
    "tr": "Meclis eski vapuru satmak için bir karar almadı, dedi başkan, ve bu liman halkı için çok iyi.",
    "ru": "Совет не хочет продавать старый паром, сказал председатель, и это хорошо для города.",
    "uk": "Рада не хоче продавати старий пором, сказав голова, і це добре для міста та її людей.",
    "el": "Το συμβούλιο κρατά το παλιό πλοίο, είπε ο πρόεδρος την Παρασκευή.",
    "he": "המועצה תשמור על המעבורת הישנה, אמר ראש המועצה ביום שישי.",
    "ar": "قال رئيس المجلس إن العبارة القديمة لن تباع، وهذا خبر جيد من الميناء إلى المدينة.",
    "fa": "رئیس شورا گفت که کشتی قدیمی را نمی فروشند و این برای شهر خبر خوبی است.",
    "hi": "परिषद ने कहा कि पुरानी नाव को नहीं बेचा जाएगा और यह शहर के लिए अच्छा है।",
    "th": "สภากล่าวว่าจะเก็บเรือข้ามฟากลำเก่าไว้",
    "ko": "의회는 낡은 나룻배를 팔지 않겠다고 금요일에 밝혔다.",
    "ja": "議会は古い渡し船を売らないと金曜日に発表した。",
    "zh": "议会星期五表示不会出售旧渡轮。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_is_enough(language: str) -> None:
    assert find_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "1 / 3", "???", "Tomas Brandt", "Shr 27 cts vs 18 cts", "👍", "ꯃꯤꯇꯩ"])
def test_what_cannot_be_told_is_not_guessed(text: str) -> None:
    assert find_language(text) == "und"


def test_arabic_that_one_small_word_makes_persian_is_not_told() -> None:
    assert find_language("السفينة تبقى في الميناء و المدينة ترحب") in ("ar", "und")
    assert find_language("المدينة تنتظر سفينة ( الجديدة ) و سفينة قديمة") == "und"


def test_a_few_foreign_words_do_not_turn_an_article() -> None:
    hebrew, english = SENTENCES["he"], SENTENCES["en"]
    assert find_language(f"{english} {english} “שלום”, he said. {english}") == "en"
    assert find_language(f"CPN\n\n{hebrew} {hebrew} (Reuters, The Guardian) {hebrew}") == "he"
    assert find_language(f"Danube Courier\n\n{english}".upper()) == "en"


def test_middle_and_end_of_a_long_text_count_too() -> None:
    greek = SENTENCES["el"] * 200
    assert find_language(f"{SENTENCES['en']}\n\n{greek}") == "el"


@pytest.mark.parametrize(
    ("text", "script"),
    [("Port Ver", "latin"), ("Порт", "cyrillic"), ("נמל", "hebrew"), ("ﬀ", "latin"), ("2024", ""), ("", "")],
)
def test_scripts(text: str, script: str) -> None:
    assert find_script(text) == script


def test_the_own_articles_are_english() -> None:
    for path in seeds().glob("*.txt"):
        text = path.read_text("utf-8")
        assert find_language(text) == "en"
        for start, end, kind in find_blocks(text):
            if kind == "body":
                assert find_language(text[start:end]) in ("en", "und")


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert len(find_language(text)) in (2, 3)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("“Yes” – é", "latin"),
        ("Порт Dover закрыт до вечера", "cyrillic"),
        ("Порт Dover Harbour Board закрыт", "latin"),
        ("… 12 – 34 …", ""),
        ("港 port 港", "latin"),
    ],
)
def test_the_script_of_most_letters_counts(text, script):
    assert find_script(text) == script
