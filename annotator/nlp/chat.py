"""One question to a chat completions endpoint: sent, waited for, and every failure said in a sentence."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from annotator.model.allowed import allowed
from annotator.model.errors import UserError, WrongChoice
from annotator.model.said import ended, joined, say

KEY_VARIABLE = "ANNOTATOR_API_KEY"
KEYS = "keys"
"""The kind under which a person's own settings keep keys, by address."""
TIMEOUT = 300.0
CONNECT_TIMEOUT = 15.0
RETRIES = 3
LONGEST_WAIT = 60.0
"""Seconds that an endpoint may ask us to wait before the next try."""
_MOST_BYTES = 8 << 20
_LONGEST_WHY = 200
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
    found = _split(address.strip())
    if found is None:
        raise WrongChoice(_no_address(address.strip()))
    path = found.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    return found._replace(path=path)


def _no_address(address: str) -> str:
    """Return why questions cannot go to an address; a password in it is not shown."""
    if "@" in address:
        return say("Leave name and password out of the address: a key has a field of its own.")
    no_address = say(
        "“{address}” is no address of a language model (such as http://localhost:8080/v1).", address=address
    )
    whole = f"http://{address}"
    meant = say("Did you mean {address}?", address=whole)
    return joined(no_address, meant if "://" not in address and _split(whole) else "")


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None for what a connection could not be made to."""
    try:
        found = urlsplit(address)
        host = (found.hostname or "").encode("idna")  # as the connection will have it
        is_good = found.scheme in ("http", "https") and bool(host) and (found.port or 1) > 0
    except ValueError:
        return None
    is_plain = address.isprintable() and " " not in address and found.path.isascii()
    has_more = found.username or found.query or found.fragment
    return found if is_good and is_plain and not has_more else None


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
    if not (key.isascii() and key.isprintable()):
        raise UserError(say("The key for {host} has characters that no key has.", host=where.netloc))
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection = _connection(where)
    host = where.netloc
    limit = CONNECT_TIMEOUT
    try:
        connection.connect()
        limit = timeout
        with _within(connection.sock, timeout):
            connection.request("POST", where.path, body, headers)
            return _received(connection, host)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise _unanswered(error, host, limit) from error
    finally:
        connection.close()


def _unanswered(error: Exception, host: str, seconds: float) -> UserError:
    """Return in a sentence why no answer came."""
    if isinstance(error, TimeoutError):
        return UserError(
            "{host} did not answer in time ({seconds:.0f} s). Is the model loaded, and the machine up to it?",
            host=host,
            seconds=seconds,
        )
    if isinstance(error, ConnectionRefusedError):
        return UserError(
            "Nothing answers at {host}: the connection was refused. Is the server started?", host=host
        )
    if isinstance(error, ConnectionResetError | BrokenPipeError):  # also what ended without a word
        return UserError(
            "{host} went away before it answered. Did the server stop, or run out of memory?", host=host
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return UserError(
            "No safe connection to {host}: its certificate is not trusted ({reason}).",
            host=host,
            reason=error.verify_message,
        )
    if isinstance(error, ssl.SSLError):
        return UserError(
            "No safe connection to {host}: {reason}. Does its address begin with http://?",
            host=host,
            reason=error.reason or error,
        )
    return UserError("{host} cannot be reached, or broke off: {why}.", host=host, why=_why(error))


def _received(connection: http.client.HTTPConnection, host: str) -> tuple[int, dict[str, str], bytes]:
    with connection.getresponse() as answer:
        data = answer.read(_MOST_BYTES)
        if answer.length:
            raise UserError(
                "{host} broke off in the middle of its answer, or answered without an end.", host=host
            )
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


@contextmanager
def _within(sock: socket.socket, seconds: float) -> Iterator[None]:
    """Raise TimeoutError when an answer is not whole in time, also where it comes byte by byte."""
    is_over = threading.Event()

    def _cut() -> None:
        is_over.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # of TLS too: what reads it then ends

    timer = threading.Timer(seconds, _cut)
    timer.daemon = True
    sock.settimeout(seconds)
    timer.start()
    try:
        yield
        if is_over.is_set():  # what came so far may look like an answer
            raise TimeoutError
    except (OSError, http.client.HTTPException, UserError) as error:
        if is_over.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _connection(where: SplitResult) -> http.client.HTTPConnection:
    host = where.hostname or ""
    if where.scheme == "http":
        return http.client.HTTPConnection(host, where.port, timeout=CONNECT_TIMEOUT)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, where.port, timeout=CONNECT_TIMEOUT, context=context)


def _why(error: Exception) -> str:
    said = getattr(error, "strerror", "") or str(error) or type(error).__name__
    return " ".join(said.split())[:_LONGEST_WHY].rstrip(".")


def _refusal(address: str, model: str, status: int, data: bytes) -> str:
    known: Mapping[int, str] = {
        400: "{address} did not understand the question",
        401: "{address} does not know the key, or wants one (put it into {variable})",
        403: "{address} does not allow this key to ask",
        404: "{address} has no model “{model}”, or is not the address of one",
        413: "{address} takes no text of this length",
        429: "{address} is asked too often, or the account is used up; it was tried {tries} times",
    }
    redirect = "{address} sends us elsewhere, where no text goes: give the address it moved to"
    other = redirect if 300 <= status < 400 else "{address} answered with an error ({status})"
    what = say(
        known.get(status, other), address=address, model=model, variable=KEY_VARIABLE, tries=RETRIES + 1,
        status=status,
    )  # fmt: skip
    said = _said(data)
    return say("{what}: {said}", what=what, said=ended(said)) if said else say("{what}.", what=what)


def _said(data: bytes) -> str:
    """Return what the endpoint gives as its reason."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
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
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        if data.lstrip().startswith(b"data:"):
            raise UserError(
                "{address} sends its answer in pieces (a stream), which was not asked for.", address=address
            ) from error
        raise UserError("{address} did not answer as a language model does.", address=address) from error
    return Answer(text, tokens_in, tokens_out, is_whole=choice.get("finish_reason") in ("stop", None))


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
