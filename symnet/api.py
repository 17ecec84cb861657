"""The public functions and their results: composition only.

Following ``symnet.collapse(depth=5)`` is one walk: build the network, write the steps, replay them, hold what was
replayed against what was asked, witness it with torch, return.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import symnet
from symnet import kernel, render, store, witness
from symnet.errors import NotAffine, Rejected, Undecided, UsageError
from symnet.network import Network, NetworkFamily
from symnet.prove.collapse import Collapse, choose_form, collapse_derivation
from symnet.prove.induction import Induction, induction_derivation
from symnet.term import Bound, Claim, Condition, Definition, Derivation, Equation, Step, Term

if TYPE_CHECKING:
    from symnet.witness import Counterexample, FamilyReport, GapReport, Report


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
class Proof(Replay):
    """A proved collapse: the output of ``network`` is W x + B, or g of it.

    ``witness`` is the report of the torch forward pass, or None when the check was left out.
    """

    network: Network
    collapse: Collapse
    witness: Report | None = None

    @property
    def W(self) -> Any:
        """The slope as a SymPy matrix expression, in the network's convention.

        >>> symnet.collapse(depth=3, check=False).W
        W^(3)*W^(2)*W^(1)
        """
        from symnet.prove.results import slope_to_sympy

        return slope_to_sympy(self.collapse)

    @property
    def B(self) -> Any:
        """The offset as a SymPy matrix expression; above depth 12 in terms of the layer before, c⁽ᴸ⁻¹⁾."""
        from symnet.prove.results import offset_to_sympy

        return offset_to_sympy(self.collapse)

    @property
    def title(self) -> str:
        """A heading, in words."""
        widths = "–".join(map(str, self.network.widths))
        return (
            f"The collapse of a network of depth {self.network.depth}{f' ({widths})' if self._has_short_widths else ''}"
        )

    @property
    def _has_short_widths(self) -> bool:
        return self.network.is_numeric and self.network.depth <= 8

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        about = "The definitions are those of the network, and the coefficients do not depend on its input."
        witness = () if self.witness is None else (str(self.witness),)
        any_g = ("torch takes the identity for g, which stands for any function.",)
        return (f"{super().notes[0]} {about}", *witness, *(any_g if witness and self._is_about_any_g else ()))

    @property
    def _is_about_any_g(self) -> bool:
        return self.network.activations[-1].row.arbitrary

    @property
    def _known(self) -> tuple[Definition, ...]:
        return self.collapse.equations.definitions

    def witnessed(self, seed: int = 0) -> Proof:
        """This proof with the report of a torch forward pass.

        Raises :class:`~symnet.errors.WitnessFailed` when torch and the formula differ by more than rounding can
        explain, and :class:`~symnet.errors.MissingDependency` without torch.
        """
        return replace(self, witness=witness.witness(self.network, self.replayed, seed=seed))

    def uniqueness(self) -> Titled:
        """The derivation that W and B are determined by the map f: B = f(0), and W eⱼ = f(eⱼ) − f(0).

        Raises :class:`~symnet.errors.UsageError` for given weights, an output activation other than the identity, a map
        that does not depend on its input, or a depth over 12.

        >>> print(symnet.collapse(depth=1, check=False).uniqueness())
        B = u,
        W eⱼ = v − u
          where ...
        proved: 12 steps replayed by the kernel, no conditions, no hypotheses
        """
        from symnet.prove.uniqueness import IN_WORDS, uniqueness_derivation

        replayed = kernel.replay(uniqueness_derivation(self.network), OWN_WORK)
        return Titled(replayed, f"W and B of {self.network!r} are determined by what it computes", (IN_WORDS,))

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {**super()._result(), "network": repr(self.network), "witness": report}

    def __repr__(self) -> str:
        return super().__repr__() + ("" if self.witness is None else f"\n{self.witness}")


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


@dataclass(frozen=True, eq=False, repr=False)
class InductionProof(Replay):
    """A proved collapse at every depth: for each L, the output of the network of depth L is W x + B.

    ``witness`` is the report of torch forward passes at depths 1 to 12, or None when the check was left out.
    """

    network: NetworkFamily
    collapse: Induction
    witness: FamilyReport | None = None

    @property
    def W(self) -> Any:
        """The slope as a SymPy matrix expression; put a number for the depth and call ``doit()`` to multiply it out.

        >>> proof = symnet.collapse(depth="L", check=False)
        >>> proof.W.subs("L", 3).doit()
        W^(3)*W^(2)*W^(1)
        """
        from symnet.prove.results import induction_slope

        return induction_slope(self.collapse)

    @property
    def B(self) -> Any:
        """The offset as a SymPy matrix expression."""
        from symnet.prove.results import induction_offset

        return induction_offset(self.collapse)

    @property
    def title(self) -> str:
        """A heading, in words."""
        return f"The collapse of a network of every depth {self.network.depth}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said below the derivation, in words."""
        about = "The definitions are those of the network, and W and B do not depend on its input."
        return (f"{super().notes[0]} {about}", *(() if self.witness is None else (str(self.witness),)))

    @property
    def _known(self) -> tuple[Definition, ...]:
        return self.network.definitions

    def witnessed(self, seed: int = 0) -> InductionProof:
        """This proof with the report of torch forward passes; it raises as :meth:`Proof.witnessed` does."""
        return replace(self, witness=witness.witness_family(self.network, self.replayed, seed=seed))

    def _result(self) -> dict[str, Any]:
        report = None if self.witness is None else self.witness.to_json()
        return {**super()._result(), "network": repr(self.network), "witness": report}

    def __repr__(self) -> str:
        return super().__repr__() + ("" if self.witness is None else f"\n{self.witness}")


