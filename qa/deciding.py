"""What the answer is: a table, a field's value, a choice, a sentence, or nothing.

Knows the ways of answering and when each is sure enough. Does not know how a question is read,
how passages are ranked, or how an answer is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.language import Analyzer
from corpus.profiles import FieldSpec
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.answer_field import OF_PERSONS, TIMES, FieldAnswerer, titles
from qa.answer_list import ListAnswerer
from qa.answer_passage import (
    answer_passage,
    is_counted,
    is_field_asked,
    is_of_another,
    is_value,
    says_asked,
    with_neighbour,
)
from qa.asked import NAME, AskedField
from qa.confidence import Calibration, Signals
from qa.counted import counting, counts_time
from qa.highlighting import sentence_scores
from qa.model import Turn
from qa.outcome import NOT_FOUND, Outcome
from qa.question import Question
from qa.rerank import Ranking
from qa.retrieve import RankingOptions
from qa.sentence_kind import fitting, timed
from qa.signals import signals
from qa.strangers import is_stranger_to, names_stranger, owner_is_stranger
from qa.together import Read, with_the_others

FIELD_CONFIDENCE = 0.97  # of a value under the label asked for, in the one document named
# types of fields that running text may tell
TOLD_IN_TEXT = frozenset({"line", "list", "text", "period"})
AGREED_CONFIDENCE = 0.5  # of a field that is likely meant and is the best passage
NEARER = 0.1  # by which another sentence must meet the question better than the field's
MOST_LASTING = 5  # passages at the top of which one may count the years
SURE_MEANING = 0.5  # nearness from which a field that is meant is as good as named
MEANING_CONFIDENCE = 0.85  # the same, when the encoder alone recognised the field


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides over one snapshot; `threshold` is the confidence from which it answers."""

    snapshot: Snapshot
    catalogue: Mapping[str, FieldSpec]
    fields: FieldAnswerer
    lists: ListAnswerer
    calibration: Calibration
    encoder: Encoder
    analyzer: Analyzer
    options: RankingOptions
    threshold: float | None

    def decide(self, question: Question, ranking: Ranking) -> Outcome:
        """Return the outcome: from the fields where they can tell, else from the best passage."""
        if self._is_stranger(question, ranking):
            return NOT_FOUND
        if question.steering.expected.duration and (told := self._lasting(question, ranking)):
            return told
        if self.options.fields and not self._word_for_word(question, ranking):
            outcome = self._structured(question)
            if outcome is not None and not self._told_beside(question, outcome):
                return self._sure(question, outcome)
            if outcome is not None or (question.asked and question.asked.other_office):
                question = replace(question, asked=None)
        outcome = self._from_passage(question, ranking)
        agreed = self.options.fields and outcome.status == "not_found"
        return (self.agreed(question, ranking) if agreed else None) or outcome

    def is_judged(self, question: Question, ranking: Ranking) -> bool:
        """Tell whether a probability alone decides: no field is asked for, no rule has its say."""
        if question.is_field_question or self._is_stranger(question, ranking):
            return False
        quoted = answer_passage(question, ranking, self.snapshot, self.encoder, self.analyzer)
        return not (self._lacks(question, quoted) or self.agreed(question, ranking))

    def _is_stranger(self, question: Question, ranking: Ranking) -> bool:
        """Whether somebody or something is named of whom the one document named does not know."""
        if not (question.one_document and self.options.calibrated):
            return False
        (ordinal,) = question.naming.documents
        return is_stranger_to(question, ordinal, ranking, self.snapshot, self.encoder)

    def _lasting(self, question: Question, ranking: Ranking) -> Outcome | None:
        """Return the sentence that counts the years, which says it better than the period does."""
        best = self.snapshot.passages(ranking.rows[:MOST_LASTING])
        place = next((p for p, x in enumerate(best) if counts_time(x, self.analyzer)), None)
        if place is None:
            return None
        order = np.array([place, *(p for p in range(len(ranking.rows)) if p != place)])
        found = self._from_passage(replace(question, asked=None), ranking.take(order))
        return found if found.status == "answered" else None

    def agreed(self, question: Question, ranking: Ranking) -> Outcome | None:
        """Return the value of the field that is likely meant, where it is the best passage.

        Neither the words nor the ranking are sure, but they say the same of the one document named.
        """
        kind = self.catalogue[question.likely].type if question.likely else "text"
        if kind == "text" or not question.one_document or not len(ranking.rows):
            return None
        if self.threshold is not None and self.threshold > AGREED_CONFIDENCE:
            return None
        if names_stranger(question) or question.naming.hopeless or question.steering.asks_quantity:
            return None
        (ordinal,), best = question.naming.documents, int(ranking.rows[0])
        fields = self.snapshot.fields([question.likely], [ordinal])
        if not any(best in self.snapshot.rows_over(ordinal, f.start, f.end) for _, f in fields):
            return None
        asked = AskedField(question.likely, 0.0, question.telling, by_meaning=True)
        outcome = self.fields.answer(replace(question, asked=asked))
        if outcome is None or outcome.finding is None:
            return None
        return replace(outcome, finding=replace(outcome.finding, confidence=AGREED_CONFIDENCE))

    def with_the_others(
        self, question: Question, outcome: Outcome, history: Sequence[Turn], read: Read
    ) -> Outcome:
        """Return the outcome with what else is asked in the same breath, where the fields tell."""
        return with_the_others(question, outcome, history, read, self._structured, self.snapshot)

    def _word_for_word(self, question: Question, ranking: Ranking) -> bool:
        """Whether the best passage says all the words by whose meaning alone a field is asked."""
        asked = question.asked
        if question.wants_many or asked is None or not len(ranking.rows):
            return False
        if not asked.by_meaning or len(asked.words) < 2:
            return False
        return says_asked(question, ranking, self.snapshot, self.analyzer)

    def _told_beside(self, question: Question, outcome: Outcome) -> bool:
        """Whether another sentence with a number or a time is nearer than that which is meant.

        In running text a page tells the time of more than itself: "until when is the first grant".
        """
        asked, leads = question.asked, outcome.leads
        if asked is None or not asked.by_meaning or len(leads) != 1:
            return False
        if self.catalogue[asked.name].type not in TIMES:
            return False
        passage = self.snapshot.passages([leads[0].row])[0]
        numbered = sorted({*counting(passage, self.analyzer), *timed(passage, self.analyzer)})
        said = question.about(question.naming.documents[0]) if question.one_document else ""
        if not said.strip() or len(numbered) < 2:
            return False
        texts = [passage.text[start:end] for start, end in numbered]
        scores = sentence_scores(said, texts, self.encoder, self.snapshot.words.idf)
        own = [
            any(start < last and first < end for first, last in leads[0].highlights)
            for start, end in numbered
        ]
        return float(scores.max()) > float(scores[own].max(initial=0.0)) + NEARER

    def _structured(self, question: Question) -> Outcome | None:
        """Return the answer of the fields: a table, a value, candidates; None for passages."""
        if question.unknown_address:
            return NOT_FOUND
        if question.wants_many:
            table = self.lists.answer(question)
            if table is not None:
                return table
        if question.only_names and len(question.naming.documents) > 1 and not question.carried:
            return Outcome("ambiguous", candidates=titles(self.snapshot, question.naming.documents))
        asked = question.asked if question.is_field_question else None
        if asked is None:
            return None
        if asked.name == NAME and question.steering.languages:
            return NOT_FOUND  # a name in the language of its page is no name in another
        if names_stranger(question) and not question.naming.documents and not asked.by_meaning:
            return NOT_FOUND
        if self.catalogue[asked.name].type in OF_PERSONS and owner_is_stranger(question):
            return NOT_FOUND
        if self.catalogue[asked.name].type != "text":
            return self.fields.answer(question)
        return self.fields.choice(question) if question.explained == 1.0 else None

    def _sure(self, question: Question, outcome: Outcome) -> Outcome:
        if outcome.finding is None:
            return outcome
        by_meaning = question.asked is not None and question.asked.by_meaning
        confidence = MEANING_CONFIDENCE if by_meaning else FIELD_CONFIDENCE
        return replace(outcome, finding=replace(outcome.finding, confidence=confidence))

    def _from_passage(self, question: Question, ranking: Ranking) -> Outcome:
        if not len(ranking.rows):
            return NOT_FOUND
        outcome = answer_passage(question, ranking, self.snapshot, self.encoder, self.analyzer)
        assert outcome.finding is not None
        if self.options.calibrated and self._lacks(question, outcome):
            return NOT_FOUND
        quote = outcome.finding.text
        found = signals(question, ranking, quote, self.snapshot, self.encoder, self.analyzer)
        confidence = self._judged(question, ranking, found)
        threshold = self.calibration.threshold if self.threshold is None else self.threshold
        if self.options.calibrated and confidence < threshold:
            return NOT_FOUND
        finding = replace(outcome.finding, confidence=round(confidence, 4))
        outcome = replace(outcome, finding=finding)
        return with_neighbour(question, outcome, self.snapshot, self.encoder, self.analyzer)

    def _judged(self, question: Question, ranking: Ranking, found: Signals) -> float:
        """Return the calibrated probability, or what the fields make certain.

        The very field asked for, in the one document named, answers; a field that no document
        has is answered by a passage only if it says the words asked, or a name that is no
        document's, and one that is meant for sure if running text may tell it; a bare value answers
        nobody who asked for something else. Words that no dictionary has ask nothing, nor do small
        words alone.
        """
        if _is_nothing(question) or (found.lexical == 0.0 and _is_gibberish(question)):
            return 0.0
        confidence = self.calibration.probability(found)
        asked = question.asked if question.is_field_question else None
        if asked is not None and is_field_asked(question, ranking):
            alone = question.one_document and found.named and not found.unknown
            certain = alone and not asked.by_meaning
            return max(confidence, FIELD_CONFIDENCE) if certain else confidence
        said = says_asked(question, ranking, self.snapshot, self.analyzer)
        said = said or bool(question.naming.unknown and not found.unknown)
        if asked is not None and not asked.by_meaning and not said:
            return 0.0 if question.explained == 1.0 or not self._told(question) else confidence
        if asked is not None and asked.by_meaning and asked.score >= SURE_MEANING and not said:
            return confidence if self._told(question) or is_counted(question, ranking) else 0.0
        if question.asked is None and found.lexical_rest < 1.0:
            bare = is_value(question, ranking, self.snapshot, self._values())
            return 0.0 if bare else confidence
        return confidence

    def _lacks(self, question: Question, quoted: Outcome) -> bool:
        """Whether what would be quoted lacks the person, number, price, name or time that is asked.

        A time in another sentence of the passage, further from the question, is of something else.
        """
        (lead,) = quoted.leads
        passage = self.snapshot.passages([lead.row])[0]
        if is_of_another(question, passage, self.analyzer):
            return True
        fits = fitting(question, passage, self.encoder, self.analyzer)
        return fits is not None and not any(
            start < last and first < end for start, end in fits for first, last in lead.highlights
        )

    def _values(self) -> list[str]:
        """Return the fields that hold short values, not running text."""
        return [spec.name for spec in self.catalogue.values() if spec.type != "text"]

    def _told(self, question: Question) -> bool:
        """Whether running text may tell what is asked: a place or a result, not an address."""
        assert question.asked is not None
        kind = self.catalogue[question.asked.name].type
        return kind in TOLD_IN_TEXT or (kind == "person" and not question.steering.asks_who)


def _is_nothing(question: Question) -> bool:
    """Tell whether small words alone are said: "ja", "so what"."""
    said = question.telling or question.naming.mentions or question.asked or question.when
    return not said and not question.carried


def _is_gibberish(question: Question) -> bool:
    """Tell whether words are said, and each is in no dictionary and names nothing."""
    words = [question.tokens[p] for p in question.telling]
    unknown = bool(words) and not any(token.known or token.parts for token in words)
    return unknown and question.asked is None and not question.naming.words
