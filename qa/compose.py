"""The one place where the parts are put together from settings.

Knows every part's constructor. Does not know what any of them does.
"""

from corpus.language import open_analyzer
from embeddings.encoder import open_encoder
from embeddings.publication import current_id
from embeddings.snapshot import Snapshot
from qa.assistant import Assistant
from qa.retrieve import RankingOptions
from qa.settings import Settings


def open_assistant(settings: Settings, options: RankingOptions | None = None) -> Assistant:
    """Return an assistant over the published snapshot.

    KysyError when nothing is indexed, the snapshot is damaged or another encoder made it.
    """
    encoder = open_encoder(settings.encoder)
    analyzer = open_analyzer()
    return Assistant(
        lambda: Snapshot.open(settings.data, encoder, analyzer),
        lambda: current_id(settings.data),
        encoder,
        analyzer,
        options=options,
        threshold=settings.threshold,
        max_question_chars=settings.max_question_chars,
    )
