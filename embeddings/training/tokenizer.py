"""Makes the tokenizer: what is folded, where words break, and which pieces are in the vocabulary.

It knows text and the `tokenizers` library. It does not know vectors or training pairs.

Every text has tokens for all its bytes, so nothing is unknown. Case and compatibility forms are
folded; a hyphen is a space and pieces carry no mark of a word's start, so that "Itä-Savo",
"itä savo" and "itäsavo" can share their pieces.
"""

from collections.abc import Iterable
from typing import Literal

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE, Unigram
from tokenizers.trainers import BpeTrainer, UnigramTrainer

Model = Literal["bpe", "unigram"]
_HYPHENS = r"(?<=[\p{L}\p{N}])[\-\u2010-\u2015]+(?=[\p{L}\p{N}])"
_INVISIBLE = r"[\u00ad\u200b-\u200f\u2060\ufeff]"
_PIECES = r"\p{N}{1,4}|[\p{L}\p{M}]+|[^\s\p{L}\p{M}\p{N}]"


def train_tokenizer(texts: Iterable[str], vocabulary: int, model: Model) -> Tokenizer:
    """Learn a vocabulary of about `vocabulary` pieces from `texts`."""
    tokenizer = Tokenizer(BPE() if model == "bpe" else Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(_INVISIBLE), ""),
            normalizers.Replace(Regex(_HYPHENS), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    if model == "bpe":
        trainer: BpeTrainer | UnigramTrainer = BpeTrainer(
            vocab_size=vocabulary, min_frequency=5, initial_alphabet=alphabet, show_progress=False
        )
    else:
        trainer = UnigramTrainer(
            vocab_size=vocabulary,
            initial_alphabet=alphabet,
            max_piece_length=16,
            show_progress=False,
        )
    tokenizer.train_from_iterator(texts, trainer=trainer)
    return tokenizer
