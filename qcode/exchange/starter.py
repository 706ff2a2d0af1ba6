"""What a project can start from: a codebook that ships with QCode, one of your own, or the sample project."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcode import readers
from qcode.assets import asset_dir
from qcode.errors import FormatProblem, InvalidInput, NotFound, QcodeError
from qcode.exchange import codebook_csv
from qcode.exchange.files import read_file
from qcode.exchange.quotes import place_of
from qcode.project import Change, CodeId, Project, SourceId, codes, create, passages, sources


@dataclass(frozen=True, slots=True)
class Starter:
    """A codebook that ships with QCode: the key to type, the name to show, and what is in it."""

    key: str
    name: str
    summary: str
    path: Path


def codebooks() -> list[Starter]:
    """List the codebooks to start from, by name."""
    return [_starter(path) for path in sorted((asset_dir("seeds") / "codebooks").glob("*.csv"))]


def new_project(
    path: Path | str, *, codebook: str | Path | None = None, sample: bool = False, coder: str | None = None
) -> Project:
    """Make a project and open it: empty, with a codebook (a starter's key, or a CSV file), or as the sample.

    Raises Conflict when something of that name is there, NotFound or FormatProblem for the codebook, and FileProblem
    when the project cannot be written; then nothing is left behind.
    """
    path = Path(path)
    if sample and codebook is not None:
        raise InvalidInput("The sample project has a codebook of its own.", "Ask for one of the two.")
    if sample:
        return build_sample(path, coder=coder)
    fill = None if codebook is None else _filler(codebook)
    return _as_coder(create(path, coder=coder, fill=fill), coder)


def build_sample(path: Path | str, *, coder: str | None = None) -> Project:
    """Make the sample project from `seeds/sample.toml`, with its sources, codes and passages, and open it.

    Its passages are by the coder it names; `coder` is who goes on from there.
    Raises FormatProblem, naming the source and the quote, when a quote is not found exactly once or by its number.
    """
    seeds = asset_dir("seeds")
    plan = _Plan(tomllib.loads((seeds / "sample.toml").read_text(encoding="utf-8")), seeds)
    return _as_coder(create(path, name=plan.name, coder=plan.coder, fill=plan.fill), coder)


def _as_coder(project: Project, coder: str | None) -> Project:
    """Make the coder who was named the one who goes on coding in the new project."""
    if coder is not None:
        project.use_coder(coder)
    return project


def _starter(path: Path) -> Starter:
    rows = codebook_csv.read(path.read_bytes())
    tops = [row.names[0] for row in rows if len(row.names) == 1]
    inner = [row.names[-1] for row in rows if row.is_codable is not False]
    name = path.stem.replace("-", " ").capitalize()
    return Starter(path.stem, name, f"{' and '.join(tops)}: {', '.join(inner)}", path)


def _filler(codebook: str | Path) -> Callable[[Change], None]:
    rows = codebook_csv.read(_codebook_data(codebook))

    def fill(tx: Change) -> None:
        codebook_csv.merge(tx, rows)

    return fill


def _codebook_data(codebook: str | Path) -> bytes:
    """Find the codebook that is meant: a starter's key comes before a file of that name."""
    starters = {path.stem: path for path in (asset_dir("seeds") / "codebooks").glob("*.csv")}
    if isinstance(codebook, str) and codebook in starters:
        return starters[codebook].read_bytes()
    if not Path(codebook).exists():
        known = ", ".join(sorted(starters))
        raise NotFound(
            f"There is no starter codebook and no file “{codebook}”.", f"The starter codebooks are: {known}."
        )
    return read_file(Path(codebook))


class _Plan:
    """What `sample.toml` says, and how it becomes a project."""

    def __init__(self, told: Mapping[str, Any], seeds: Path) -> None:
        self._seeds = seeds
        self._told = told
        self.name: str = told["project"]["name"]
        self.coder: str = told["project"]["coder"]

    def fill(self, tx: Change) -> None:
        """Bring in the codebook, the sources and all passages: one change."""
        codebook_csv.merge(tx, codebook_csv.read(_codebook_data(self._told["project"]["codebook"])))
        ids = {code.path: code.id for code in codes.codebook(tx)}
        for source in self._told["source"]:
            self._add(tx, source, ids)

    def _add(self, tx: Change, told: Mapping[str, Any], ids: Mapping[str, CodeId]) -> None:
        file = self._seeds / "corpus" / told["file"]
        data = read_file(file)
        document = readers.read(data, file.name)
        about = {key: told.get(key, "") for key in ("folder", "title", "cite_as")}
        source = sources.add(tx, document, name=file.stem, original=data, original_name=file.name, **about)
        for passage in told.get("passage", []):
            _code(tx, source, document.text, passage, file=file.name, ids=ids)


def _code(
    tx: Change, source: SourceId, text: str, told: Mapping[str, Any], *, file: str, ids: Mapping[str, CodeId]
) -> None:
    """Code or, without codes, highlight one passage; its reason is then its comment."""
    reason = told.get("reason", "")
    try:
        start, end = place_of(text, told["quote"], told.get("nth"), where=file)
        if told["codes"]:
            passages.apply(tx, source, start, end, [_known(ids, path) for path in told["codes"]], reason=reason)
        else:
            passages.highlight(tx, source, start, end, comment=reason)
    except QcodeError as problem:
        raise FormatProblem(
            f"The sample's passage “{told['quote']}” in {file}: {problem.message}", problem.hint
        ) from problem


def _known(ids: Mapping[str, CodeId], path: str) -> CodeId:
    if path not in ids:
        raise NotFound(f"The codebook has no code “{path}”.")
    return ids[path]
