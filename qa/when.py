"""The time a question is about: a date, a year, now, or before now.

Knows dates and time cues. Does not know fields or whose validity is compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from corpus.dates import Dated, find_dates
from corpus.language import Token
from qa.cues import places
from qa.lexicon import Lexicon, either

Mode = Literal["dates", "current", "past", "first"]
STOP = re.compile(r"[.,;:!?]")
NEAR_WORDS = 3  # "before" governs "the present one" when it stands this near before it
BEFORE_CHARS = 30  # a cue governs the date when it stands this near before it


@dataclass(frozen=True, slots=True)
class When:
    """A span of days, inclusive, open where None; the other modes carry no days."""

    mode: Mode
    first: date | None = None
    last: date | None = None

    def meets(self, valid_from: date | None, valid_to: date | None) -> bool:
        """Tell whether something valid in these days was so at any time asked for."""
        starts_in_time = self.last is None or valid_from is None or valid_from <= self.last
        ends_in_time = self.first is None or valid_to is None or valid_to >= self.first
        return starts_in_time and ends_in_time


def find_when(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> When | None:
    """Return the time asked about, or None when the question does not say.

    Dates are looked for in all of `text`, now and before now in `tokens`, the words that ask.
    """
    dates = find_dates(text)
    if dates:
        return _dated(text, dates, lexicon)
    current = places(tokens, lexicon.current_cues, lexicon.uninflected)
    if current and not _preceded(text, tokens, current, lexicon):
        return When("current")
    if current or places(tokens, lexicon.past_cues, lexicon.uninflected):
        return When("past")
    return None


def _preceded(
    text: str, tokens: Sequence[Token], current: Sequence[range], lexicon: Lexicon
) -> bool:
    """Tell whether who came before is asked for: "before the present one", "take over from"."""
    if places(tokens, lexicon.succession_cues, lexicon.succession_cues):
        return True
    return any(
        0 <= now.start - before.stop < NEAR_WORDS
        and not STOP.search(text, tokens[before.stop - 1].end, tokens[now.start].start)
        for before in places(tokens, lexicon.preceding_cues, lexicon.uninflected)
        for now in current
    )


def _dated(text: str, dates: tuple[Dated, ...], lexicon: Lexicon) -> When:
    first, last = dates[0], dates[-1]
    before = text[max(0, first.start - BEFORE_CHARS) : first.start].casefold().split()
    after = text[last.end : last.end + BEFORE_CHARS].casefold().split()
    if _governed(before, after, lexicon.before_cues):
        return When("dates", None, first.first - timedelta(days=1))
    if _governed(before, after, lexicon.after_cues):
        return When("dates", last.last + timedelta(days=1), None)
    if _governed(before, after, lexicon.from_cues) and not _then(text[last.end :], lexicon):
        return When("dates", first.first, None if len(dates) == 1 else last.last)
    return When("dates", first.first, last.last)


def _then(text: str, lexicon: Lexicon) -> bool:
    """Tell whether what follows a date asks of it: "notes from 2018: who was it then"."""
    said = f" {' '.join(word.strip('?!.,;:') for word in text.casefold().split())} "
    beyond = either(lexicon.before_cues, lexicon.after_cues, lexicon.from_cues)
    return any(
        f" {cue} " in said and not any(f" {word} {cue} " in said for word in beyond)
        for cue in lexicon.then_cues
    )


def _governed(before: list[str], after: list[str], cues: frozenset[str]) -> bool:
    near = {word.strip("?!.,;:") for word in (*before[-2:], *after[:1])}
    return any(cue in near for cue in cues)
