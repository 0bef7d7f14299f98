"""What columns of tables are called: in English, and in the languages of those who make tables of news."""

from __future__ import annotations

from collections.abc import Mapping

ARTICLE = "article"
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "articlebody", "fulltext", "articletext", "articlecontent", "maintext", "bodytext"),
        *("content", "contents", "body", "story", "storytext", ARTICLE, "columndata", "bodyhtml"),
        *("volltext", "artikeltext", "haupttext", "fließtext", "fliesstext", "inhalt", "artikelinhalt"),
        *("texteintégral", "texteintegral", "textecomplet", "texte", "contenu", "corps"),
        *("textocompleto", "texto", "cuerpo", "contenido", "conteúdo", "conteudo", "corpo"),
        *("testointegrale", "testo", "contenuto", "corpodeltesto", "artikeltekst", "tekst", "inhoud"),
        *("pełnytekst", "treść", "tresc", "celýtext", "obsah", "conținut", "continut", "textulintegral"),
        *("brödtext", "innehåll", "brødtekst", "indhold", "innhold", "leipäteksti", "teksti", "sisältö"),
        *("teljesszöveg", "szöveg", "tartalom", "metin", "içerik", "habermetni", "κείμενο", "περιεχόμενο"),
        *("полныйтекст", "текстстатьи", "текст", "содержание", "зміст", "садржај", "tekstčlanka", "sadržaj"),
        *(
            "正文",
            "全文",
            "內文",
            "内文",
            "內容",
            "内容",
            "文本",
            "本文",
            "テキスト",
            "본문",
            "내용",
            "텍스트",
        ),
        *("النص", "نص", "المحتوى", "محتوى", "טקסט", "תוכן", "متن"),
        "data",
    ),
    "title": (
        *("title", "headline", "headlines", "articletitle", "webtitle"),
        *("titel", "überschrift", "ueberschrift", "schlagzeile", "titre", "título", "titulo", "titular"),
        *("encabezado", "titolo", "kop", "tytuł", "tytul", "nagłówek", "název", "nadpis", "titulek", "titlu"),
        *("rubrik", "overskrift", "tittel", "otsikko", "cím", "başlık", "baslik", "τίτλος"),
        *("заголовок", "название", "назва", "наслов", "naslov"),
        *("标题", "標題", "タイトル", "見出し", "제목", "العنوان", "عنوان", "כותרת"),
    ),
    "name": ("id", "bodyid", "articleid", "docid", "documentid", "name", "filename", "file", "uid"),
    "language": (
        *("language", "lang"),
        *("sprache", "langue", "idioma", "lingua", "taal", "język", "jazyk", "язык", "språk", "sprog"),
    ),
}
"""Names of columns by their use, in small letters and digits alone; the first one that is there holds."""
TEXTS_AT_LAST = (
    *("sentence", "sentences", "sentencetext", "paragraph", "passage", "tweettext", "tweet", "post"),
    *("posttext", "comment", "commenttext", "utterance", "speech", "transcript", "transcription"),
    *("statement", "candidate", "claim"),
    *("claimtext", "quotation", "quotetext", "quote", "discoursetext", "review", "reviewtext", "essay"),
    *("message", "abstract", "description", "summary", "newstext", "documenttext", "document"),
    *("satz", "phrase", "frase", "premise", "paragraphs"),
)
"""What columns of texts are called where none has a name that is only a text's."""
_FACTS: Mapping[str, tuple[str, ...]] = {
    "outlet": (
        *("outlet", "source", "publisher", "publication"),
        *(
            "quelle",
            "zeitung",
            "medium",
            "publikation",
            "journal",
            "média",
            "medio",
            "periódico",
            "periodico",
        ),
        *("fuente", "fonte", "jornal", "testata", "giornale", "krant", "bron", "gazeta", "źródło", "zdroj"),
        *("tidning", "källa", "avis", "kilde", "lehti", "lähde", "újság", "forrás", "gazete", "kaynak"),
        *(
            "издание",
            "источник",
            "сми",
            "видання",
            "媒体",
            "媒體",
            "来源",
            "來源",
            "매체",
            "언론사",
            "المصدر",
        ),
    ),
    "byline": (
        *("byline", "author", "authors"),
        *("autor", "autorin", "verfasser", "auteur", "autore", "autora", "auteurs", "автор", "författare"),
        *("forfatter", "kirjoittaja", "szerző", "yazar", "作者", "著者", "기자", "الكاتب"),
    ),
    "published": (
        *("published", "publishdate", "publisheddate", "publishedat", "datepublished", "date"),
        *("versioncreated", "firstcreated", "webpublicationdate"),
        *("datum", "erscheinungsdatum", "veröffentlichtam", "veröffentlichungsdatum", "datedepublication"),
        *(
            "fecha",
            "fechadepublicación",
            "fechadepublicacion",
            "дата",
            "датапубликации",
            "日期",
            "날짜",
            "dato",
        ),
    ),
    "url": ("url", "weburl", "link", "lien", "enlace", "ссылка", "链接", "網址"),
    "section": ("section", "ressort", "rubrique", "sección", "seccion", "sezione", "dział", "рубрика"),
}
FACTS: Mapping[str, str] = {name: fact for fact, names in _FACTS.items() for name in names}
"""What a column of facts about an article is called here."""
