"""`python -m eval.fit_confidence DATA`: fit how sure an answer is, and where to refuse.

A logistic model (Platt, 1999) over `qa.confidence.Signals`: does the top passage answer? Right
passages are those of answerable questions. Wrong ones are the next best when the right ones are
taken away (near misses), what is found for questions no page answers, and what is found for
questions of other documents. The threshold is the highest that refuses no more than
`FALSE_REFUSALS` of the answerable questions, cross-validated. Prints the risk-coverage curve; a
second fit without the encoder's similarities is the default for encoders it does not know.
Does not know what the signals mean.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.language import Analyzer, open_analyzer
from embeddings.encoder import Encoder, open_encoder
from embeddings.model import Floats
from eval.fit_cases import right_rows
from eval.fit_descent import Bound, least
from eval.fit_sources import Source, all_sources
from eval.sets import Question
from qa.answer_passage import passage_signals
from qa.assistant import Assistant
from qa.compose import open_assistant
from qa.confidence import SHIPPED, Signals
from qa.settings import Settings

NAMES = tuple(Signals.__slots__)
AGAINST = {
    "elsewhere": 0.0,
    "unknown": -4.0,
    "unmet": 0.0,
    "person": 0.0,
    "kindless": 0.0,
    "missed": 0.0,
    "untold": 0.0,
}  # weigh at most this
FREE = frozenset({"cross"})  # makes up for words that cannot be shared
SCALED = frozenset(
    {
        *("late", "weakest", "dense", "margin", "rest", "weakest_rest", "unmet"),
        *("quoted", "missed", "untold"),
    }
)
SEEN = frozenset({"dense"})  # 0.55 on the encoder's own training rows, 0.38 on rows it has not seen
SHARES: Mapping[str, float] = {"lookalikes": 2, "samples": 3, "squad-fi": 0.1, "squad-en": 0.1}
FALSE_REFUSALS = 0.01  # of the answerable questions, as few as are wanted of any pages
ROUNDING = 1e-9  # what a sum of shares may be off
PENALTY = 1e-3
FOLDS = 4
STRANGERS = 150  # questions of other documents put to each corpus


@dataclass(frozen=True, slots=True)
class Sample:
    """One top passage: its signals `(s,)`, whether it answers, and what it shows.

    `kind` is "asked" for an answerable question as it stands, else which wrong one it is.
    """

    source: str
    kind: str
    lang: str
    question_id: str
    values: Floats
    right: bool


def samples_of(sources: Sequence[Source]) -> Iterator[Sample]:
    """Yield the samples of every source; questions that fields or rules decide are left out."""
    analyzer = open_analyzer()
    strangers = [q for s in sources if s.name.startswith("squad") for q in s.questions]
    for number, source in enumerate(sources):
        assistant, encoder = open_assistant(source.settings), open_encoder(source.settings.encoder)
        asked = list(source.questions)
        if not source.name.startswith("squad"):
            drawn = Random(number).sample(strangers, min(STRANGERS, len(strangers)))
            asked += [_stranger(question) for question in drawn]
        for question in asked:
            yield from _samples(source.name, question, assistant, encoder, analyzer)


def _stranger(question: Question) -> Question:
    return Question(question.question_id, question.lang, "stranger", question.question, "not_found")


def _samples(
    name: str, judged: Question, assistant: Assistant, encoder: Encoder, analyzer: Analyzer
) -> Iterator[Sample]:
    if judged.expected == "ambiguous" or judged.docs:
        return
    question, ranking, snapshot = assistant.ranked(judged.question, judged.history)
    if not len(ranking.rows) or not assistant.is_judged(question, ranking):
        return
    kind = "asked" if judged.answerable else judged.type
    right = np.zeros(len(ranking.rows), dtype=bool)
    if judged.answerable:
        right = right_rows(judged, ranking.rows, snapshot)
        left = np.flatnonzero(~right)
        missing = ranking.take(left)
        if right.any() and len(left) and assistant.is_judged(question, missing):
            found = passage_signals(question, missing, snapshot, encoder, analyzer)
            yield _sample(name, "near miss", judged, found, right=False)
    found = passage_signals(question, ranking, snapshot, encoder, analyzer)
    yield _sample(name, kind, judged, found, right=bool(right[0]))


def _sample(name: str, kind: str, judged: Question, found: Signals, *, right: bool) -> Sample:
    values = np.array([asdict(found)[signal] for signal in NAMES])
    source = name.rstrip("0123456789-")
    return Sample(source, kind, judged.lang, f"{name} {judged.question_id}", values, right)


def fit(
    samples: Sequence[Sample], *, without: frozenset[str] = frozenset()
) -> tuple[Floats, float]:
    """Return weights `(s,)` and bias; signals in `without` get no weight."""
    counts = Counter((s.source, s.kind) for s in samples)
    kinds = Counter((source, kind == "asked") for source, kind in counts)
    share = np.array(
        [
            SHARES.get(s.source, 1.0)
            / counts[s.source, s.kind]
            / kinds[s.source, s.kind == "asked"]
            for s in samples
        ]
    )
    share /= share.sum()
    values = np.stack([s.values for s in samples])
    sign = np.array([1.0 if s.right else -1.0 for s in samples])

    def loss(parameters: Floats) -> tuple[float, Floats]:
        total = sign * (values @ parameters[:-1] + parameters[-1])
        slope = -sign * share / (1 + np.exp(np.clip(total, -500, 500)))
        penalty = PENALTY * parameters[:-1]
        value = float(share @ np.logaddexp(0, -total) + penalty @ parameters[:-1])
        return value, np.append(values.T @ slope + 2 * penalty, slope.sum())

    bounds: list[Bound] = [*(_bound(name, without) for name in NAMES), (None, None)]
    found = least(loss, np.zeros(len(bounds), dtype=np.float32), bounds)
    return found[:-1], float(found[-1])


def _bound(name: str, without: frozenset[str]) -> Bound:
    if name in without:
        return (0.0, 0.0)
    if name in FREE:
        return (None, None)
    return (None, AGAINST[name]) if name in AGAINST else (0.0, None)


def probabilities(samples: Sequence[Sample], weights: Floats, bias: float) -> Floats:
    """Return the fitted probability of each sample `(n,)`."""
    values = np.stack([s.values for s in samples])
    return np.asarray(1 / (1 + np.exp(-(values @ weights + bias))))


def cross_validated(samples: Sequence[Sample], without: frozenset[str]) -> Floats:
    """Return each sample's probability by a fit that did not see its question."""
    folds = np.array([crc32(s.question_id.encode()) % FOLDS for s in samples])
    found = np.zeros(len(samples), dtype=np.float32)
    for fold in range(FOLDS):
        seen = [s for s, at in zip(samples, folds, strict=True) if at != fold]
        held = [s for s, at in zip(samples, folds, strict=True) if at == fold]
        if held:
            found[folds == fold] = probabilities(held, *fit(seen, without=without))
    return found


