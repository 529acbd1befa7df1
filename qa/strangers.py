"""Names that a question says and the document asked about does not.

Knows documents' words and the encoder's likeness of words. Does not know what is asked.
"""

import re
from itertools import islice

from rapidfuzz.distance import Levenshtein

from corpus.language import Token
from corpus.name_keys import is_place, token_keys
from corpus.words import load_words
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.snapshot import Snapshot
from qa.late import text_scores
from qa.lexicon import either, load_lexicon
from qa.question import Question, sentence_numbers
from qa.rerank import Ranking

MOST_CAPITALS = 0.6  # share of the words beside known names; more is a headline
# word match from which a page has something like a name: "Pillar", "Pilari"
ALIKE = 0.22
ALIKE_WHOLE = 0.3  # the same for a name of several words, on average
SHORTEST_HEADLINE = 4  # words beside known names
SHORTEST_CAPITALS = 3  # letters of a name in capitals alone; "EU" and "IT" are none
SHORTEST_MISSPELT = 5  # letters
MISSPELT = 2  # letters that may be wrong
WORD = re.compile(r"\b[^\W\d_]{4,}")
MOST_LOOKED_AT = 20  # passages of the document, best first


def strangers(question: Question) -> tuple[range, ...]:
    """Return where somebody or something is named whom no document's names have.

    Runs of words with a capital inside a sentence that are neither known names, places, times nor
    words for what is asked; none where most words have one, or all letters are capitals.
    """
    text, tokens = question.text, question.tokens
    others = [t for p, t in enumerate(tokens) if p and p not in question.naming.words]
    capitals = sum(text[t.start].isupper() for t in others)
    if text.isupper() or capitals > MOST_CAPITALS * max(len(others), SHORTEST_HEADLINE):
        return ()
    asked = question.asked.exact if question.asked else frozenset()
    steering = question.steering
    taken = question.naming.words | asked | steering.languages | steering.preamble | {0}
    numbers = sentence_numbers(text, tokens)
    free = (p for p in question.telling - taken if numbers[p] == numbers[p - 1])
    names = {p for p in free if _is_name(question, tokens[p])}
    starts = sorted(p for p in names if p - 1 not in names)
    ends = sorted(p + 1 for p in names if p + 1 not in names)
    return tuple(range(*run) for run in zip(starts, ends, strict=True))


def names_stranger(question: Question) -> bool:
    """Tell whether a name of several words is said that no document is known by."""
    return any(len(run) > 1 for run in strangers(question))


def owner_is_stranger(question: Question) -> bool:
    """Tell whether the field asked for is said to be that of a name no document has: "X's e-mail".

    The name stands right before the field, as one that has something.
    """
    asked = question.asked.exact if question.asked else frozenset()
    ends = tuple(load_lexicon(question.language).genitive_endings)
    before = min(asked, default=0) - 1
    return any(
        run.stop - 1 == before and question.tokens[before].surface.endswith(ends)
        for run in strangers(question)
    )


def _is_name(question: Question, token: Token) -> bool:
    """Tell a word with a capital that is no place, time, language, title ("Ms") or "EU"."""
    word = question.text[token.start : token.end]
    lexicon, words = load_lexicon(question.language), load_words()
    common = either(lexicon.time_words, lexicon.language_words, words.abbreviations)
    forms = (token.surface, *token.lemmas)
    if not common.isdisjoint(forms) or not words.months.keys().isdisjoint(forms) or is_place(token):
        return False
    return word[0].isupper() and (not word.isupper() or len(word) >= SHORTEST_CAPITALS)


def is_stranger_to(
    question: Question, ordinal: int, ranking: Ranking, snapshot: Snapshot, encoder: Encoder
) -> bool:
    """Tell whether all names that are said are such as the document has nothing like.

    A name of several words is said where one is, and a misspelt one where it is nearly so. An
    encoder without words knows no likeness, so there nobody is a stranger.
    """
    named = strangers(question)
    if not named or not isinstance(encoder, TokenEncoder):
        return False
    own = ranking.rows[snapshot.passage_document[ranking.rows] == ordinal][:MOST_LOOKED_AT]
    texts = [passage.text for passage in snapshot.passages(own)]
    return bool(texts) and all(
        not any(_says(question.tokens[p], ordinal, snapshot) for p in run)
        and _is_unlike([question.tokens[p].surface for p in run], texts, snapshot, encoder)
        for run in named
    )


def _is_unlike(
    words: list[str], texts: list[str], snapshot: Snapshot, encoder: TokenEncoder
) -> bool:
    """Tell whether no text has anything like a name, in meaning or in spelling."""
    bar = ALIKE if len(words) == 1 else ALIKE_WHOLE
    best = text_scores(words, texts, encoder, snapshot.words.idf).max(axis=1)
    return float(best.mean()) < bar and not any(_is_misspelt(word, texts) for word in words)


def _is_misspelt(word: str, texts: list[str]) -> bool:
    """Tell whether a text has a name that is the same but for two letters: "Polala", "Palola"."""
    words = (found for text in texts for found in WORD.findall(text) if found[0].isupper())
    names = (found.casefold() for found in words)
    return len(word) >= SHORTEST_MISSPELT and any(
        name[0] == word[0] and Levenshtein.distance(name, word, score_cutoff=MISSPELT) <= MISSPELT
        for name in names
    )


def _says(token: Token, ordinal: int, snapshot: Snapshot) -> bool:
    """Tell whether a document says a word, or what a compound begins with."""
    keys = (*token_keys(token), *islice(token.parts, 1))
    return any(ordinal in snapshot.saying(key) for key in keys)
