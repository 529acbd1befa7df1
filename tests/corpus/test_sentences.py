"""Sentences end where a reader of Finnish, Swedish or English would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import is_list_item, sentences


def split(text: str) -> list[str]:
    """Give the sentences' texts."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mukana ovat mm. Porvoo ja Loviisa.",
        "Kunnat (ml. Askola) sopivat asiasta esim. Teamsissa.",
        "Aikataulu muuttui 31.12.2022 klo 12.30 alkaen.",
        "1. Edistää hoitotakuun toteutumista",
        "Joulukuun 6. Helsinki juhlii.",
        "Kommunen ordnar bl.a. Luciafester och t.ex. Marknader.",
        "The towns, e.g. Espoo and Vantaa, agreed with Dr. Salo.",
        "Asiasta vastaa J. Virtanen.",
        "Hinta on 3.5 miljoonaa euroa.",
        "Kuka? kysyi hän ja lähti.",
    ],
)
def test_one_sentence_is_not_cut(text: str) -> None:
    """Abbreviations, dates, ordinals, initials and numbers hold no border."""
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Työ alkoi 1.3.2023. Talot avattiin.", ["Työ alkoi 1.3.2023.", "Talot avattiin."]),
        ("Vuosi oli 2022. Toinen haku alkaa.", ["Vuosi oli 2022.", "Toinen haku alkaa."]),
        ("Kuka maksaa? Kunta maksaa!", ["Kuka maksaa?", "Kunta maksaa!"]),
        ('Hän sanoi: "Ei." Sitten loppui.', ['Hän sanoi: "Ei."', "Sitten loppui."]),
        ("Tavoitteet ovat:\n- yksi\n- kaksi", ["Tavoitteet ovat:", "- yksi", "- kaksi"]),
        ("Otsikko\n\nEnsimmäinen virke.", ["Otsikko", "Ensimmäinen virke."]),
        ("Vi börjar nu. Åbo är med.", ["Vi börjar nu.", "Åbo är med."]),
    ],
)
def test_borders_are_found(text: str, expected: list[str]) -> None:
    """Full stops, marks, list items and headings end a sentence."""
    assert split(text) == expected


def test_a_wrapped_line_goes_on() -> None:
    """A newline inside a hard-wrapped sentence is white space."""
    text = "Hanke kokoaa kylien talot yhteen ja avaa niiden ovet arkisin, jotta\nkylissä on elämää."
    assert split(text) == [text]


@pytest.mark.parametrize("line", ["• asia", "- asia", "– asia", "1. asia", "12) asia", "a) asia"])
def test_bullets_and_numbers_mark_items(line: str) -> None:
    """All the usual markers count."""
    assert is_list_item(line)


@pytest.mark.parametrize("line", ["2020 alkoi", "-hankkeen", "a asia", "–", "3.5 euroa"])
def test_other_beginnings_mark_none(line: str) -> None:
    """A year, a compound's second half and a lone dash are text."""
    assert not is_list_item(line)


@given(st.text(alphabet="aAäÄ1. \n!?-•:)", max_size=200))
def test_nothing_but_white_space_is_between(text: str) -> None:
    """Sentences are trimmed, in order, and hold every other character."""
    spans = sentences(text)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() and s < e for s, e in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