#: The work that replaying may take: for what somebody else made, and for what the search here has just written.
WORK_LIMIT: Final = kernel.WORK_LIMIT
OWN_WORK: Final = 1000 * WORK_LIMIT

#: More letters than this are not listed as what a name depends on.
SHOWN_DEPENDENCIES: Final = 40

#: How each suffix is written, part by part.
FORMATS: Final[dict[str, Callable[[Replay], Iterable[str]]]] = {
    ".tex": lambda proof: render.latex_parts(proof.page),
    ".md": lambda proof: render.markdown_parts(proof.page),
    ".json": lambda proof: [json.dumps(proof.to_json(), ensure_ascii=False), "\n"],
}


def _in_order(letters: Iterable[Term]) -> list[Term]:
    return sorted(letters, key=lambda s: (s.name.base, s.name.layer or 0, s.name.entry))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def check_suffix(path: str | os.PathLike[str]) -> Callable[[Replay], Iterable[str]]:
    """The writer for a file of that name."""
    suffix = Path(path).suffix
    if suffix not in FORMATS:
        raise UsageError(f"cannot save as {str(path)!r}: the name should end in {', '.join(FORMATS)}")
    return FORMATS[suffix]


def collapse(
    network: Network | None = None,
    *,
    widths: Sequence[int | str] | None = None,
    depth: int | str | None = None,
    activations: str | Sequence[Any] | None = None,
    weights: Sequence[Any] | None = None,
    bias: bool | Sequence[bool] | None = None,
    convention: str | None = None,
    form: str | None = None,
    check: bool = True,
    seed: int = 0,
) -> Proof | InductionProof:
    """Prove that a network with affine hidden layers is g(W x + B), or refute that its layers collapse.

    Args:
        network: a :class:`~symnet.Network`, or leave it out and give its keywords here: ``widths``, ``depth``,
            ``activations``, ``weights``, ``bias``, ``convention``. ``depth`` may be a letter, as in ``depth="L"``: then
            the collapse is proved for every depth, by induction.
        convention: with a network, write it in this convention instead.
        form: ``"matrix"`` or ``"entries"``; left out, entries for numeric widths while the result stays small.
        check: evaluate the result against a torch forward pass built from the network alone.
        seed: for the witness's random draws, and for the search for a counterexample.

    Raises:
        NotAffine: an exact counterexample was found, for the weights it names. Undecided: neither a proof nor a
        counterexample was found. UsageError, ShapeError: the arguments do not describe a network.
        WitnessFailed, MissingDependency: see :meth:`Proof.witnessed`.

    >>> proof = collapse(widths=(2, 2, 1), check=False)
    >>> proof.W
    Matrix([[w_1_1^(1)*w_1_1^(2) + w_1_2^(2)*w_2_1^(1), w_1_1^(2)*w_1_2^(1) + w_1_2^(2)*w_2_2^(1)]])
    """
    keywords = {
        "widths": widths,
        "depth": depth,
        "activations": activations,
        "weights": weights,
        "bias": bias,
        "convention": convention,
    }
    if type(seed) is not int or seed < 0:
        raise UsageError(f"seed is a whole number from 0, not {seed!r}")
    given = {k: v for k, v in keywords.items() if v is not None}
    if network is None and isinstance(depth, str):
        return _every_depth(given, form, check, seed)
    asked = _network(network, given)
    form = choose_form(asked, form)
    if not all(a.row.affine for a in asked.activations[:-1]):
        _refute(asked, check, seed)
    found = collapse_derivation(asked, form)
    replayed = kernel.replay(found.derivation, OWN_WORK)
    found.check(replayed)
    proof = Proof(replayed, asked, found)
    return proof.witnessed(seed) if check else proof


