"""How soon a reader sees an answer: `python -m web.stopwatch`, on a running Kysy; needs `dev`.

Knows the question form and when a browser has painted. Does not know how answers are found. The
time is from sending the question on the start page to the answer on the screen, in chromium.
"""

from statistics import median
from typing import Annotated, Protocol

import typer

from web.screenshots import browser

_ASK = """question => new Promise(done => {
  const talk = document.getElementById("talk");
  document.getElementById("q").value = question;
  const began = performance.now();
  new MutationObserver((_, watch) => {
    if (!document.querySelector(".turn .finding")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  }).observe(talk, { childList: true, subtree: true });
  document.getElementById("ask").requestSubmit();
})"""


class Tab(Protocol):
    """What is needed of a page of a browser."""

    def goto(self, url: str) -> object:
        """Open an address."""

    def evaluate(self, expression: str, arg: object) -> float:
        """Run a script in the page and return what it comes to."""


def time_answer(page: Tab, url: str, question: str) -> float:
    """Return the milliseconds from sending a question on the start page to its painted answer."""
    page.goto(url)
    return page.evaluate(_ASK, question)


def main(
    url: Annotated[str, typer.Option(help="Address of a running Kysy.")] = "http://127.0.0.1:8000",
    question: Annotated[
        str, typer.Option(help="A question that is answered.")
    ] = "who is the contact for Itä-Savo",
    times: Annotated[int, typer.Option(min=1, help="How often it is asked.")] = 20,
) -> None:
    """Ask again and again; print the first, the median and the slowest time."""
    with browser() as opened:
        page = opened.new_page()
        taken = [time_answer(page, url, question) for _ in range(times)]
    typer.echo(
        f"answer visible after: first {taken[0]:.0f} ms, median {median(taken):.0f} ms, "
        f"slowest {max(taken):.0f} ms ({times} times)"
    )


if __name__ == "__main__":
    typer.run(main)
