"""One question to a chat completions endpoint: sent, waited for, and every failure said in a sentence."""

from __future__ import annotations

import http.client
import json
import os
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from annotator.model.allowed import allowed
from annotator.model.errors import UserError

KEY_VARIABLE = "ANNOTATOR_API_KEY"
KEYS = "keys"
"""The kind under which a person's own settings keep keys, by address."""
TIMEOUT = 300.0
CONNECT_TIMEOUT = 15.0
RETRIES = 3
LONGEST_WAIT = 60.0
"""Seconds that an endpoint may ask us to wait before the next try."""
_MOST_BYTES = 8 << 20
_BUSY = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and what it counted."""

    text: str
    tokens_in: int
    tokens_out: int
    is_whole: bool
    """The model came to its end, and was not cut off."""


def key_of(address: str) -> str:
    """Return the key for an address: from the environment, else from the person's own settings, else ""."""
    return os.environ.get(KEY_VARIABLE, "") or allowed(KEYS).get(address, "")


def target(address: str) -> SplitResult:
    """Return where questions go; raises UserError for what is no address of http or https."""
    found = urlsplit(address.strip())
    try:
        is_good = found.scheme in ("http", "https") and bool(found.hostname) and (found.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or found.username or found.query or found.fragment:
        raise UserError(f"“{address}” is no address of a language model (such as http://localhost:8080/v1).")
    path = found.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return found._replace(path=path)


def ask(
    address: str, model: str, messages: Sequence[Mapping[str, str]], *, timeout: float = TIMEOUT
) -> Answer:
    """Return the answer to messages; tries again where the endpoint is busy; raises UserError.

    Goes straight to the address: no proxy, and no redirect is followed to another one.
    """
    where = target(address)
    body = json.dumps({"model": model, "messages": list(messages), "temperature": 0}).encode()
    for attempt in range(RETRIES + 1):
        status, headers, data = _send(where, body, key_of(address), timeout)
        if status not in _BUSY or attempt == RETRIES:
            break
        time.sleep(_pause(headers.get("retry-after", ""), attempt))
    if status != http.client.OK:
        raise UserError(_refusal(address, model, status, data))
    return _answer(address, data)


def _pause(said: str, attempt: int) -> float:
    try:
        asked = float(said)
    except ValueError:
        asked = 2.0**attempt
    return max(0.0, min(asked, LONGEST_WAIT))


def _send(where: SplitResult, body: bytes, key: str, timeout: float) -> tuple[int, dict[str, str], bytes]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "annotator"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection = _connection(where)
    host = where.netloc
    try:
        connection.connect()
        connection.sock.settimeout(timeout)
        connection.request("POST", where.path, body, headers)
        with connection.getresponse() as answer:
            data = answer.read(_MOST_BYTES)
            if answer.length:
                raise UserError(f"{host} broke off in the middle of its answer, or answered without an end.")
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data
    except TimeoutError as error:
        raise UserError(
            f"{host} did not answer in time. Is the model loaded, and the machine up to it?"
        ) from error
    except ConnectionRefusedError as error:
        raise UserError(
            f"Nothing answers at {host}: the connection was refused. Is the server started?"
        ) from error
    except ssl.SSLError as error:
        raise UserError(f"No safe connection to {host}: {error.reason or error}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise UserError(f"{host} cannot be reached, or broke off: {_why(error)}.") from error
    except ValueError:  # its text would show the key
        raise UserError(f"The key for {host} has characters that no key has.") from None
    finally:
        connection.close()


def _connection(where: SplitResult) -> http.client.HTTPConnection:
    host = where.hostname or ""
    if where.scheme == "http":
        return http.client.HTTPConnection(host, where.port, timeout=CONNECT_TIMEOUT)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, where.port, timeout=CONNECT_TIMEOUT, context=context)


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", "") or str(error) or type(error).__name__).rstrip(".")


def _refusal(address: str, model: str, status: int, data: bytes) -> str:
    said = _said(data)
    sentences: Mapping[int, str] = {
        400: f"{address} did not understand the question",
        401: f"{address} does not know the key, or wants one (put it into {KEY_VARIABLE})",
        403: f"{address} does not allow this key to ask",
        404: f"{address} has no model “{model}”, or is not the address of one",
        413: f"{address} takes no text of this length",
        429: f"{address} is asked too often, or the account is used up; it was tried {RETRIES + 1} times",
    }
    redirect = f"{address} sends us elsewhere, where no text goes: give the address it moved to"
    known = redirect if 300 <= status < 400 else f"{address} answered with an error ({status})"
    return sentences.get(status, known) + (f": {said}" if said else ".")


def _said(data: bytes) -> str:
    """Return what the endpoint gives as its reason."""
    try:
        found = json.loads(data)
    except ValueError:
        return ""
    error = found.get("error", "") if isinstance(found, dict) else ""
    text = error.get("message", "") if isinstance(error, dict) else error
    return " ".join(str(text).split())[:200]


def _answer(address: str, data: bytes) -> Answer:
    try:
        found: Any = json.loads(data)
        choice = found["choices"][0]
        text = choice["message"]["content"]
        usage = found.get("usage") or {}
        tokens_in, tokens_out = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
        if not isinstance(text, str):
            raise TypeError(text)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise UserError(f"{address} did not answer as a language model does.") from error
    return Answer(text, tokens_in, tokens_out, is_whole=choice.get("finish_reason") in ("stop", None))


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
