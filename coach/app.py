"""The composition root: settings in, the parts of the program out, each made when first asked for."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from coach import settings as settings_file
from coach.paths import CORPUS, Paths
from coach.settings import Settings
from coach.text import say

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from coach.ask import Asker
    from coach.deck import Deck
    from coach.document import Passage, Reading
    from coach.draft import DraftBox, Drafter
    from coach.exercise import OnCase, PracticeResult
    from coach.grade import Calibrations, Grader
    from coach.history import History
    from coach.index import Embedder, Index
    from coach.language import Lang
    from coach.language_model import LanguageModel
    from coach.memory import CardMemory
    from coach.models.store import ModelStore
    from coach.practice import Practice
    from coach.retrieve import Retriever
    from coach.sandbox import Probe


class Coach:
    """Everything the faces need. `chat` and `embedder` replace the configured back ends."""

    def __init__(
        self,
        settings: Settings,
        paths: Paths,
        *,
        environ: Mapping[str, str] | None = None,
        chat: "BaseChatModel | None" = None,
        embedder: "Embedder | None" = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self.paths = paths
        self.environ = environ or {}
        self.clock = clock
        # Where repairs are told; the full screen puts its own way here.
        self.tell: Callable[[str], None] = say
        self._chat = chat
        self._embedder = embedder
        self._lock = threading.Lock()
        self._model: LanguageModel | None = None

    @classmethod
    def open(cls, environ: Mapping[str, str], **overrides: str | None) -> "Coach":
        """Reads the settings, then `overrides` (section_key; None changes nothing); SettingsError if wrong."""
        paths = Paths.from_environ(environ)
        settings = settings_file.load(paths.config_file)
        for name, value in overrides.items():
            if value is not None:
                settings = settings_file.with_value(settings, name.replace("_", ".", 1), value)
        return cls(settings, paths, environ=environ)

    @cached_property
    def deck(self) -> "Deck":
        from coach.deck import load_deck

        return load_deck(own=self.paths.cards_dir)

    def forget_deck(self) -> None:
        """Has the deck read anew when it is next asked for: a card joined or left it."""
        self.__dict__.pop("deck", None)

    @property
    def drafts_waiting(self) -> int:
        """How many drafts wait for a decision, counted without reading them."""
        return sum(1 for _ in self.paths.drafts_dir.glob("*.toml"))

    @property
    def draft_box(self) -> "DraftBox":
        """The drafts that wait for a decision; made anew, because deciding changes the deck."""
        from coach.deck import load_deck
        from coach.draft import DraftBox

        exercises = [file.parent.name for file in (CORPUS / "exercises").glob("*/exercise.toml")]
        deck = load_deck(own=self.paths.cards_dir)
        return DraftBox(self.paths.drafts_dir, self.paths.cards_dir, deck, exercises)

    @property
    def drafter(self) -> "Drafter":
        """Makes drafts with the configured model."""
        from coach.draft import Drafter

        return Drafter(self.language_model, self.draft_box)

    @cached_property
    def history(self) -> "History":
        from coach.history import History

        return History(self.paths.history_file, self.clock, lambda text: self.tell(text))

    @cached_property
    def models(self) -> "ModelStore":
        from coach.models.store import ModelStore

        return ModelStore(self.paths.models_dir)

    @cached_property
    def embedder(self) -> "Embedder":
        from coach.embeddings import open_embedder

        wanted = self.settings.embeddings
        return self._embedder or open_embedder(
            wanted.backend, wanted.model, wanted.base_url, wanted.api_key, self.environ
        )

    def packaged_embedder(self) -> "Embedder":
        """all-MiniLM-L6-v2 from its package: what our retrieval is compared with."""
        from coach.embeddings import open_embedder

        return cast("Embedder", open_embedder("sentence-transformers", "all-MiniLM-L6-v2"))

    @cached_property
    def index(self) -> "Index":
        from coach.index import Index, Server, ShippedCorpus

        at = self.settings.index
        server = Server.of_this_user(at.chroma_url, at.chroma_token) if at.chroma_url else None
        # What a team shares holds nobody's own cards.
        corpus = ShippedCorpus(own=None if server else self.paths.cards_dir)
        return Index(self.paths.index_dir, self.embedder, server=server, corpus=corpus)

    @cached_property
    def retriever(self) -> "Retriever":
        from coach.retrieve import Retriever

        return Retriever(self.index)

    @cached_property
    def grader(self) -> "Grader":
        from coach.grade import Grader, Neighbours

        near, fitted = Neighbours.shipped(self.embed, self._comparing.name), self.calibrations.of
        return Grader(self.language_model, self._passages, self.embed, near, calibrated=fitted)

    @cached_property
    def calibrations(self) -> "Calibrations":
        from coach.grade.calibration import Calibrations

        return Calibrations(self.paths.calibrations_file)

    @cached_property
    def asker(self) -> "Asker":
        from coach.ask import Asker

        return Asker(self.language_model, self._read, embed=self.embed)

    @cached_property
    def practice(self) -> "Practice":
        from coach.practice import Practice
        from coach.sandbox import open_runner

        return Practice(CORPUS / "exercises", open_runner(self.settings.practice.sandbox))

    def attempt(
        self,
        exercise: str,
        source: str,
        seed: int | None = None,
        on_case: "OnCase | None" = None,
        *,
        lang: "Lang" = "en",
        seconds: float | None = None,
    ) -> "PracticeResult":
        """Runs an answer to an exercise and records it; `seconds` is how long the candidate worked on it."""
        from coach.history import Attempt

        result = self.practice.run(exercise, source, seed, on_case, lang=lang)
        self.history.save_attempt(Attempt.of(result, source, self.clock(), seconds))
        return result

    def probe_sandbox(self) -> "Probe":
        """Starts a sandbox once and says whether code can be run here."""
        from coach.sandbox import probe

        return probe(self.settings.practice.sandbox)

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Vectors for comparing texts: the bundled model's, whatever embedder the index uses."""
        from coach.index.vectors import embed_questions

        return list(embed_questions(self._comparing, texts).tolist())

    def memories(self) -> "dict[str, CardMemory]":
        """What is remembered of each card answered so far."""
        return self.history.memories({c.exercise: c.id for c in self.deck if c.exercise})

    def language_model(self) -> "LanguageModel":
        """The configured model; the first call starts the embedded server and takes a second or two."""
        with self._lock:
            if self._model is None:
                self._model = self._open_model()
            return self._model

    def close(self) -> None:
        """Ends every child process; calling it twice does no harm."""
        with self._lock:
            if self._model is not None:
                self._model.close()
            self._model = None
        for made in ("index", "embedder", "practice"):
            close = getattr(self.__dict__.get(made), "close", None)
            if close is not None:
                close()

    def __enter__(self) -> "Coach":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _passages(self, query: str, k: int) -> "list[Passage]":
        """Passages from the index, built first where it is absent or stale."""
        self.index.ensure()
        return self.retriever.search(query, k)

    def _read(self, query: str, k: int) -> "Reading":
        """Passages to answer from, and how likely they do."""
        self.index.ensure()
        return self.retriever.read(query, k)

    @cached_property
    def _comparing(self) -> "Embedder":
        from coach.embeddings.bundled import BundledEmbeddings

        own = self._embedder or self.settings.embeddings.backend == "bundled"
        return self.embedder if own else BundledEmbeddings()

    def _open_model(self) -> "LanguageModel":
        from coach.language_model import LanguageModel
        from coach.models.endpoint import open_model

        if self._chat is not None:
            return LanguageModel(self._chat, name="scripted", remote=False)
        return open_model(self.settings.model, self.models, self.environ)