def threshold(samples: Sequence[Sample], found: Floats, allowed: float = FALSE_REFUSALS) -> float:
    """Return the highest threshold that refuses at most `allowed` of the answerable questions.

    Sources count by their shares, and a question whose top passage is wrong does not count.
    """
    asked = [at for at, s in enumerate(samples) if s.kind == "asked" and s.right]
    counts = Counter(samples[at].source for at in asked)
    order = sorted(asked, key=lambda at: float(found[at]))
    share = np.array(
        [SHARES.get(samples[at].source, 1) / counts[samples[at].source] for at in order]
    )
    refused = np.cumsum(share / share.sum())
    first_kept = int(np.searchsorted(refused, allowed + ROUNDING, side="right"))
    return round(float(found[order[min(first_kept, len(order) - 1)]]) - 1e-4, 4)


def curve(samples: Sequence[Sample], found: Floats) -> list[dict[str, float]]:
    """Return for each threshold what is answered and refused: the risk-coverage curve."""
    asked = np.array([s.kind == "asked" for s in samples])
    right = np.array([s.right for s in samples])
    rows = []
    for cut in np.arange(0, 1, 0.05):
        kept = found >= cut
        rows.append(
            {
                "threshold": round(float(cut), 2),
                "coverage": _share(kept, asked),
                "risk": _share(~right, asked & kept),
                "false_refusals": _share(~kept, asked & right),
                "refused": _share(~kept, ~asked),
            }
        )
    return rows


def _share(what: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return round(float(what[among].mean()), 4) if among.any() else 0.0


def table(samples: Sequence[Sample], found: Floats, cut: float) -> str:
    """Return the share refused at `cut` by source and kind, of "asked" the right ones alone."""
    lines = [f"{'source':12} {'kind':14} {'n':>5} {'refused':>8}"]
    for source, kind in sorted({(s.source, s.kind) for s in samples}):
        at = [
            place
            for place, s in enumerate(samples)
            if (s.source, s.kind) == (source, kind) and s.right == (kind == "asked")
        ]
        if at:
            lines.append(f"{source:12} {kind:14} {len(at):>5} {np.mean(found[at] < cut):>8.3f}")
    return "\n".join(lines)


def calibration(samples: Sequence[Sample], without: frozenset[str]) -> dict[str, Any]:
    """Return weights, bias and threshold in their JSON form."""
    weights, bias = fit(samples, without=without)
    kept = {
        name: round(float(weight), 3)
        for name, weight in zip(NAMES, weights, strict=True)
        if abs(weight) > 5e-4
    }
    cut = threshold(samples, cross_validated(samples, without))
    return {"weights": kept, "bias": round(bias, 3), "threshold": cut}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the tables and write the calibration."""
    parser = argparse.ArgumentParser(description="fit the confidence and its threshold")
    parser.add_argument("data", type=Path, help="folder with paraphrase_fi/ and parallel/")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the calibration goes")
    parser.add_argument("--curve", type=Path, help="write the risk-coverage curve here (.json)")
    parser.add_argument("--work", type=Path, help="keep the indexed sources here")
    parser.add_argument("--seed", type=int, default=0, help="which SQuAD paragraphs are drawn")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kysy-fit-") as temporary:
        sources = all_sources(given.data, given.work or Path(temporary), given.seed)
        samples = list(samples_of(sources))
    own, default = calibration(samples, SEEN), calibration(samples, SCALED)
    found = cross_validated(samples, SEEN)
    rows = curve(samples, found)
    sys.stdout.write(table(samples, found, own["threshold"]) + "\n")
    sys.stdout.write(f"threshold {own['threshold']}, for other encoders {default['threshold']}\n")
    sys.stdout.writelines(json.dumps(row) + "\n" for row in rows)
    encoder = open_encoder(Settings().encoder).identity
    text = json.dumps({"encoder": encoder, **own, "default": default}, indent=1)
    given.out.write_text(text + "\n", encoding="utf-8")
    if given.curve is not None:
        given.curve.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
