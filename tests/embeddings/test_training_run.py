"""Proves that training learns, repeats itself by seed, resumes where it was, and scores right."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import KysyError
from embeddings.tokens import TokenLists
from embeddings.training.batches import Batch, Drawing, Sampler, dropped
from embeddings.training.data import Source
from embeddings.training.late import late_scores
from embeddings.training.losses import dense_loss, distinct
from embeddings.training.prepare import Tokens
from embeddings.training.recipe import Recipe, Stage
from embeddings.training.table import Table, bag
from embeddings.training.train import Training, first_rows, last_mixture

VOCABULARY = 300
RUN = Stage("run", steps=24, rate=0.02, late_from=0.4)
TINY = Recipe(dim=16, stages=(RUN,), batch=64, late_batch=32, warm_up=2)


def made_tokens(name: str = "made", kind: str = "search", rows: int = 400, seed: int = 0) -> Tokens:
    """Pairs that share their tokens' classes: token t of a question is 150 + t in its passage."""
    random = np.random.default_rng(seed)
    a = [random.choice(150, random.integers(2, 6), replace=False) for _ in range(rows)]
    b = [np.concatenate([150 + each, random.choice(300, 3)]) for each in a]
    source = Source(name=name, file="", kind=kind, share=1.0)  # type: ignore[arg-type]
    questions = TokenLists.of([list(each) for each in a])
    passages = TokenLists.of([list(each) for each in b])
    return Tokens(source, questions, questions, passages, np.arange(rows))


def started(tokens: Sequence[Tokens], recipe: Recipe = TINY) -> Training:
    """Return the first draw of a recipe, before its first step."""
    (draw, *_) = next(recipe.draws())
    return Training(tokens, first_rows(tokens, VOCABULARY, recipe), recipe, draw)


def run(recipe: Recipe = TINY) -> Training:
    """Train on two small sources."""
    training = started([made_tokens(), made_tokens("same", "same", seed=1)], recipe)
    training.run()
    return training


def test_training_lowers_the_loss() -> None:
    """After a short run both losses are far below those of the first steps."""
    training = started([made_tokens()], replace(TINY, stages=(replace(RUN, steps=120),)))
    batch = Sampler([made_tokens()], Drawing(size=64), 9).draw(0)
    before = dense_loss(training.table.touch(batch.a, batch.b), batch, TINY).item()
    training.run()
    after = dense_loss(training.table.touch(batch.a, batch.b), batch, TINY).item()
    assert after < before / 2
    assert 0 < training.progress.late < before


def test_the_seed_decides_the_result() -> None:
    """Two runs of one seed are equal to the bit; another seed gives another table."""
    first, second = run(), run()
    assert torch.equal(first.table.rows, second.table.rows)
    assert not torch.equal(first.table.rows, run(replace(TINY, seed=2)).table.rows)


def test_draws_differ_by_their_seeds() -> None:
    """No two draws have equal batches or checkpoints; a shorter recipe keeps their shares."""
    recipe = replace(TINY, stages=(RUN, replace(RUN, name="more", steps=6, draws=2)))
    draws = [draw for stage in recipe.draws() for draw in stage]
    assert [draw.name for draw in draws] == ["run-1", "more-1", "more-2"]
    assert len({seed for draw in draws for seed in (draw.seed, draw.seed + 1)}) == 6
    assert recipe.steps == 36
    assert [stage.steps for stage in recipe.scaled(18).stages] == [12, 3]
    assert recipe.scaled(18).steps == 18


def test_later_stages_have_shares_of_their_own() -> None:
    """A source that only later stages draw from counts for nothing before them."""
    tokens = made_tokens()
    late = replace(tokens, source=replace(tokens.source, name="late", share=0.0, last=2.0))
    assert [each.source.share for each in last_mixture([tokens, late])] == [1.0, 2.0]
    rows = first_rows([tokens], VOCABULARY, TINY)
    assert torch.equal(rows, first_rows([tokens, late], VOCABULARY, TINY))
    drawn = [Sampler([tokens, late], Drawing(size=8), 1).draw(n).source for n in range(20)]
    assert set(drawn) == {"made"}


def test_a_resumed_run_equals_an_unbroken_one(tmp_path: Path) -> None:
    """Stopping in the first phase, saving and loading changes nothing."""
    whole = run()
    tokens = [made_tokens(), made_tokens("same", "same", seed=1)]
    broken = started(tokens)
    for _ in range(9):
        broken.step()
    broken.save(tmp_path / "checkpoint.npz")
    resumed = started(tokens)
    resumed.load(tmp_path / "checkpoint.npz")
    assert resumed.progress.done == 9
    resumed.run()
    assert torch.equal(whole.table.rows, resumed.table.rows)
    assert torch.equal(whole.table.averaged(), resumed.table.averaged())


