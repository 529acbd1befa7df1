"""A conversation survives its own address, stays bounded and breaks where it is told to."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from web.conversation import MAX_TURNS, Conversation

questions = st.lists(st.sampled_from(["", "a?", "entä b?", "c & d=e"]), max_size=12)


def test_each_question_may_refer_to_all_since_the_last_break() -> None:
    """An empty entry cuts what came before off."""
    steps = Conversation(("a", "b", "", "c", "d")).steps
    assert [(step.question, step.refers_to) for step in steps] == [
        ("a", ()),
        ("b", (0,)),
        ("c", ()),
        ("d", (2,)),
    ]


def test_the_last_turns_are_kept() -> None:
    """Of a longer conversation the oldest questions fall off."""
    entries = [str(number) for number in range(MAX_TURNS + 3)]
    assert Conversation.of(entries).entries == tuple(entries[3:])


def test_until_gives_what_came_before() -> None:
    """Editing a question keeps the earlier ones and the break before it."""
    conversation = Conversation(("a", "", "b"))
    assert conversation.until(0).entries == ()
    assert conversation.until(1).entries == ("a", "")
    assert conversation.until(9) == conversation


def test_breaking_off_twice_is_breaking_off_once() -> None:
    """The next question starts afresh after a break, and at the very beginning."""
    once = Conversation(("a",)).broken_off()
    assert once.entries == ("a", "")
    assert once.broken_off() == once
    assert Conversation().broken
    assert not Conversation(("a",)).broken


@given(questions)
def test_an_address_gives_its_conversation_back(entries: list[str]) -> None:
    """Reading the query string that was written gives the same conversation."""
    conversation = Conversation.of(entries)
    read = parse_qs(conversation.query(), keep_blank_values=True).get("h", [])
    assert Conversation.of(read) == conversation


@given(questions)
def test_questions_and_references_stay_in_bounds(entries: list[str]) -> None:
    """There are never too many turns, and each refers only to earlier ones."""
    steps = Conversation.of(entries).steps
    assert len(steps) <= MAX_TURNS
    assert all(place < at for at, step in enumerate(steps) for place in step.refers_to)
