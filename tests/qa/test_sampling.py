"""Sample questions: each has an answer in the corpus they were made from."""

import pytest

from corpus.model import LANGUAGES, Language
from qa.assistant import Assistant


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corpus", ["samples", "pages"])
def test_each_sample_question_is_answered(
    request: pytest.FixtureRequest, corpus: str, language: Language
) -> None:
    """Whoever clicks an example gets an answer, over documents with and without a profile."""
    assistant: Assistant = request.getfixturevalue(corpus)
    questions = assistant.sample_questions(language)
    assert 4 <= len(questions) <= 6
    unanswered = [q for q in questions if assistant.ask(q).status != "answered"]
    assert not unanswered


def test_sample_questions_are_in_the_language_asked_for(samples: Assistant) -> None:
    """The words for the fields change with the language; no question comes twice."""
    by_language = [samples.sample_questions(language) for language in LANGUAGES]
    assert len(set(by_language)) == len(LANGUAGES)
    assert all(len(set(questions)) == len(questions) for questions in by_language)


def test_sample_questions_show_several_documents(samples: Assistant) -> None:
    """The examples are about different documents, as far as there are any."""
    answers = [samples.ask(question) for question in samples.sample_questions("fi")]
    assert len({a.passages[0].citation.document_id for a in answers}) >= 3
