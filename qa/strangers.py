"""Names that a question says and the document asked about does not.

Knows documents' words and the encoder's likeness of words. Does not know what is asked.
"""

from itertools import islice

from corpus.language import Token
from corpus.name_keys import is_place, token_keys
from corpus.words import load_words
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.snapshot import Snapshot
from qa.late import text_scores
from qa.lexicon import load_lexicon
from qa.question import Question, sentence_numbers
from qa.rerank import Ranking

MOST_CAPITALS = 0.6  # share of the words beside known names; more is a headline
# word match from which a page has something like a name: "Pillar", "Pilari"
ALIKE = 0.22
ALIKE_WHOLE = 0.3  # the same for a name of several words, on average
MOST_LOOKED_AT = 20  # passages of the document, best first


def strangers(question: Question) -> tuple[range, ...]:
    """Return where somebody or something is named whom no document's names have.

    Runs of words with a capital inside a sentence that are neither known names, places, times nor
    words for what is asked, nor written in capitals alone; none where most words have one.
    """
    text, tokens = question.text, question.tokens
    others = [t for p, t in enumerate(tokens) if p and p not in question.naming.words]
    if sum(text[t.start].isupper() for t in others) > MOST_CAPITALS * len(others):
        return ()
    asked = question.asked.exact if question.asked else frozenset()
    free = question.telling - question.naming.words - asked - {0}
    numbers = sentence_numbers(text, tokens)
    names = {p for p in free if numbers[p] == numbers[p - 1] and _is_name(question, tokens[p])}
    starts = sorted(p for p in names if p - 1 not in names)
    ends = sorted(p + 1 for p in names if p + 1 not in names)
    return tuple(range(*run) for run in zip(starts, ends, strict=True))


def names_stranger(question: Question) -> bool:
    """Tell whether somebody is named by first and last name whom no document has."""
    return any(len(run) > 1 for run in strangers(question))


def _is_name(question: Question, token: Token) -> bool:
    """Tell a word with a capital first and not all through that is no place and no time."""
    word = question.text[token.start : token.end]
    times = load_lexicon(question.language).time_words
    timely = token.surface in times or token.surface in load_words().months
    return word[0].isupper() and not word.isupper() and not is_place(token) and not timely


def is_stranger_to(
    question: Question, ordinal: int, ranking: Ranking, snapshot: Snapshot, encoder: Encoder
) -> bool:
    """Tell whether a name is said that the document neither says nor has anything like.

    Of a name of several words one is enough. An encoder without words knows no likeness, so there
    nobody is a stranger.
    """
    named = strangers(question)
    if not named or not isinstance(encoder, TokenEncoder):
        return False
    own = ranking.rows[snapshot.passage_document[ranking.rows] == ordinal][:MOST_LOOKED_AT]
    texts = [passage.text for passage in snapshot.passages(own)]
    return any(
        not any(_says(question.tokens[p], ordinal, snapshot) for p in run)
        and _likeness([question.tokens[p].surface for p in run], texts, snapshot, encoder)
        < (ALIKE if len(run) == 1 else ALIKE_WHOLE)
        for run in named
    )


def _says(token: Token, ordinal: int, snapshot: Snapshot) -> bool:
    """Tell whether a document says a word, or what a compound is made of."""
    keys = (*token_keys(token), *islice(token.parts, 1))
    return any(ordinal in snapshot.saying(key) for key in keys)


def _likeness(
    words: list[str], texts: list[str], snapshot: Snapshot, encoder: TokenEncoder
) -> float:
    """Return the mean of the words' best matches in any text."""
    if not texts:
        return 0.0
    best = text_scores(words, texts, encoder, snapshot.words.idf).max(axis=1)
    return float(best.mean())
