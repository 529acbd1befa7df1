"""Proves that an exported folder means the same to both libraries, and that figures are right."""

from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import ByteLevel

from embeddings.encoder import BUNDLED_MODEL, open_encoder
from embeddings.training.evaluate import (
    among_best,
    average_precision,
    both_ways,
    late_scores,
    ranks,
)
from embeddings.training.export import export
from embeddings.training.tokenizer import Model, train_tokenizer

ADVERSARIAL = [
    "Kuka on Itä-Savon hankkeen yhteyshenkilö?",
    "",
    "   \t\n",
    "😀👩‍👩‍👧 ja 🇫🇮",
    "e\u0301 o\u0308 a\u030a ﬁ ½ Ａ",
    "Sámi giella: čáppat ŋ đ ŧ ž",
    "Кто контактное лицо? 東京",
    "1234567890 2021–2023 3,14 %",
    "\u200b\u200d\ufeff",
    "nolla\u200bleveys pehmeä\u00adtavu",
    "-- --- -",
    "a" * 20_000,
    "yhteyshenkilö " * 2_000,
    "\x00\x07",
]
TEXTS = ["Kuka on hankkeen yhteyshenkilö?", "Vilka kommuner deltar?", "Who is it? 2021-2023"] * 9


def made_tokenizer(model: Model = "wordpiece") -> Tokenizer:
    """Learn a few hundred pieces."""
    return train_tokenizer(TEXTS + ["itä savo itäsavo Itä-Savo"] * 9, 400, model)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export a small model with rows of very different lengths."""
    tokenizer = made_tokenizer()
    random = np.random.default_rng(0)
    rows = random.normal(size=(tokenizer.get_vocab_size(), 32))
    rows *= random.uniform(0.01, 3, size=(len(rows), 1))
    path = tmp_path_factory.mktemp("model") / "tiny"
    export(rows.astype(np.float32), tokenizer, "---\nlanguage:\n- fi\n---\n# Tiny\n", path)
    return path


def test_both_libraries_give_the_same_vectors(folder: Path) -> None:
    """On text that breaks things, model2vec and sentence-transformers agree within 1e-3."""
    small = StaticModel.from_pretrained(folder).encode(ADVERSARIAL).astype(np.float32)
    large = SentenceTransformer(str(folder), device="cpu").encode(ADVERSARIAL)
    assert np.isfinite(large).all()
    assert np.abs(small - large).max() < 1e-3
    assert np.abs(small).max() > 0.05


def test_the_products_encoder_agrees_with_them(folder: Path) -> None:
    """Its unit rows are the libraries' vectors, scaled."""
    texts = [text for text in ADVERSARIAL if len(text) < 500]
    ours = open_encoder(str(folder)).encode_passages(texts)
    theirs = StaticModel.from_pretrained(folder).encode(texts).astype(np.float32)
    norms = np.linalg.norm(theirs, axis=1, keepdims=True)
    assert np.abs(ours - theirs / np.where(norms > 0, norms, 1)).max() < 2e-3


@pytest.mark.parametrize("model", ["bpe", "unigram", "wordpiece"])
def test_nothing_is_unknown(model: Model) -> None:
    """Every visible text has tokens, and there is no unknown token in the vocabulary."""
    tokenizer = made_tokenizer(model)
    assert not [piece for piece in tokenizer.get_vocab() if "unk" in piece.lower()]
    for text in ("😀", "ŋ", "東京", "--", "\x07", "[UNK]", "aŋ東京b", "ä" * 1000, "東" * 1000):
        assert tokenizer.encode(text).ids


def test_every_byte_may_stand_inside_a_word() -> None:
    """The pieces of any word, their marks taken off, are the bytes of the word again."""
    tokenizer = made_tokenizer()
    bytes_of = ByteLevel(add_prefix_space=False, use_regex=False)
    for word in ("savossa", "aŋ東京b", "жук", "ﬁŋ", "ä" * 48, "東" * 48):
        pieces = tokenizer.encode(word).tokens
        assert [piece.startswith("##") for piece in pieces] == [n > 0 for n in range(len(pieces))]
        whole = "".join(piece.removeprefix("##") for piece in pieces)
        folded = tokenizer.normalizer.normalize_str(word)
        ((spelled, _),) = bytes_of.pre_tokenize_str(folded)
        assert whole == spelled
    assert sorted(tokenizer.get_vocab().values()) == list(range(tokenizer.get_vocab_size()))