def test_a_checkpoint_begun_from_other_rows_is_refused(tmp_path: Path) -> None:
    """A stage that was trained anew leaves the checkpoints of later ones behind: they say so."""
    path = tmp_path / "checkpoint.npz"
    started([made_tokens()]).save(path)
    draw = next(iter(next(TINY.draws())))
    other = Training([made_tokens()], torch.ones(VOCABULARY, TINY.dim), TINY, draw)
    with pytest.raises(KysyError, match="of another recipe"):
        other.load(path)


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    """Bytes that are no checkpoint, and one of another size, are refused by name."""
    path = tmp_path / "checkpoint.npz"
    training = started([made_tokens()])
    other = started([made_tokens()], replace(TINY, dim=8))
    other.save(path)
    for broken in (b"nothing of the kind", path.read_bytes()[:-50]):
        path.write_bytes(broken)
        with pytest.raises(KysyError, match=r"checkpoint\.npz: not a checkpoint"):
            training.load(path)
    other.save(path)
    with pytest.raises(KysyError, match="another recipe"):
        training.load(path)


def test_the_bag_is_a_sum_and_its_gradient_is_right() -> None:
    """Sums and gradients are those of plain indexing."""
    texts = TokenLists.of([[3, 3, 7], [9], [7, 1]])
    rows = torch.randn(12, 4)
    touched = Table(rows.clone()).touch(texts)
    weights = torch.randn(3, 4)
    (bag(touched, texts) * weights).sum().backward()  # type: ignore[no-untyped-call]
    plain = rows.clone().requires_grad_()
    sums = torch.stack([plain[[3, 3, 7]].sum(0), plain[[9]].sum(0), plain[[7, 1]].sum(0)])
    assert torch.allclose(bag(touched, texts), sums)
    (sums * weights).sum().backward()  # type: ignore[no-untyped-call]
    assert plain.grad is not None
    assert touched.rows.grad is not None
    assert torch.allclose(touched.rows.grad, plain.grad[touched.tokens])


def test_late_interaction_is_the_weighted_mean_of_best_cosines() -> None:
    """The fast score and its gradient equal the formula written out, word by word."""
    asked = [[[1, 2], [2]], [[5]]]
    held = [[[3], [4]], [[1, 2], [6, 7]], [[5]]]
    queries, passages = (
        TokenLists.of(
            [[token for word in text for token in word] for text in texts],
            [[i for i, word in enumerate(text) for _ in word] for text in texts],
        )
        for texts in (asked, held)
    )
    rows = torch.randn(8, 5)
    touched = Table(rows.clone()).touch(queries, passages)
    fast = late_scores(touched, queries, passages)
    plain = rows.clone().requires_grad_()
    slow = torch.zeros(2, 3)
    for i, query in enumerate(asked):
        words = torch.stack([plain[word].sum(0) for word in query])
        found = torch.tensor([sum(word in text for text in held) for word in query])
        weight = words.norm(dim=1) * torch.log(1 + (3 - found + 0.5) / (found + 0.5))
        for j, passage in enumerate(held):
            others = torch.stack([plain[word].sum(0) for word in passage])
            cosines = torch.nn.functional.normalize(words) @ torch.nn.functional.normalize(others).T
            slow[i, j] = (cosines.max(1).values * weight).sum() / weight.sum()
    assert torch.allclose(fast, slow, atol=1e-6)
    fast[0, 1].backward()  # type: ignore[no-untyped-call]
    slow[0, 1].backward()  # type: ignore[no-untyped-call]
    assert plain.grad is not None
    assert touched.rows.grad is not None
    assert torch.allclose(touched.rows.grad, plain.grad[touched.tokens], atol=1e-6)


def test_a_batch_depends_on_its_number_only() -> None:
    """Drawing out of order gives the same batches; different numbers give different ones."""
    tokens = [made_tokens(), made_tokens("same", "same")]
    first, second = (Sampler(tokens, Drawing(size=64), 3) for _ in range(2))
    one = first.draw(5)
    first.draw(6)
    again = second.draw(5)
    assert np.array_equal(one.b.ids, again.b.ids)
    assert not np.array_equal(one.b.ids, second.draw(6).b.ids)


def test_equal_passages_are_one_candidate() -> None:
    """Two questions of one passage look for the same candidate, not for two."""
    texts = TokenLists.of([[1], [2], [3]])
    batch = Batch("made", False, texts, TokenLists.of([[7, 8], [7, 8], [9]]), np.array([4, 4, 2]))
    passages, target = distinct(batch)
    assert len(passages) == 2
    assert target.tolist() == [1, 1, 0]
    assert passages.text(1).tolist() == [7, 8]


def test_lost_tokens_never_empty_a_text() -> None:
    """However many tokens are dropped, each text keeps one or stays whole."""
    texts = TokenLists.of([[1, 2, 3], [4], [5, 6]])
    assert len(dropped(texts, 0.5, np.random.default_rng(1)).ids) < 6
    for seed in range(50):
        assert dropped(texts, 0.9, np.random.default_rng(seed)).lengths.min() > 0


def test_the_average_is_the_mean_of_the_rows_added() -> None:
    """Before anything is added it is the rows themselves."""
    table = Table(torch.ones(3, 2))
    assert torch.equal(table.averaged(), table.rows)
    table.accumulate()
    table.rows = table.rows * 3
    table.accumulate()
    assert torch.equal(table.averaged(), torch.full((3, 2), 2.0))
