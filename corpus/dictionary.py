"""What a written word form is a form of: the simplemma dictionaries of fi, sv and en.

Knows where simplemma's tries are kept (built once into the user's cache directory, 24 MB, about
ten seconds) and falls back to its in-memory form where nothing can be written. Tries are mapped
into memory, and read without simplemma, which compiles rules for forty languages when it is
imported: together a tenth of a cold start. Does not know compounds, stop words or sentences, and
never guesses at a form that no dictionary has. The only importer of simplemma and marisa_trie;
nothing is downloaded.
"""

import logging
import os
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from marisa_trie import BytesTrie  # type: ignore[import-not-found]  # ships no types
from platformdirs import user_cache_dir

from corpus.model import LANGUAGES, Language

# Words that the dictionaries take for a form of a rarer one.
_CORRECTIONS: Mapping[Language, Mapping[str, str]] = {
    "fi": {"työ": "työ", "sote": "sote", "kunnasta": "kunta", "miehestä": "mies"},
    "sv": {},
    "en": {},
}

logger = logging.getLogger(__name__)


class Forms(Protocol):
    """The lemma of each form of one language."""

    def get(self, form: str, /) -> str | None:
        """Return the lemma of a form; None when it is not known."""


class Trie:
    """Forms in a file that simplemma's `TrieDictionaryFactory` wrote: one lemma each, in UTF-8."""

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie().mmap(str(path))

    def get(self, form: str, /) -> str | None:
        """Return the lemma of a form; None when it is not known."""
        found = self._trie.get(form)
        return str(found[0], "utf-8") if found else None


class Dictionary:
    """Lemmas of word forms, by language; safe to share between threads."""

    def __init__(self, forms: Mapping[Language, Forms]) -> None:
        self._forms = forms

    def common(self, form: str, language: Language) -> str | None:
        """Return the lemma of a lower-case form that is an ordinary word, or None."""
        return _CORRECTIONS[language].get(form) or self._forms[language].get(form)

    def proper(self, form: str, language: Language) -> str | None:
        """Return the lower-case lemma of a form that is a name ("helsingin"), or None."""
        if form in _CORRECTIONS[language]:
            return None
        lemma = self._forms[language].get(form[:1].upper() + form[1:])
        return lemma.lower() if lemma else None

    def lemmas(self, form: str, language: Language) -> tuple[str, ...]:
        """Return all lemmas of a lower-case form, ordinary word first; empty when unknown."""
        found = (self.common(form, language), self.proper(form, language))
        return tuple(dict.fromkeys(lemma.lower() for lemma in found if lemma))


def default_cache() -> Path:
    """Return the folder of this user's tries; one for each simplemma version."""
    return Path(user_cache_dir("kysy", appauthor=False)) / f"simplemma-{version('simplemma')}"


def load_dictionary(cache: Path) -> Dictionary:
    """Open the dictionaries of all languages, building the tries in `cache` when missing."""
    try:
        return Dictionary({language: _open_trie(cache, language) for language in LANGUAGES})
    except OSError as error:
        logger.warning("cannot keep dictionaries in %s (%s); using slower ones", cache, error)
    from simplemma.strategies import dictionaries  # noqa: PLC0415 - see the top

    factory = dictionaries.LOW_MEMORY_DICTIONARY_FACTORY
    return Dictionary({language: factory.get_dictionary(language) for language in LANGUAGES})


@lru_cache(maxsize=1)
def open_dictionary() -> Dictionary:
    """Open this user's dictionaries, once a process."""
    return load_dictionary(default_cache())


def _open_trie(cache: Path, language: Language) -> Trie:
    """Open a trie, built when it is missing or cut short; its bytes are not checked."""
    path = cache / f"{language}.dic"
    if path.exists():
        try:
            return Trie(path)
        except RuntimeError as error:  # marisa_trie's own
            logger.warning("%s is damaged (%s); it is made again", path, error)
    build_trie(cache, language)
    return Trie(path)


def build_trie(cache: Path, language: Language) -> None:
    """Build one trie aside and move it into place: a reader sees a whole file or none.

    Takes some seconds and, for Finnish, about 700 MB while it lasts. Raises OSError.
    """
    from simplemma.strategies import dictionaries  # noqa: PLC0415 - see the top

    if not cache.is_absolute():
        raise OSError("there is no home directory")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as aside:
        factory = dictionaries.TrieDictionaryFactory(disk_cache_dir=aside)
        factory.get_dictionary(language)
        built = Path(aside) / f"{language}.dic"
        if not built.exists():
            raise OSError(f"{language}.dic could not be written")
        os.replace(built, cache / f"{language}.dic")
