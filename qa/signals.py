"""What speaks for and against the top passage of a ranking, measured.

Knows the ranking, its features and what would be quoted. Does not know how signals are weighed.
"""

import numpy as np

from corpus.language import Analyzer
from corpus.model import Passage
from corpus.name_keys import is_place, squeeze, token_keys
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats
from embeddings.snapshot import Snapshot
from qa.answer_kind import asks_kind
from qa.confidence import MET, Signals
from qa.late import WordMatches, text_scores
from qa.question import Question
from qa.rerank import FEATURES, Ranking

WEAK_SHARE = 0.08  # a query word below this share of the weight does not count as telling
MISSED = 0.2  # best match below which a passage has nothing like a word
UNTOLD = 0.3  # the same for a whole document, which has more words to be alike by chance


def _quote_match(
    question: Question, row: int, quote: str, snapshot: Snapshot, encoder: Encoder
) -> float:
    """Return how well a quote of a passage meets what is said of its document, word by word.

    0 for an encoder that has no words.
    """
    if not isinstance(encoder, TokenEncoder):
        return 0.0
    said = question.about(int(snapshot.passage_document[row])).strip() or question.expanded
    return float(text_scores([said], [quote], encoder, snapshot.words.idf)[0, 0])


def signals(
    question: Question,
    ranking: Ranking,
    quote: str,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
) -> Signals:
    """Measure what speaks for the top passage, of which `quote` would be shown."""
    row = int(ranking.rows[0])
    passage, ordinal = snapshot.passages([row])[0], int(snapshot.passage_document[row])
    words = words_of(passage, snapshot.documents[ordinal].title, analyzer)
    named = question.naming.documents if question.naming.strong else ()
    top = dict(zip(FEATURES, ranking.features[0].tolist(), strict=True))
    matches = ranking.matches
    best, rest_weights = matches.best[:, 0], _rest_weights(matches)
    rest = float(rest_weights @ best)
    kind = min(1.0, top["number"] + top["place"] + top["name"])
    return Signals(
        late=float(matches.scores[0]),
        weakest=_weakest(best, matches.weights),
        dense=float(top["dense"]),
        lexical=_lexical_share(question, question.telling, words),
        margin=_margin(ranking, snapshot),
        named=float(ordinal in named),
        elsewhere=float(bool(named) and ordinal not in named),
        unknown=_unknown(question, words, analyzer),
        cross=float(passage.language != question.language),
        field=float(top["field"]),
        rest=rest,
        weakest_rest=_weakest(best, rest_weights),
        lexical_rest=_lexical_share(question, question.telling - question.naming.words, words),
        unmet=max(0.0, MET - rest) / MET,
        person=float(_of_person(question)),
        kind=kind,
        kindless=float(asks_kind(question) and not kind),
        quoted=_quote_match(question, row, quote, snapshot, encoder),
        missed=_share_below(MISSED, best, rest_weights),
        untold=_share_below(UNTOLD, _best_in(ordinal, ranking, snapshot), rest_weights),
    )


def _rest_weights(matches: WordMatches) -> Floats:
    """Return the weights of the words beside the names, or of all where there are none."""
    return matches.rest_weights if matches.rest_weights.any() else matches.weights


def _best_in(ordinal: int, ranking: Ranking, snapshot: Snapshot) -> Floats:
    """Return the best match of each word in all passages found of a document, `(words,)`."""
    own = snapshot.passage_document[ranking.rows] == ordinal
    return np.asarray(ranking.matches.best[:, own].max(axis=1))


def _share_below(bar: float, best: Floats, weights: Floats) -> float:
    """Return the share of the weight of words whose best match lies below a bar."""
    return float(weights[best < bar].sum())


def words_of(passage: Passage, title: str, analyzer: Analyzer) -> frozenset[str]:
    """Return the keys of all words of a passage, its headings and its document's title."""
    text = "\n".join((title, *passage.heading_path, passage.text))
    tokens = analyzer.tokens(text)
    keys = {key for token in tokens for key in token_keys(token)}
    # "Keski-Suomi" does not say "Suomi"
    return frozenset(keys | {squeeze(p) for t in tokens if not is_place(t) for p in t.parts})


def _of_person(question: Question) -> bool:
    """Tell whether the question itself names a person and asks for no field of theirs."""
    return bool(question.naming.person) and question.asked is None and not question.carried


def _weakest(best: Floats, weights: Floats) -> float:
    telling = weights >= WEAK_SHARE
    return float(best[telling].min()) if telling.any() else 0.0


def _lexical_share(question: Question, places: frozenset[int], words: frozenset[str]) -> float:
    """Return the share of the words at `places`, or of all that tell, that a passage says."""
    places = places or question.telling
    places = places - question.steering.common or places
    telling = [question.tokens[p] for p in places if p < len(question.tokens)]
    if not telling:
        return 0.0
    met = sum(not words.isdisjoint(token_keys(token)) for token in telling)
    return met / len(telling)


def _unknown(question: Question, words: frozenset[str], analyzer: Analyzer) -> float:
    """Return 1 where a place was said that the passage has not."""
    unsaid = any(not _said(name, words, analyzer) for name in question.naming.unknown)
    return float(unsaid or question.naming.torn)


def _margin(ranking: Ranking, snapshot: Snapshot) -> float:
    ordinals = snapshot.passage_document[ranking.rows]
    others = np.flatnonzero(ordinals != ordinals[0])
    return float(ranking.scores[0] - ranking.scores[others[0]]) if len(others) else 1.0


def _said(name: str, words: frozenset[str], analyzer: Analyzer) -> bool:
    return any(
        not words.isdisjoint(token_keys(token)) or squeeze(name) in words
        for token in analyzer.tokens(name)
    )
