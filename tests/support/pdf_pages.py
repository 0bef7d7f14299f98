"""Small PDFs, made by hand."""

FIRST = 0x61
"""The code of the first letter of an alphabet."""


def pdf(*pages, in_form=False, alphabet=""):
    """Return a PDF; a page is a list of (left, bottom, words) or (left, bottom, words, size of letters).

    In a form, words lie over the page in a part of their own, as programs put them that recognise scans.
    The letters of an alphabet are drawn as small Latin ones, and the font tells what they are.
    """
    kids = []
    parent = 2 + (3 if in_form else 2) * len(pages)
    objects = [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    if alphabet:
        # Of a known font, only the widths of Latin letters are known.
        told = b"/FirstChar 32/LastChar 126/Widths[%s]/ToUnicode %d 0 R" % (b"500 " * 95, parent + 2)
        objects = [b"<</Type/Font/Subtype/Type1/BaseFont/Own%s>>" % told]
    codes = {ord(one): FIRST + at for at, one in enumerate(alphabet)}
    for lines in pages:
        body = "".join(map(shown, lines)).translate(codes).encode("latin-1")
        fonts = b"/MediaBox[0 0 600 800]/Resources<</Font<</F1 1 0 R>>>>"
        if in_form:
            form = fonts.replace(b"/MediaBox", b"/Type/XObject/Subtype/Form/BBox")
            objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (form, len(body), body))
            fonts = b"/MediaBox[0 0 600 800]/Resources<</XObject<</F1 %d 0 R>>>>" % len(objects)
            body = b"/F1 Do"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
        objects.append(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R%s>>" % (parent, len(objects), fonts))
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids)))
    objects.append(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    if alphabet:
        rows = "".join(f"<{FIRST + at:02x}> <{ord(one):04x}>\n" for at, one in enumerate(alphabet))
        table = f"{len(alphabet)} beginbfchar\n{rows}endbfchar\nendcmap".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(table), table))
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root %d 0 R>>startxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        parent + 1,
        len(out),
    )
    return out + head + table + tail


def shown(line):
    left, bottom, words, size = (*line, 10)[:4]
    return f"BT /F1 {size} Tf {left} {bottom} Td ({words}) Tj ET\n"


def lines(left, *words, top=700):
    return [(left, top - 12 * at, one) for at, one in enumerate(words)]
