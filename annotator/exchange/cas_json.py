"""Turns a UIMA CAS in JSON, as INCEpTION exports it, into XMI, with the field's own library."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from annotator.exchange.files import read_start
from annotator.model.errors import UserError

SUFFIX = ".json"
LIMIT = 16_000_000
"""Bytes of such a file: the library keeps all of it as objects."""
_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS|HEADER)"')


def is_cas_json(path: Path) -> bool:
    """Tell by the first field."""
    return path.suffix.lower() == SUFFIX and _START.match(read_start(path)) is not None


def as_xmi(data: bytes) -> tuple[bytes, bytes]:
    """Return a CAS in JSON as XMI, and its type system; raises UserError when it does not hold together."""
    from cassis import load_cas_from_json  # noqa: PLC0415 - loaded when the first one is read
    from cassis.typesystem import TypeNotFoundError  # noqa: PLC0415 - as above

    faults = (LookupError, ValueError, TypeError, AttributeError, RecursionError, TypeNotFoundError)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of names that it changes within Python.
        try:
            cas = load_cas_from_json(data.decode("utf-8-sig"))
            return cas.to_xmi().encode(), cas.typesystem.to_xml().encode()
        except faults as error:
            raise UserError(
                "it is a UIMA CAS in JSON, but does not hold together; export it as UIMA CAS XMI instead"
            ) from error