def replay(source: str | os.PathLike[str] | Derivation, *, work: int = WORK_LIMIT) -> Replay:
    """Replay a derivation that somebody else made, from a .json file or as data. Nothing in it is trusted.

    Raises :class:`~symnet.errors.ParseError` for a file that is no derivation, and
    :class:`~symnet.errors.Rejected` when a step does not hold or the replay takes more than ``work`` operations.
    """
    if isinstance(source, Derivation):
        return Replay(kernel.replay(source, work))
    if not isinstance(source, str | os.PathLike):
        raise UsageError(f"replay takes a path or a Derivation, not a {type(source).__name__}")
    try:
        return Replay(kernel.replay(store.read_file(source), work))
    except Rejected as error:
        raise Rejected(f"{os.fspath(source)}: {error}") from None


def _network(network: object, keywords: dict[str, Any]) -> Network:
    if network is None:
        return Network(**keywords)
    if not isinstance(network, Network):
        raise UsageError(f"collapse takes a symnet.Network or its keywords, not a {type(network).__name__}")
    if set(keywords) - {"convention"}:
        raise UsageError(f"with a network, {', '.join(sorted(set(keywords) - {'convention'}))} is already given")
    return network.with_convention(keywords.get("convention", network.convention))


def _every_depth(keywords: dict[str, Any], form: str | None, check: bool, seed: int) -> InductionProof:
    if extra := sorted(set(keywords) & {"widths", "weights"}):
        raise UsageError(f"at a depth that is a letter, {' and '.join(extra)} cannot be given")
    if form not in (None, "matrix"):
        raise UsageError(f"at a depth that is a letter, form is 'matrix', not {form!r}")
    family = NetworkFamily(
        keywords["depth"],
        keywords.get("activations", "identity"),
        keywords.get("bias", True),
        keywords.get("convention", "column"),
    )
    if not family.is_affine:
        _refute(family.at(2), check, seed, "at depth 2, ")
    found = induction_derivation(family)
    replayed = kernel.replay(found.derivation, OWN_WORK)
    found.check(replayed)
    proof = InductionProof(replayed, family, found)
    return proof.witnessed(seed) if check else proof


def _refute(network: Network, check: bool, seed: int, where: str = "") -> None:
    """Raise what is known about a network with a hidden activation that is not affine."""
    last = network.activations[-1]
    if last.parameters and not last.parameters[0]:
        raise Undecided("the output activation is constant, so the network is, whatever its hidden layers do")
    found = witness.counterexample(network, seed=seed)
    if found is None:
        names = ", ".join(dict.fromkeys(a.name for a in network.activations[:-1] if not a.row.affine))
        raise Undecided(
            f"hidden activation {names}: no proof is known that this network is affine, and none of the inputs tried "
            "shows that it is not"
        )
    message = where + str(found)
    if check:
        message += f"\n{replay_on_torch(found)}"
    raise NotAffine(message, found)


def replay_on_torch(found: Counterexample) -> GapReport:
    """Show a counterexample to torch: does it see the gap, within the rounding-error bound?"""
    return witness.replay_on_torch(found)
