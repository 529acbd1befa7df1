"""Makes the mistakes that people make when they type a question, for training.

It knows characters and words. It does not know tokens, languages or models.
"""

import random

_FOLDED = str.maketrans("äöåÄÖÅéü", "aoaAOAeu")
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def noisy(text: str, random_: random.Random) -> str:
    """Return `text` with one or two mistakes: lost diacritics, a typo, or another compound form."""
    changes = [_fold, _typo, _hyphens, _typo]
    for change in random_.sample(changes, random_.choice((1, 1, 2))):
        text = change(text, random_)
    return text


def _fold(text: str, random_: random.Random) -> str:
    return text.translate(_FOLDED)


def _typo(text: str, random_: random.Random) -> str:
    """Swap, drop, double or replace one letter of one longer word."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4]
    if not long:
        return text
    place = random_.choice(long)
    word = words[place]
    i = random_.randrange(1, len(word) - 1)
    words[place] = random_.choice(
        (
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + random_.choice(_LETTERS) + word[i + 1 :],
        )
    )
    return " ".join(words)


def _hyphens(text: str, random_: random.Random) -> str:
    """Write hyphens as spaces or nothing, or join two neighbouring words."""
    if "-" in text:
        return text.replace("-", random_.choice((" ", "")))
    words = text.split(" ")
    if len(words) < 2:
        return text
    i = random_.randrange(len(words) - 1)
    return " ".join(
        [*words[:i], words[i] + random_.choice(("", "-")) + words[i + 1], *words[i + 2 :]]
    )
