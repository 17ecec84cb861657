"""``symnet.collapse`` and ``symnet.replay``: composition only.

Following ``symnet.collapse(depth=5)`` is one walk: build the network, write the steps, replay them, hold what was
replayed against what was asked, witness it with torch, return.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from symnet import kernel, store, witness
from symnet.api.proof import Proof
from symnet.api.results import MEMORY_LIMIT, OWN_WORK, WORK_LIMIT, Replay
from symnet.errors import NotAffine, Rejected, Undecided, UsageError
from symnet.network import Network
from symnet.prove.collapse import choose_form, collapse_derivation
from symnet.term import Derivation

if TYPE_CHECKING:
    from symnet.api.derived import Derived
    from symnet.api.induction import InductionProof
    from symnet.api.vector import VectorDerived
    from symnet.witness import Counterexample, GapReport


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


def replay(
    source: str | os.PathLike[str] | Derivation, *, work: int = WORK_LIMIT, memory: int = MEMORY_LIMIT
) -> Replay:
    """Replay a derivation that somebody else made, from a .json file or as data. Nothing in it is trusted.

    Raises :class:`~symnet.errors.ParseError` for a file that is no derivation, and
    :class:`~symnet.errors.Rejected` when a step does not hold, or the replay takes more than ``work`` operations or a
    normal form more than ``memory`` bytes.
    """
    if isinstance(source, Derivation):
        return Replay(kernel.replay(source, work, memory))
    if not isinstance(source, str | os.PathLike):
        raise UsageError(f"replay takes a path or a Derivation, not a {type(source).__name__}")
    try:
        return Replay(kernel.replay(store.read_file(source), work, memory))
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


def derive(
    function: Any,
    *,
    variable: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    n: int | str | None = None,
    check: bool = True,
    seed: int = 0,
) -> Derived | VectorDerived:
    """Derive an activation function step by step: h′(z), and h′ written in a = h(z) where that can be done.

    Args:
        function: a name of the table (``"sigmoid"``, ``"softmax"``), a SymPy expression, a callable that takes a SymPy
            symbol, or a formula as text (``"z*atan(z)"``) or LaTeX.
        variable: the variable, where that is not clear.
        parameters: numbers for the other letters, exact, as in ``{"alpha": 2}``. The derivation keeps the letters; the
            numbers say in which order cases switch, and are used by the check and in pictures.
        n: for a vector function, how many entries: a number, or a letter (the default) for any number.
        check: compare with torch's own function and its autograd.
        seed: for the random points of that check.

    Raises:
        ParseError: the text is no formula. UsageError: no name of the table, or no function of one variable.
        Rejected: there is no rule for part of the function, as for a function of which nothing is known.
        WitnessFailed, MissingDependency: see :meth:`Derived.witnessed`.

    >>> derive("tanh", check=False).in_output
    1 - a**2
    """
    from symnet.api.derived import Derived
    from symnet.api.subject import subject_of
    from symnet.prove.derivative import derive as search

    subject = subject_of(function, variable, parameters)
    if subject.row is not None and subject.row.vector:
        from symnet.api.vector import derive_vector

        return derive_vector(subject.row, "n" if n is None else n, check, seed)
    if n is not None:
        raise UsageError(f"{subject.title} has one entry: n is for vector functions such as softmax")
    found = search(subject.function, subject.variable, subject.numbers, subject.assumptions)
    derived = Derived(found.replayed, subject, found)
    return derived.witnessed(seed) if check else derived


def activations() -> list[dict[str, Any]]:
    """The table of activations: name, title and other names of each row.

    >>> activations()[0]
    {'name': 'identity', 'title': 'identity', 'aliases': ['linear']}
    """
    from symnet.activations import ACTIVATIONS, ALIASES

    return [
        {"name": name, "title": row.title, "aliases": [alias for alias, of in ALIASES.items() if of == name]}
        for name, row in ACTIVATIONS.items()
        if not row.arbitrary
    ]


def _every_depth(keywords: dict[str, Any], form: str | None, check: bool, seed: int) -> InductionProof:
    from symnet.api.induction import InductionProof
    from symnet.network.family import NetworkFamily
    from symnet.prove.induction import induction_derivation

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
