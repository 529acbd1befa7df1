"""Makes the tokenizer: what is folded, where words break, and which pieces are in the vocabulary.

It knows text and the `tokenizers` library. It does not know vectors or training pairs.

Every text has tokens for all its bytes, so nothing is unknown. Case and compatibility forms are
folded and a hyphen is a space. A WordPiece that does not begin its word is marked, so that an
ending or the second half of a compound has a vector of its own; it is the training, by its
misspelt questions, that brings "itäsavo" near "itä savo".
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE, Unigram, WordPiece
from tokenizers.trainers import BpeTrainer, UnigramTrainer, WordPieceTrainer

Model = Literal["bpe", "unigram", "wordpiece"]
_HYPHENS = r"(?<=[\p{L}\p{N}])[\-\u2010-\u2015]+(?=[\p{L}\p{N}])"
_INVISIBLE = r"[\u00ad\u200b-\u200f\u2060\ufeff]"
_PIECES = r"\p{N}{1,4}|[\p{L}\p{M}]{1,48}|[^\s\p{L}\p{M}\p{N}]"
_LONGEST = 4 * 48  # bytes of a piece of text; the time of WordPiece grows with their square
_UNKNOWN = "[UNK]"
_INSIDE = "##"


def train_tokenizer(texts: Iterable[str], vocabulary: int, model: Model) -> Tokenizer:
    """Learn a vocabulary of about `vocabulary` pieces from `texts`."""
    empty, trainer = _MODELS[model](vocabulary)
    learned = _around(empty)
    learned.train_from_iterator(texts, trainer=trainer)
    return _with_every_byte(learned) if model == "wordpiece" else learned


def _bpe(vocabulary: int) -> tuple[BPE, BpeTrainer]:
    trainer = BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=5,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return BPE(), trainer


def _unigram(vocabulary: int) -> tuple[Unigram, UnigramTrainer]:
    trainer = UnigramTrainer(
        vocab_size=vocabulary,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_piece_length=16,
        show_progress=False,
    )
    return Unigram(), trainer


def _wordpiece(vocabulary: int) -> tuple[WordPiece, WordPieceTrainer]:
    trainer = WordPieceTrainer(
        vocab_size=vocabulary,
        min_frequency=5,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[_UNKNOWN],
        continuing_subword_prefix=_INSIDE,
        show_progress=False,
    )
    return WordPiece(unk_token=_UNKNOWN, max_input_chars_per_word=_LONGEST), trainer


_Pair: TypeAlias = tuple[BPE | Unigram | WordPiece, BpeTrainer | UnigramTrainer | WordPieceTrainer]
_MODELS: Mapping[Model, Callable[[int], _Pair]] = {
    "bpe": _bpe,
    "unigram": _unigram,
    "wordpiece": _wordpiece,
}


def _around(model: BPE | Unigram | WordPiece) -> Tokenizer:
    """Return a tokenizer that folds and splits text, and leaves the pieces of a word to `model`."""
    tokenizer = Tokenizer(model)
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
    return tokenizer


def _with_every_byte(learned: Tokenizer) -> Tokenizer:
    """Return the tokenizer with each byte also inside a word, so that none of a word is unknown.

    The last byte takes the place of the piece for unknown words, which the trainer asks for and
    the model names but never needs.
    """
    pieces = learned.get_vocab()
    inside = sorted(_INSIDE + byte for byte in pre_tokenizers.ByteLevel.alphabet())
    # some are always missing: thirteen bytes stand in no UTF-8
    *missing, last = (piece for piece in inside if piece not in pieces)
    pieces[last] = pieces.pop(_UNKNOWN)
    pieces |= {piece: place for place, piece in enumerate(missing, len(pieces))}
    return _around(
        WordPiece(
            pieces,
            unk_token=_UNKNOWN,
            continuing_subword_prefix=_INSIDE,
            max_input_chars_per_word=_LONGEST,
        )
    )
