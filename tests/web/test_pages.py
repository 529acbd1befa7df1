"""The pages as forms and links alone: all that a reader without JavaScript has."""

import html
import re

from fastapi.testclient import TestClient

from corpus.model import Document
from tests.web.conftest import Start
from tests.web.scripted import ScriptedAssistant, made_document

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


def test_the_start_page_offers_questions_of_the_corpus(client: TestClient) -> None:
    """Counts, the time and sample questions as links are on the first page."""
    text = client.get("/?lang=en").text
    assert "2 documents." in text
    assert "21.11.2026 22:30 UTC" in text
    assert len(re.findall(r'<a href="/\?q=', text)) == 2


def test_a_follow_up_carries_the_conversation_in_its_form(
    client: TestClient, assistant: ScriptedAssistant
) -> None:
    """The earlier question is a hidden field and reaches the assistant as history."""
    first = client.get("/?q=yhteyshenkilö+a").text
    assert '<input type="hidden" name="h" value="yhteyshenkilö a">' in first
    assistant.asked.clear()
    client.get("/?h=yhteyshenkilö+a&q=entä+b")
    question, history, _ = assistant.asked[-1]
    assert question == "entä b"
    assert [(turn.question, turn.answer) for turn in history] == [
        ("yhteyshenkilö a", "Pia Karttunen")
    ]


def test_the_subject_can_be_removed(client: TestClient, assistant: ScriptedAssistant) -> None:
    """The link beside the subject keeps the transcript and asks the next question afresh."""
    first = client.get("/?q=yhteyshenkilö").text
    link = re.search(r'class="remove" href="([^"]+)"', first)
    assert link is not None
    after = client.get(html.unescape(link[1]))
    assert "Pia Karttunen" in after.text
    assert 'class="remove"' not in after.text
    assistant.asked.clear()
    client.get("/?h=yhteyshenkilö&h=&q=entä")
    assert assistant.asked[-1][1] == ()


def test_editing_puts_the_question_back_into_the_box(client: TestClient) -> None:
    """The answer's edit link leads to the question, ready to be changed."""
    text = client.get("/?edit=yhteyshenkil%C3%B6+a").text
    assert 'value="yhteyshenkilö a"' in text


def test_a_list_is_a_table_that_links_sort(client: TestClient) -> None:
    """Each row has its citation; the header's link gives the other order."""
    text = client.get("/?q=kaikki&sort=value").text
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)', text) == [
        "Itä-Uudenmaan hanke",
        "Itä-Savon hanke",
    ]
    assert 'aria-sort="ascending"' in text
    assert "sort=-value" in text
    assert text.count('class="citation" id="t1-r') == 2


def test_a_citation_opens_the_document_with_the_cited_text_marked(
    client: TestClient, documents: list[Document]
) -> None:
    """The permalink marks exactly the cited characters and the reader lands on them."""
    text = client.get("/?q=yhteyshenkilö").text
    link = re.search(r'class="citation"[^>]* href="([^"]+)"', text)
    assert link is not None
    page = client.get(html.unescape(link[1])).text
    hit = re.search(r'<mark class="hit" id="hit" tabindex="-1">(.*?)</mark>', page)
    assert hit is not None
    assert re.sub(r"<[^>]+>", "", hit[1]) == "Pia Karttunen"
    assert page.count('id="hit"') == 1
    assert 'rel="next"' in page or 'rel="prev"' in page


def test_the_list_of_documents_filters(client: TestClient) -> None:
    """The form is a plain GET, and what was chosen stays chosen."""
    text = client.get("/documents?funder=Unioni").text
    assert "Itä-Uudenmaan hanke</a>" in text
    assert "Itä-Savon hanke</a>" not in text
    assert "<option selected>Unioni</option>" in text


def test_the_language_is_wished_for_chosen_and_remembered(client: TestClient) -> None:
    """Browser's wish, then ?lang=, then the cookie; the page says its language."""
    wish = {"accept-language": "sv"}
    assert '<html lang="sv">' in client.get("/", headers=wish).text
    assert '<html lang="en">' in client.get("/?lang=en", headers=wish).text
    assert '<html lang="en">' in client.get("/documents", headers=wish).text
    assert '<html lang="en">' in client.get("/?lang=xx", headers=wish).text


def test_quoted_text_says_its_own_language(client: TestClient) -> None:
    """An English page quotes Finnish as Finnish."""
    text = client.get("/?q=yhteyshenkilö&lang=en").text
    assert '<blockquote lang="fi">' in text
    assert '<span lang="fi">Pia Karttunen</span>' in text


def test_hostile_documents_and_questions_stay_text(start: Start) -> None:
    """Titles, headings, values, ids and questions are escaped everywhere."""
    evil = made_document(
        'x"><script>.txt',
        PAYLOAD,
        [("contact_name", PAYLOAD, PAYLOAD), ("funder", "F", PAYLOAD), ("themes", "T", PAYLOAD)],
        url="javascript:alert(3)",
    )
    assistant = ScriptedAssistant([evil])
    assistant.rules = {
        "kaikki": lambda question, _: assistant.list_answer(question, "contact_name"),
        "kuka": lambda question, _: assistant.which(question, "contact_name"),
        "yksi": lambda question, _: assistant.field_answer(
            question, evil.document_id, "contact_name", ("funder",)
        ),
    }
    client = start(feedback=True)
    client.app.state.site.holder._assistant = assistant  # type: ignore[attr-defined]
    whole, half = len(evil.text), evil.fields[1].start
    document = f"/documents/x%22%3E%3Cscript%3E.txt?start=0&end={whole}&key=0-{half}"
    paths = ["/", "/documents", document.partition("?")[0], document]
    questions = ["kaikki", "kuka", "yksi", PAYLOAD]
    for path in paths:
        assert_inert(client.get(path).text)
    for question in questions:
        assert_inert(client.get("/", params={"q": question, "h": PAYLOAD}).text)
        assert_inert(client.get("/turn", params={"q": question, "h": PAYLOAD}).text)
    assert_inert(client.get("/", params={"edit": PAYLOAD}).text)
    assert_inert(client.get(f"/documents/{PAYLOAD}", headers={"accept": "text/html"}).text)


def assert_inert(text: str) -> None:
    """No payload became markup, a link or a template expression."""
    assert "<script>alert" not in text
    assert "<img" not in text
    assert '"javascript:' not in text
    assert "49" not in re.sub(r'\?v=\w+"', "", text)


def test_an_unknown_page_is_a_page(client: TestClient) -> None:
    """A reader gets the way home in her language."""
    page = client.get("/nothing", headers={"accept": "text/html", "accept-language": "sv"})
    assert page.status_code == 404
    assert "Till startsidan" in page.text


def test_an_empty_question_is_the_start_page(client: TestClient) -> None:
    """Sending the form empty asks nothing."""
    assert "Esimerkiksi" in client.get("/?q=+").text
    assert client.get("/turn?q=+").status_code == 422


def test_the_accessibility_statement_says_whom_to_tell(start: Start) -> None:
    """An e-mail address becomes a link; any other text stays text."""
    text = start(contact="apu@example.fi").get("/accessibility").text
    assert 'href="mailto:apu@example.fi"' in text
    shown = start(contact="javascript:alert(1)").get("/accessibility").text
    assert 'href="javascript' not in shown
