"""`python -m eval.fit_ranker DATA`: learn the ranker's weights from judged questions.

The loss is the listwise softmax cross-entropy of ListNet's top one (Cao et al., 2007) over the pool
of each question, with an L2 penalty: a handful of numbers that can be read. Weights of evidence
are never negative, so that a passage is never punished for matching. The penalty draws towards
`START`, weights set by hand, and look-alike pages count most: the bundled encoder has seen SQuAD's
training rows, so there its cosine looks better than it is. Prints hit@1 and MRR by
source, before and after, the latter cross-validated. Does not know how answers are made.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from embeddings.encoder import open_encoder
from embeddings.model import Floats
from eval.fit_cases import Case, cases_of
from eval.fit_descent import Bound, least
from eval.fit_sources import all_sources
from qa.rerank import FEATURES, WEIGHTS
from qa.settings import Settings

SHARES: Mapping[str, float] = {"lookalikes": 3, "squad-fi": 1, "squad-en": 1, "samples": 3}
START: Mapping[str, float] = {
    "dense": 1.6,
    "dense_rest": 4.0,
    "late": 5.6,
    "rest": 5.6,
    "near": 2.8,
    "lexical": 2.0,
    "lexical_other": 0.8,
    "document": 4.0,
    "field": 4.0,
    "number": 2.4,
    "place": 3.0,
    "name": 3.0,
    "boilerplate": -0.4,
}
FREE = frozenset(
    {"length", "boilerplate", "number", "place", "name"}
)  # may count for or against a passage
PENALTY = 1e-2
FOLDS = 4
SCALE = 3.0  # sum of the weights of evidence, so that scores keep their range from fit to fit


def fit(cases: Sequence[Case]) -> Floats:
    """Return the weights `(f,)` that put the right passages of `cases` first."""
    cases = [case for case in cases if case.right.any() and not case.right.all()]
    counts = defaultdict(int, {k: sum(c.kind == k for c in cases) for k in SHARES})
    shares = np.array([SHARES.get(case.kind, 1.0) / max(counts[case.kind], 1) for case in cases])
    shares /= shares.sum()
    values = np.concatenate([case.features for case in cases]).astype(np.float64)
    right = np.concatenate([case.right for case in cases])
    lengths = [len(case.right) for case in cases]
    first = np.cumsum([0, *lengths[:-1]])
    start = np.array([START.get(name, 0.0) for name in FEATURES])
    of_case = np.repeat(np.arange(len(cases)), lengths)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = values @ weights
        scores -= np.maximum.reduceat(scores, first)[of_case]
        exp = np.exp(scores)
        total = np.add.reduceat(exp, first)
        hit = np.maximum(np.add.reduceat(exp * right, first), 1e-300)
        slope = (exp / total[of_case] - exp * right / hit[of_case]) * shares[of_case]
        away = weights - start
        value = float(shares @ (np.log(total) - np.log(hit)) + PENALTY * away @ away)
        return value, values.T @ slope + 2 * PENALTY * away

    bounds: list[Bound] = [(None if name in FREE else 0.0, None) for name in FEATURES]
    found = least(loss, start, bounds)
    evidence = [place for place, name in enumerate(FEATURES) if name not in FREE]
    return np.asarray(found * SCALE / found[evidence].sum())


def rank_of(case: Case, weights: Floats) -> int:
    """Return the rank of the first right passage, near-duplicates collapsed; 0 for none."""
    order = np.lexsort((case.rows, -(case.features @ weights)))
    seen: set[int] = set()
    for place in order:
        seen.add(int(case.groups[place]))
        if case.right[place]:
            return len(seen)
    return 0


def cross_validated(cases: Sequence[Case]) -> list[int]:
    """Return the rank of each case by weights that did not see it."""
    ranks = [0] * len(cases)
    for fold in range(FOLDS):
        weights = fit([case for case in cases if case.fold(FOLDS) != fold])
        for place, case in enumerate(cases):
            if case.fold(FOLDS) == fold:
                ranks[place] = rank_of(case, weights)
    return ranks


def table(cases: Sequence[Case], **columns: Sequence[int]) -> str:
    """Return hit@1 and MRR of each column's ranks by source."""
    lines = [f"{'source':14}{'n':>6}" + "".join(f"{name + ' hit@1  MRR':>24}" for name in columns)]
    for kind in dict.fromkeys(case.kind for case in cases):
        at = [place for place, case in enumerate(cases) if case.kind == kind]
        cells = []
        for ranks in columns.values():
            hit = np.mean([ranks[place] == 1 for place in at])
            mrr = np.mean([1 / ranks[place] if ranks[place] else 0 for place in at])
            cells.append(f"{hit:>17.3f}{mrr:>7.3f}")
        lines.append(f"{kind:14}{len(at):>6}" + "".join(cells))
    return "\n".join(lines)


def current() -> Floats:
    """Return the weights as they are shipped, 0 for a feature they do not know."""
    shipped = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.array([shipped.get(name, 0.0) for name in FEATURES])


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the tables and write the weights."""
    parser = argparse.ArgumentParser(description="learn the ranker's weights")
    parser.add_argument("data", type=Path, help="folder with paraphrase_fi/ and parallel/")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--work", type=Path, help="keep the indexed sources here")
    parser.add_argument("--seed", type=int, default=0, help="which SQuAD paragraphs are drawn")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kysy-fit-") as temporary:
        sources = all_sources(given.data, given.work or Path(temporary), given.seed)
        cases = [case for source in sources for case in cases_of(source)]
    before = current()
    sys.stdout.write(
        table(cases, before=[rank_of(c, before) for c in cases], after=cross_validated(cases))
    )
    sys.stdout.write("\n")
    weights = dict(zip(FEATURES, fit(cases).round(4).tolist(), strict=True))
    encoder = open_encoder(Settings().encoder).identity
    text = json.dumps({"encoder": encoder, "weights": weights}, indent=1)
    given.out.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(weights) + "\n")


if __name__ == "__main__":
    main()
