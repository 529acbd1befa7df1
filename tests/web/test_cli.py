"""`kysy serve` says where it serves, stops cleanly, and explains in one line why it cannot."""

import asyncio
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from corpus.errors import KysyError
from corpus.language import open_analyzer
from embeddings.build import build
from embeddings.encoder import open_encoder
from tests.web.conftest import SAMPLES
from web.cli import address, listen, serve

KYSY = (sys.executable, "-c", "from qa.cli import main; main()", "serve")


def test_a_taken_port_is_said_by_its_address() -> None:
    """The error names host and port and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(KysyError, match=f"127.0.0.1:{port}: .* --port"):
            listen("127.0.0.1", port)


def test_small_answers_are_sent_at_once() -> None:
    """A connection to the server has Nagle's delay off, which costs 40 ms a request."""
    found: list[int] = []

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        own = writer.get_extra_info("socket")
        found.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def connect(bound: socket.socket) -> None:
        async with await asyncio.start_server(accept, sock=bound):
            reader, writer = await asyncio.open_connection(*bound.getsockname())
            await reader.read()
            writer.close()

    # In a thread of its own: the browser of the other tests keeps a loop running in this one.
    with listen("127.0.0.1", 0) as bound, ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(lambda: asyncio.run(connect(bound))).result()
    assert [bool(one) for one in found] == [True]


def test_a_host_that_is_not_ours_is_refused() -> None:
    """An address of another machine cannot be listened on."""
    with pytest.raises(KysyError, match=r"192\.0\.2\.1:"):
        listen("192.0.2.1", 0)


def test_the_address_is_one_to_open() -> None:
    """A free port is filled in, and IPv6 gets its brackets."""
    with listen("127.0.0.1", 0) as bound:
        assert address("127.0.0.1", bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"
        assert address("::1", bound).startswith("http://[::1]:")


def test_without_an_index_nothing_is_served(tmp_path: Path) -> None:
    """The error says that nothing is indexed and how to index."""
    with pytest.raises(KysyError, match="kysy index"):
        serve(tmp_path / "none")


def test_it_serves_until_it_is_stopped_and_logs_no_question(tmp_path: Path) -> None:
    """The printed address answers, Ctrl+C ends it, and no question is in its output."""
    build([SAMPLES], tmp_path, open_encoder("bundled"), open_analyzer(), max_bytes=10**6)
    command = (*KYSY, "--data", str(tmp_path), "--port", "0")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.split(" on ")[-1].strip()
        assert line.startswith("Kysy serves 5 documents on http://127.0.0.1:")
        answer = httpx.get(f"{url}/", params={"q": "salaisuus"}, trust_env=False)
        assert answer.status_code == 200
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert "salaisuus" not in rest
    assert "Traceback" not in rest
