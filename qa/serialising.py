"""The JSON form of an answer: the `/ask` contract, for whoever writes it without HTTP.

Knows the contract's names. Does not know the terminal. `web.bodies` describes the same form to
the API's users; a test holds the two together.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from qa.model import Answer


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values: dates as ISO 8601, snapshot and encoder as `index`."""
    body: dict[str, Any] = _adapter().dump_python(answer, mode="json")
    body["index"] = {"snapshot": body.pop("snapshot"), "encoder": body.pop("encoder")}
    return body
