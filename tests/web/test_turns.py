"""What a reader sees of an answer: marks, copy text, order of rows, ways on."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document
from qa.model import Answer
from tests.web.scripted import ScriptedAssistant
from web.conversation import Conversation
from web.links import Links
from web.turns import TurnView, paragraphs, stretches, turn_view
from web.wording import load_wordings

WORDING = load_wordings()["en"]


def view(answer: Answer, sort: str = "") -> TurnView:
    """Return the view of an answer after one earlier question."""
    conversation = Conversation(("before?", answer.question))
    return turn_view(
        answer, 1, conversation, label=str.upper, links=Links(), wording=WORDING, sort=sort
    )


@given(
    st.text(max_size=20),
    st.lists(st.tuples(st.integers(-2, 25), st.integers(-2, 25)), max_size=4),
)
def test_stretches_are_the_text_and_mark_only_what_is_highlighted(
    text: str, highlights: list[tuple[int, int]]
) -> None:
    """Nothing is lost or doubled, however wild the spans are."""
    made = stretches(text, highlights)
    assert "".join(one.text for one in made) == text
    inside = "".join(
        c for i, c in enumerate(text) if any(start <= i < end for start, end in highlights)
    )
    assert "".join(one.text for one in made if one.marked) == inside


def test_a_mark_over_two_paragraphs_marks_both() -> None:
    """Blank lines part paragraphs and take no mark with them."""
    made = paragraphs("Eka rivi.\n \nToka rivi.", [(4, 16)])
    assert [[(one.text, one.marked) for one in part] for part in made] == [
        [("Eka ", False), ("rivi.", True)],
        [("Toka", True), (" rivi.", False)],
    ]


def test_copied_text_carries_its_citation(assistant: ScriptedAssistant) -> None:
    """What lands in a letter says where it stands and when that page was edited."""
    shown = view(assistant.ask("yhteyshenkilö?"))
    assert shown.copy == (
        "Pia Karttunen\n"
        "[1] Itä-Savon hanke › Perustiedot › Yhteyshenkilön nimi (page edited 11.12.2020)"
    )


def test_a_citation_opens_the_cited_span(
    assistant: ScriptedAssistant, documents: list[Document]
) -> None:
    """The address names the span, and the other hits of the same document."""
    field = documents[0].fields[2]
    shown = view(assistant.ask("yhteyshenkilö?"))
    assert shown.cited[0].url.startswith(
        f"/documents/savo/ita.txt?start={field.start}&end={field.end}&hit="
    )
    assert [quote.number for quote in shown.others] == [2, 3]


def test_fields_are_named_in_the_readers_language(assistant: ScriptedAssistant) -> None:
    """The label above the answer and those beside it come from the catalogue, not the page."""
    short = view(assistant.ask("yhteyshenkilö?")).short
    assert short is not None
    assert short.label == "CONTACT_NAME"
    assert [one.title for one in short.related] == ["CONTACT_EMAIL"]


def test_rows_are_sorted_as_asked(assistant: ScriptedAssistant) -> None:
    """By document or value, both ways; an unknown order leaves them alone."""
    answer = assistant.ask("kaikki")

    def values(sort: str) -> list[str]:
        short = view(answer, sort).short
        assert short is not None
        return [row.value for row in short.rows]

    assert values("value") == ["Jaana Forslund", "Pia Karttunen"]
    assert values("-value") == values("title") == ["Pia Karttunen", "Jaana Forslund"]
    assert values("colour") == ["Pia Karttunen", "Jaana Forslund"]


def test_ways_on_keep_what_was_said_before(assistant: ScriptedAssistant) -> None:
    """Editing and choosing replace the last question and keep the earlier one."""
    shown = view(assistant.ask("kuka?"))
    assert shown.edit == "/?h=before%3F&edit=kuka%3F"
    assert shown.choices[0].url == "/?h=before%3F&q=kuka%3A+It%C3%A4-Savon+hanke"
    assert shown.ready == "2 documents fit. Choose one."


def test_not_found_shows_no_answer_even_if_there_were_one(assistant: ScriptedAssistant) -> None:
    """Every passage is then one of the nearest, and nothing is offered to copy."""
    shown = view(assistant.ask("puhelin?"))
    assert shown.short is None
    assert (len(shown.cited), len(shown.others), shown.copy) == (0, 5, "")


def test_how_it_was_understood_is_shown_when_it_says_more(assistant: ScriptedAssistant) -> None:
    """A question understood as itself is not repeated."""
    assert view(assistant.ask("yhteyshenkilö?")).understood == "yhteyshenkilö? (Itä-Savon hanke)"
    assert view(assistant.ask("kaikki")).understood is None
