"""A run's result as a value and as a JSON file.

Knows the file's shape. Everything but the block "timing" is the same to the byte when the same
system is run again over the same set. Does not know how the figures came to be.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import KysyError
from eval.scores import Scored, risk_coverage, slices, totals
from eval.systems import Identity

FORMAT = 1
_DIGITS = 6


class ShownRow(BaseModel):
    """A passage that was shown for a question."""

    model_config = ConfigDict(frozen=True)

    document: str
    start: int
    end: int
    text: str
    right: bool


class QuestionResult(BaseModel):
    """One question with what came of it; `values` are its measures."""

    model_config = ConfigDict(frozen=True)

    id: str
    set: str
    lang: str
    type: str
    question: str
    expected: str
    doc: str | None
    gold: tuple[str, ...]
    status: str
    rank: int | None
    answer: str
    confidence: float
    values: dict[str, float]
    shown: tuple[ShownRow, ...]


class SetRow(BaseModel):
    """A question set that was run."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: str
    questions: int


class SystemRow(BaseModel):
    """Who answered."""

    model_config = ConfigDict(frozen=True)

    name: str
    commit: str | None
    snapshot: str
    encoder: str
    settings: dict[str, Any]
    versions: dict[str, str]


class Timing(BaseModel):
    """What differs from run to run: milliseconds, in total and by question id."""

    model_config = ConfigDict(frozen=True)

    seconds: float
    median_ms: float
    p95_ms: float
    p99_ms: float
    questions: dict[str, float]


class Result(BaseModel):
    """Everything a run found; `measures` is slice kind -> slice -> measure -> figure."""

    model_config = ConfigDict(frozen=True)

    format: int
    sets: tuple[SetRow, ...]
    system: SystemRow
    seed: int
    depth: int
    measures: dict[str, dict[str, dict[str, float]]]
    risk_coverage: tuple[tuple[float, float], ...]
    questions: tuple[QuestionResult, ...]
    timing: Timing

    @property
    def total(self) -> dict[str, float]:
        """The figures over all questions."""
        return self.measures["total"]["all"]


@dataclass(frozen=True, slots=True)
class SetRun:
    """One set's scored outcomes with the time of each, in milliseconds by question id."""

    name: str
    sha256: str
    scored: tuple[Scored, ...]
    milliseconds: Mapping[str, float]


def summarise(runs: Sequence[SetRun], identity: Identity, *, seed: int, depth: int) -> Result:
    """Return the result of one system over some sets."""
    scored = [one for run in runs for one in run.scored]
    curve = risk_coverage(scored)
    return Result(
        format=FORMAT,
        sets=tuple(SetRow(name=r.name, sha256=r.sha256, questions=len(r.scored)) for r in runs),
        system=SystemRow(
            name=identity.name,
            commit=identity.commit,
            snapshot=identity.snapshot,
            encoder=identity.encoder,
            settings=dict(identity.settings),
            versions=dict(identity.versions),
        ),
        seed=seed,
        depth=depth,
        measures=_measures(runs, scored),
        risk_coverage=tuple((_round(x), _round(y)) for x, y in curve),
        questions=tuple(_question(run.name, one) for run in runs for one in run.scored),
        timing=_timing(runs),
    )


def _measures(
    runs: Sequence[SetRun], scored: Sequence[Scored]
) -> dict[str, dict[str, dict[str, float]]]:
    by = {
        "language": slices(scored, lambda one: one.question.lang),
        "type": slices(scored, lambda one: one.question.type),
    }
    if len(runs) > 1:
        by["set"] = {run.name: run.scored for run in runs}
    figures = {"total": {"all": _rounded(totals(scored))}}
    for kind, parts in by.items():
        figures[kind] = {
            name: {"questions": float(len(part)), **_rounded(totals(part))}
            for name, part in parts.items()
        }
    figures["total"]["all"]["questions"] = float(len(scored))
    return figures


def _question(set_name: str, scored: Scored) -> QuestionResult:
    one = scored.outcome
    return QuestionResult(
        id=one.question.question_id,
        set=set_name,
        lang=one.question.lang,
        type=one.question.type,
        question=one.question.question,
        expected=one.question.expected,
        doc=one.question.doc,
        gold=one.question.gold,
        status=one.status,
        rank=one.rank,
        answer=one.text,
        confidence=_round(one.confidence),
        values=_rounded(scored.values),
        shown=tuple(ShownRow(**asdict(shown)) for shown in one.shown),
    )


def _timing(runs: Sequence[SetRun]) -> Timing:
    times = {f"{run.name}:{key}": ms for run in runs for key, ms in run.milliseconds.items()}
    ordered = sorted(times.values())
    return Timing(
        seconds=round(sum(ordered) / 1000, 3),
        median_ms=_quantile(ordered, 0.5),
        p95_ms=_quantile(ordered, 0.95),
        p99_ms=_quantile(ordered, 0.99),
        questions={key: round(ms, 3) for key, ms in times.items()},
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank quantile, 0.0 of nothing."""
    if not ordered:
        return 0.0
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


def _round(value: float) -> float:
    return round(float(value), _DIGITS)


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: _round(value) for name, value in values.items()}


def write_result(path: Path, result: Result) -> None:
    """Write `result` as JSON, one question a line, so that two results diff well."""
    data = result.model_dump(mode="json")
    timing, questions = data.pop("timing"), data.pop("questions")
    curve = json.dumps(data.pop("risk_coverage"))
    head = json.dumps(data, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = ",\n  ".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in questions)
    tail = json.dumps(timing, ensure_ascii=False, sort_keys=True)
    middle = f' "risk_coverage": {curve},\n "questions": [\n  {rows}\n ]'
    path.write_text(f'{head},\n{middle},\n "timing": {tail}\n}}\n', encoding="utf-8")


def brief(result: Result) -> Result:
    """Return what a gate needs of `result`: the figures of each question, no texts, no times."""
    bare = {"gold": (), "shown": (), "answer": ""}
    return result.model_copy(
        update={
            "risk_coverage": (),
            "questions": tuple(one.model_copy(update=bare) for one in result.questions),
            "timing": Timing(seconds=0, median_ms=0, p95_ms=0, p99_ms=0, questions={}),
        }
    )


def read_result(path: Path) -> Result:
    """Return the result in `path`; raise KysyError when it is none."""
    try:
        result = Result.model_validate_json(path.read_bytes())
    except OSError as error:
        raise KysyError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except ValidationError as error:
        raise KysyError(
            "is no result of `kysy eval run`", where=str(path), fix="run it with --out"
        ) from error
    if result.format != FORMAT:
        raise KysyError(
            f"is a result of format {result.format}, not {FORMAT}",
            where=str(path),
            fix="run `kysy eval run` again",
        )
    return result
