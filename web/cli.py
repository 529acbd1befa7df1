"""`kysy serve`: the chat page and the API on one address.

Knows the command line, the socket and the server. Does not know how answers are found. Access is
not logged, because addresses hold questions.
"""

import logging
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from corpus.errors import KysyError
from qa.assistant import Assistant
from qa.compose import open_assistant
from qa.settings import Settings, load_settings
from web.app import create_app

Data = Annotated[Path | None, typer.Option(help="data directory (KYSY_DATA, else .kysy)")]
Host = Annotated[str | None, typer.Option(help="address to listen on (KYSY_HOST)")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help="port; 0 takes a free one (KYSY_PORT)")
]


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; KysyError when it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's delay on: 40 ms for each answer on a kept connection.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise KysyError(
            f"cannot listen there ({error.strerror or error})",
            where=f"{host}:{port}",
            fix="choose another with --host and --port",
        ) from error
    return made


def address(host: str, bound: socket.socket) -> str:
    """Return the address to open in a browser."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{bound.getsockname()[1]}"


def _warm(assistant: Assistant) -> None:
    """Ask one question, so that the first reader does not wait for what is loaded on first use."""
    for question in assistant.sample_questions("fi")[:1]:
        assistant.ask(question)


def _serve(settings: Settings) -> None:
    assistant = open_assistant(settings)
    _warm(assistant)
    app = create_app(settings, lambda: assistant)
    with listen(settings.host, settings.port) as bound:
        count = assistant.status().documents
        noun = "document" if count == 1 else "documents"
        typer.echo(f"Kysy serves {count} {noun} on {address(settings.host, bound)}")
        typer.echo("Ctrl+C stops it.")
        config = uvicorn.Config(app, access_log=False, log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[bound])


def serve(data: Data = None, host: Host = None, port: Port = None) -> None:
    """Serve the chat page and the API."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    _serve(load_settings(data).model_copy(update=given))