def test_a_letter_run_without_end_is_cut() -> None:
    """A word of many letters is read in parts of 48, each as a word of its own."""
    tokens = made_tokenizer().encode("x" * 1000).tokens
    assert sum(not token.startswith("##") for token in tokens) == 1000 // 48 + 1


def test_hyphens_case_and_forms_fold_together() -> None:
    """Compounds with hyphen and space are the same tokens; so are cases and Unicode forms."""
    tokenizer = made_tokenizer()
    assert tokenizer.encode("Itä-Savo").ids == tokenizer.encode("ITÄ SAVO").ids
    assert tokenizer.encode("ita\u0308").ids == tokenizer.encode("itä").ids
    assert tokenizer.encode("ita").ids != tokenizer.encode("itä").ids


def test_an_export_replaces_the_old_folder_whole(folder: Path, tmp_path: Path) -> None:
    """A second export leaves nothing of the first and no folder beside it."""
    path = tmp_path / "model"
    path.mkdir()
    (path / "old.txt").write_text("old")
    tokenizer = made_tokenizer()
    export(np.ones((tokenizer.get_vocab_size(), 4), np.float32), tokenizer, "# Card\n", path)
    assert sorted(each.name for each in path.iterdir()) == [
        "README.md",
        "config.json",
        "model.safetensors",
        "modules.json",
        "tokenizer.json",
    ]
    assert [each.name for each in tmp_path.iterdir()] == ["model"]


def test_late_scores_prefer_the_passage_with_the_words(folder: Path) -> None:
    """A question that is a passage word for word scores 1 there and less elsewhere."""
    encoder = open_encoder(str(folder))
    passages = ["Kuka on hankkeen yhteyshenkilö?", "Vilka kommuner deltar?", ""]
    scores = late_scores(encoder, passages[:2], passages)  # type: ignore[arg-type]
    assert np.allclose(scores.diagonal(), 1, atol=1e-5)
    assert ranks(scores, np.array([0, 1])).tolist() == [0, 0]


def test_figures_are_those_of_hand() -> None:
    """Ranks, both-ways accuracy and average precision on values worked out by hand."""
    scores = np.array([[0.9, 0.1, 0.5], [0.8, 0.7, 0.1], [0.3, 0.3, 0.3]], np.float32)
    assert ranks(scores, np.array([0, 1, 2])).tolist() == [0, 1, 2]
    assert both_ways(scores) == pytest.approx((1 / 3 + 2 / 3) / 2)
    assert average_precision(np.array([0.9, 0.8, 0.1]), np.array([True, False, True])) == (
        pytest.approx((1 + 2 / 3) / 2)
    )
    assert np.array_equal(among_best(scores, scores), scores)


def test_the_bundled_model_means_the_same_to_both_libraries() -> None:
    """The shipped folder itself, small enough for the repository, agrees within 1e-3."""
    small = StaticModel.from_pretrained(BUNDLED_MODEL).encode(ADVERSARIAL).astype(np.float32)
    large = SentenceTransformer(str(BUNDLED_MODEL), device="cpu").encode(ADVERSARIAL)
    assert np.isfinite(large).all()
    assert np.abs(small - large).max() < 1e-3
    assert sum(path.stat().st_size for path in BUNDLED_MODEL.iterdir()) < 30_000_000


def test_the_bundled_model_forgives_how_a_name_is_written() -> None:
    """Mistyped region names are nearest to the right one of four that look alike."""
    encoder = open_encoder("bundled")
    regions = encoder.encode_passages(["Itä-Savo", "Etelä-Savo", "Pohjois-Savo", "Itä-Uusimaa"])
    written = encoder.encode_queries(
        ["itä savo", "itäsavo", "ITÄ-SAVO", "pohjoissavo", "etelä savo"]
    )
    assert (written @ regions.T).argmax(axis=1).tolist() == [0, 0, 0, 2, 1]
