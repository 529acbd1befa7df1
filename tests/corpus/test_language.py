"""Words and languages: what a question and a page are made of, in three languages."""

import multiprocessing
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dictionary import build_trie, default_cache, load_dictionary, open_dictionary
from corpus.language import (
    STOP_WORDS,
    Analyzer,
    Token,
    detect,
    fold,
    is_stop_word,
    open_analyzer,
)

DATA = Path(__file__).parent / "words"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """Return the analyser that everything uses."""
    return open_analyzer()


def one(analyzer: Analyzer, text: str) -> Token:
    """Return the only token of a text."""
    (token,) = analyzer.tokens(text)
    return token


def rows(name: str) -> list[list[str]]:
    """Return the rows of one of the lists beside this file."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


class TestWords:
    """What is one word, and what it is a form of."""

    @pytest.mark.parametrize(
        ("text", "lemma"),
        [
            ("yhteyshenkilöiden", "yhteyshenkilö"),
            ("sairaanhoitopiirin", "sairaanhoitopiiri"),
            ("Uudellamaalla", "uusimaa"),
            ("Helsingissä", "helsinki"),
            ("hankkeessaan", "hanke"),
            ("kuntiin", "kunta"),
            ("työ", "työ"),
            ("välfärdsområdets", "välfärdsområde"),
            ("kommunerna", "kommun"),
            ("municipalities", "municipality"),
            ("THL:n", "thl"),
            ("project's", "project"),
            ("yhteyshenkilon", "yhteyshenkilö"),
            ("itäsavossa", "itäsavo"),
        ],
    )
    def test_a_form_gives_its_lemma(self, analyzer: Analyzer, text: str, lemma: str) -> None:
        """Inflection, enclitics, abbreviations and missing dots lead to one basic form."""
        assert lemma in one(analyzer, text).lemmas

    def test_a_hyphenated_name_is_whole_joined_and_in_parts(self, analyzer: Analyzer) -> None:
        """`Itä-Savon` is found as itä-savo, as itäsavo, and by its parts."""
        token = one(analyzer, "Itä-Savon")
        assert (token.surface, token.folded) == ("itä-savon", "ita-savon")
        assert token.lemmas == ("itä-savo", "itäsavo")
        assert token.parts == ("itä", "savo")

    def test_the_same_name_without_its_hyphen_meets_it(self, analyzer: Analyzer) -> None:
        """`pohjoissavossa` and `Pohjois-Savo` share a lemma and their parts."""
        joined, hyphened = analyzer.tokens("pohjoissavossa Pohjois-Savo")
        assert set(joined.lemmas) & set(hyphened.lemmas)
        assert joined.parts == hyphened.parts

    def test_a_project_code_is_inflected_too(self, analyzer: Analyzer) -> None:
        """`Posote20-hankkeen` is the project Posote20."""
        token = one(analyzer, "Posote20-hankkeen")
        assert "posote20-hanke" in token.lemmas
        assert token.parts == ("posote20", "hanke")

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("mari.malli@esimerkki.fi", ("mari", "malli", "esimerkki", "fi")),
            ("31.12.2022", ("31", "12", "2022")),
            ("2020-2021", ("2020", "2021")),
            ("#rakenneuudistus", ("rakenneuudistus",)),
            ("@mari_malli", ("mari", "malli")),
        ],
    )
    def test_addresses_and_numbers_are_whole_and_split(
        self, analyzer: Analyzer, text: str, parts: tuple[str, ...]
    ) -> None:
        """An e-mail, a date, a period, a tag and a handle are one word each, with parts."""
        token = one(analyzer, text)
        assert token.surface == text
        assert token.lemmas == (text,)
        assert token.parts == parts

    def test_a_mixed_question_is_analysed_in_all_languages(self, analyzer: Analyzer) -> None:
        """A Swedish word in a Finnish question still finds its lemma."""
        lemmas = [token.lemmas for token in analyzer.tokens("mitä kommunerna ja counties tekee")]
        assert lemmas[1] == ("kommun",)
        assert "county" in lemmas[3]

    def test_a_name_is_not_taken_apart(self, analyzer: Analyzer) -> None:
        """Savonlinna is no part of Savo, in any case."""
        for form in (
            "Savonlinna",
            "Savonlinnassa",
            "savonlinnan",
            "Uusikaupunki",
            "Savolax",
            "Karttunen",
        ):
            assert one(analyzer, form).parts == ()

    def test_stop_words_are_known_by_language(self, analyzer: Analyzer) -> None:
        """`vem` is a function word of Swedish and not of Finnish."""
        token = one(analyzer, "Vem")
        assert is_stop_word(token, "sv")
        assert not is_stop_word(token, "fi")
        assert all(word == word.lower() for words in STOP_WORDS.values() for word in words)

    def test_text_without_words_has_no_tokens(self, analyzer: Analyzer) -> None:
        """Signs alone are nothing to search for."""
        assert analyzer.tokens("") == analyzer.tokens(' ?! " - ( * :') == ()

    @pytest.mark.parametrize("unit", ["sana", "a.", "1.", "a-", "a@", "...", "'"])
    def test_a_monstrous_text_is_only_long(self, analyzer: Analyzer, unit: str) -> None:
        """A hundred thousand characters without a space take no more than their length."""
        found = analyzer.tokens(unit * (100_000 // len(unit)) + "x kunta")
        assert found[-1].lemmas == ("kunta",)

    def test_threads_get_the_same_words(self) -> None:
        """One analyser serves many threads: a shared stemmer must not mix their words."""
        fresh = Analyzer(open_dictionary())
        texts = [f"kunnanhallitus{i} sairaanhoitopiirissä{i} områden{i}" for i in range(200)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(fresh.tokens, texts * 2))
        assert found == [Analyzer(open_dictionary()).tokens(text) for text in texts * 2]

    @settings(max_examples=150, deadline=None)
    @given(text=st.text(max_size=60))
    def test_spans_slice_back_to_the_word(self, text: str) -> None:
        """Every token is found at its span, in order, without overlap, whatever the text."""
        normal, end = unicodedata.normalize("NFC", text), 0
        for token in open_analyzer().tokens(text):
            assert end <= token.start < token.end <= len(normal)
            written = normal[token.start : token.end].translate(str.maketrans("’´ʼ", "'''"))
            assert written.casefold() == token.surface
            assert token.lemmas
            end = token.end


class TestCompounds:
    """The splitter against lists: a floor under what it was measured to do."""

    def test_most_compounds_are_split_into_their_parts(self, analyzer: Analyzer) -> None:
        """At least 95 of a hundred Finnish and Swedish compounds come apart as they should."""
        wrong = [w for w, *parts in rows("compounds.tsv") if one(analyzer, w).parts != tuple(parts)]
        assert len(rows("compounds.tsv")) >= 100
        assert len(wrong) <= 5, wrong

    def test_simple_words_and_names_stay_whole(self, analyzer: Analyzer) -> None:
        """At most one of fifty words that are no compounds is taken for one."""
        wrong = [(w, one(analyzer, w).parts) for (w,) in rows("simple.tsv")]
        assert len(wrong) >= 50
        assert sum(1 for _, parts in wrong if parts) <= 1, [w for w in wrong if w[1]]

    def test_a_compound_that_no_dictionary_has_gets_a_lemma(self, analyzer: Analyzer) -> None:
        """The last part is inflected, the lemma is not."""
        token = one(analyzer, "palveluverkkouudistuksessa")
        assert token.lemmas == ("palveluverkkouudistus",)
        assert token.parts == ("palvelu", "verkko", "uudistus")


class TestFold:
    """Diacritics and case off."""

    def test_letters_lose_their_marks(self) -> None:
        """Composed and decomposed letters fold alike."""
        assert fold("Itä-Nyländsk Åbo Café ÖSTRA") == "ita-nylandsk abo cafe ostra"
        assert fold(unicodedata.normalize("NFD", "Närpiö")) == "narpio"


class TestDetect:
    """The language of questions and of pages."""

    def test_sentences_and_short_questions_are_told_apart(self) -> None:
        """Of 67 sentences from one word up, at most one is taken for another language."""
        wrong = [(lang, text) for lang, text in rows("sentences.tsv") if detect(text) != lang]
        assert len(rows("sentences.tsv")) >= 60
        assert len(wrong) <= 1, wrong

    def test_long_text_is_what_most_of_it_is(self) -> None:
        """An English quotation does not make a Finnish page English."""
        finnish = " ".join(text for lang, text in rows("sentences.tsv") if lang == "fi")
        assert detect(f'{finnish} "The funding ended." {finnish}') == "fi"

    @pytest.mark.parametrize("text", ["", "12.3.2021", "???", "2021 4"])
    def test_nothing_to_go_by_is_finnish(self, text: str) -> None:
        """A tie is Finnish, every time."""
        assert detect(text) == "fi"


class TestDictionary:
    """Where the dictionaries are kept."""

    def test_two_builders_at_once_leave_a_whole_file(self, tmp_path: Path) -> None:
        """A first use by two processes at a time gives one good trie and no leftovers."""
        spawn = multiprocessing.get_context("spawn")
        builders = [spawn.Process(target=build_trie, args=(tmp_path, "en")) for _ in range(2)]
        for builder in builders:
            builder.start()
        for builder in builders:
            builder.join(60)
        assert [builder.exitcode for builder in builders] == [0, 0]
        assert [path.name for path in tmp_path.iterdir()] == ["en.dic"]

    def test_a_damaged_file_is_made_again(self, tmp_path: Path) -> None:
        """A trie that was cut short is replaced by a whole one."""
        for language in ("fi", "sv"):
            (tmp_path / f"{language}.dic").symlink_to(default_cache() / f"{language}.dic")
        (tmp_path / "en.dic").write_bytes(b"We love Marisa.")
        assert load_dictionary(tmp_path).lemmas("counties", "en") == ("county",)
        assert load_dictionary(tmp_path).lemmas("kunnissa", "fi") == ("kunta",)

    def test_a_folder_that_cannot_be_written_does_not_matter(self, tmp_path: Path) -> None:
        """Without a cache the words are the same, from memory."""
        (tmp_path / "file").touch()
        dictionary = load_dictionary(tmp_path / "file" / "cache")
        assert dictionary.lemmas("kunnissa", "fi") == ("kunta",)
        assert dictionary.lemmas("kommunerna", "sv") == ("kommun",)
        assert dictionary.lemmas("counties", "en") == ("county",)
        assert dictionary.lemmas("xyzzy", "en") == ()
