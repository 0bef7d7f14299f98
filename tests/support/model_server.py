"""A small real HTTP server that answers as a language model does, or as badly as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_DRIP = 0.05
"""Seconds from byte to byte."""


@dataclass
class Reply:
    """One answer of the server."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    is_held: bool = False
    """The answer does not come before who asked has gone away."""
    breaks_off: bool = False
    goes_away: bool = False
    """The connection ends without a word."""
    drips: bool = False
    """The answer comes byte by byte, so slowly that it is never whole."""


def said(content: object, finish: str = "stop", usage: tuple[int, int] = (100, 20)) -> Reply:
    """Return the answer of a model that says this (JSON, or text as it is)."""
    text = content if isinstance(content, str) else json.dumps(content)
    counted = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Reply(body=json.dumps({"choices": [choice], "usage": counted}).encode())


def refused(status: int, message: str = "", **headers: str) -> Reply:
    """Return a refusal."""
    body = json.dumps({"error": {"message": message}}).encode() if message else b"<html>no</html>"
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class ModelServer:
    """What was asked, and what is answered in turn; the last answer stands for all that follow."""

    address: str = ""
    replies: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    connections: int = 0

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def model_server(*replies: Reply) -> Iterator[ModelServer]:
    """Serve on a free port of this machine."""
    state = ModelServer(replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            state.connections += 1
            super().setup()

        def do_POST(self) -> None:
            state.paths.append(self.path)
            state.keys.append(self.headers["Authorization"])
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            reply = state.next()
            time.sleep(reply.delay)
            try:
                if reply.goes_away:
                    return
                if reply.is_held:
                    self.rfile.read(1)  # ends with the connection
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + 1000 * reply.breaks_off))
                self.end_headers()
                for piece in [bytes([one]) for one in reply.body] if reply.drips else [reply.body]:
                    self.wfile.write(piece)
                    time.sleep(_DRIP * reply.drips)
            except OSError:
                pass  # who asked has gone away

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
