"""Which of several titles a question means, by meaning: "familjecentret" is "perhekeskus".

Knows titles and the encoder. Does not know fields, history or passages.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.language import Analyzer
from corpus.name_keys import PlaceNames
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats
from qa.late import text_scores

MOST_TITLES = 60  # of so many documents one is still chosen by meaning
MEANT_FLOOR = 0.25  # cosine of the words said with the title meant
NEAR_PLACE = 0.1  # what words beside a place's name count more
WORD_FLOOR = 0.3  # cosine of a single word with the title
MEANT_MARGIN = 0.03  # by which it must lead


class TitleMeaning:
    """Chooses among documents by what their titles say beside the place."""

    def __init__(
        self, titles: Sequence[str], encoder: Encoder, analyzer: Analyzer, places: PlaceNames
    ) -> None:
        self._titles = titles
        self._encoder = encoder
        self._analyzer = analyzer
        self._places = places

    def choose(
        self, said: Sequence[str], ordinals: Sequence[int], near: int = 0
    ) -> tuple[int, int] | None:
        """Return the document whose title means one of the texts `said`, and the text's number.

        The first `near` of the texts stand beside a place's name. None when no title stands out.
        """
        if not said or not 1 < len(ordinals) <= MOST_TITLES:
            return None
        titles = [self._without_places(self._titles[ordinal]) for ordinal in ordinals]
        found = self._similarities(titles, said)
        found[:near] += NEAR_PLACE
        similarities = found.max(axis=0)
        second, first = np.argsort(similarities)[-2:]
        lead = similarities[first] - similarities[second]
        if similarities[first] < MEANT_FLOOR or lead < MEANT_MARGIN:
            return None
        return ordinals[int(first)], int(found[:, first].argmax())

    def _similarities(self, titles: Sequence[str], said: Sequence[str]) -> Floats:
        """Return how near each title is to each text said, `(said, titles)`.

        The mean of the texts' cosine and, where the encoder has words, of how well the title's are
        met, whatever else is said.
        """
        dense = self._encoder.encode_queries(said) @ self._encoder.encode_queries(titles).T
        if not isinstance(self._encoder, TokenEncoder):
            return np.asarray(dense, dtype=np.float32)
        met = text_scores(titles, said, self._encoder, _even)
        return np.asarray((dense + met.T) / 2, dtype=np.float32)

    def meant(self, words: Sequence[str], ordinal: int) -> list[bool]:
        """Tell of each word whether the document's title means it, in the order of `words`."""
        if not words:
            return []
        title = self._encoder.encode_queries([self._without_places(self._titles[ordinal])])[0]
        near = self._encoder.encode_queries(words) @ title
        return [bool(similarity >= WORD_FLOOR) for similarity in near]

    def _without_places(self, title: str) -> str:
        tokens = self._analyzer.tokens(title)
        places = {
            p for first, last, _ in self._places.in_tokens(tokens) for p in range(first, last)
        }
        left = [title[t.start : t.end] for p, t in enumerate(tokens) if p not in places]
        return " ".join(left) or title


def _even(words: NDArray[np.uint64]) -> Floats:
    """Return equal inverse document frequencies: titles are too few to tell."""
    return np.ones(len(words), np.float32)
