"""A replayed derivation as a result: shown, printed, saved."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import symnet
from symnet import kernel, render, ring, store
from symnet.errors import UsageError
from symnet.term import Bound, Claim, Condition, Definition, Derivation, Equation, Step, Term

Found = TypeVar("Found")

#: The work that replaying may take: for what somebody else made, and for what the search here has just written.
WORK_LIMIT: Final = kernel.WORK_LIMIT
OWN_WORK: Final = 1000 * WORK_LIMIT
#: How many bytes one normal form may take when somebody else's derivation is replayed.
MEMORY_LIMIT: Final = ring.MEMORY_LIMIT


@dataclass(frozen=True, eq=False)
class Replay:
    """A derivation that the kernel has replayed. Everything shown comes from the replayed terms."""

    replayed: kernel.Replayed

    @property
    def claim(self) -> Claim:
        """The equations shown, with the conditions and hypotheses they rest on."""
        return self.replayed.claim

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The abbreviations in force."""
        return self.replayed.definitions

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, as data."""
        return self.replayed.steps

    @property
    def conditions(self) -> tuple[Condition | Bound, ...]:
        """What must not be zero, and in which range the indices must be."""
        return self.claim.conditions

    @property
    def hypotheses(self) -> tuple[Equation, ...]:
        """What is assumed."""
        return self.claim.hypotheses

    @property
    def derivation(self) -> Derivation:
        """The derivation again, as plain data."""
        return Derivation(self.definitions, self.steps, self.replayed.goals)

    @property
    def title(self) -> str:
        """A heading, in words; it claims nothing."""
        return "A replayed derivation"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        return (f"The symnet kernel has replayed all {len(self.steps)} steps.",)

    @property
    def page(self) -> render.Page:
        """What the printers print."""
        return render.Page(self.title, self.replayed, self.notes)

    def latex(self, width: float = 32.0) -> str:
        """The derivation as LaTeX to paste into a document that loads amsmath.

        ``width`` is that of a line, in em; the default fits an ``article``, and 20 a column of a two-column one.
        """
        return render.latex_fragment(self.page, width)

    def markdown(self) -> str:
        """The derivation as Markdown with LaTeX mathematics."""
        return render.markdown(self.page)

    def plain(self) -> str:
        """The derivation as text for a terminal."""
        return render.plain(self.page)

    def statement(self) -> str:
        """What was shown, without the derivation, as text for a terminal.

        It says what the names introduced for the result depend on: ``y = W x + B`` says little if B depends on x.
        """
        return "\n".join([render.statement(self.page), "", *self._dependencies(), self._verdict()])

    def _dependencies(self) -> list[str]:
        introduced = [(d, kernel.dependencies(self.definitions, d.symbol)) for d in render.introduced(self.page)]
        write = render.printer(self.page).write
        return [
            f"{write(d.symbol)} depends on {', '.join(map(write, _in_order(used)))}"
            for d, used in introduced
            if 0 < len(used) <= SHOWN_DEPENDENCIES
        ]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the derivation to a file, by suffix: a .tex or .md document, or .json for :func:`replay`.

        Raises :class:`~symnet.errors.UsageError` for another suffix or a place that cannot be written.
        """
        store.write_file(path, check_suffix(path)(self))

    def to_json(self) -> dict[str, Any]:
        """A summary to read, and the derivation, which is all that :func:`replay` looks at."""
        return {"symnet": symnet.__version__, "result": self._result(), "derivation": store.encode(self.derivation)}

    def _result(self) -> dict[str, Any]:
        return {
            "outcome": "proved",
            **render.parts(self.page),
            "steps": len(self.steps),
        }

    def _repr_latex_(self) -> str:
        return render.latex_summary(self.page)

    def _verdict(self) -> str:
        counts = [_count(len(self.conditions), "condition"), _count(len(self.hypotheses), "hypothesis", "hypotheses")]
        return f"proved: {_count(len(self.steps), 'step')} replayed by the kernel, {', '.join(counts)}"

    def __repr__(self) -> str:
        return f"{render.summary(self.page, self._known)}\n{self._verdict()}"

    @property
    def _known(self) -> tuple[Definition, ...]:
        """The definitions that need not be shown in a summary."""
        return ()


@dataclass(frozen=True, eq=False, repr=False)
class Titled(Replay):
    """A replayed derivation with a title and more to say below it."""

    heading: str
    words: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """A heading, in words."""
        return self.heading

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        return (*super().notes, *self.words)


#: More letters than this are not listed as what a name depends on.
SHOWN_DEPENDENCIES: Final = 40

#: How each suffix is written, part by part.
FORMATS: Final[dict[str, Callable[[Replay], Iterable[str]]]] = {
    ".tex": lambda proof: render.latex_parts(proof.page),
    ".md": lambda proof: render.markdown_parts(proof.page),
    ".json": lambda proof: [json.dumps(proof.to_json(), ensure_ascii=False), "\n"],
}


#: The formats of a picture, by suffix.
PICTURES: Final = {f".{name}": name for name in ("svg", "png", "pdf", "tex", "tikz")}

#: How outputs that are multiplied out are written, by suffix.
EXPANSIONS: Final = {".tex": "latex", ".md": "markdown", ".txt": "plain"}


def check_expansion(path: str | os.PathLike[str]) -> str:
    """The format of a file of that name."""
    return _by_suffix(path, EXPANSIONS)


def check_picture(path: str | os.PathLike[str]) -> str:
    """The format of a picture of that name."""
    return _by_suffix(path, PICTURES)


def check_suffix(path: str | os.PathLike[str]) -> Callable[[Replay], Iterable[str]]:
    """The writer for a file of that name."""
    return _by_suffix(path, FORMATS)


def _by_suffix(path: str | os.PathLike[str], known: dict[str, Found]) -> Found:
    suffix = os.path.splitext(path)[1]
    if suffix not in known:
        raise UsageError(f"cannot save as {os.fspath(path)!r}: the name should end in {', '.join(known)}")
    return known[suffix]


def _in_order(letters: Iterable[Term]) -> list[Term]:
    return sorted(letters, key=lambda s: (s.name.base, s.name.layer or 0, s.name.entry))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
