"""Reading what a user writes for a network: everything exact, and one line for every mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Final

from symnet.activations import ACTIVATIONS, Activation, find
from symnet.errors import ShapeError, UsageError
from symnet.term import Name, Size

#: One layer's given weights: the rows of W in the network's convention, and b (empty without a bias).
Weights = tuple[tuple[tuple[Fraction, ...], ...], tuple[Fraction, ...]]

_DECIMAL: Final = re.compile(r"[+-]?\d{1,4000}(/0*[1-9]\d{0,3999}|(\.\d{0,4000})?([eE][+-]?\d{1,3})?)", re.ASCII)

#: Names that the symbols of a network take, so that a width cannot.
_TAKEN: Final = frozenset({"x", "X", "y", "O", "W", "B", "m", "exp", *ACTIVATIONS})


@dataclass(frozen=True, slots=True)
class LayerActivation:
    """A layer's activation: a row of the table, with numbers for (α, β) where an affine one was given them."""

    row: Activation
    parameters: tuple[Fraction, Fraction] | None = None

    @property
    def name(self) -> str:
        """The row's name."""
        return self.row.name

    @property
    def written(self) -> str | tuple[Fraction, Fraction]:
        """What a user writes for it."""
        return self.parameters or self.row.name


def exact(value: object, where: str) -> Fraction:
    """An int, a Fraction or a decimal string as a Fraction.

    >>> exact("-0.15", "a weight")
    Fraction(-3, 20)
    >>> exact(0.15, "weights[0]")
    Traceback (most recent call last):
    symnet.errors.UsageError: weights[0] is the float 0.15, which is not exactly what it shows: write '0.15'
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | str | float):
        raise UsageError(f"{where} is a {type(value).__name__}: write an int, a Fraction or a decimal string")
    if isinstance(value, float) and not isfinite(value):
        raise UsageError(f"{where} is {value!r}, which is no number")
    if isinstance(value, float):
        raise UsageError(f"{where} is the float {value!r}, which is not exactly what it shows: write '{value!r}'")
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise UsageError(f"{where} is {value[:40]!r}: write a decimal such as '-0.15' or a ratio such as '-3/20'")
    return Fraction(value)


def _read_width(value: object, convention: str) -> Size:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise UsageError(f"a width is a whole number from 1 or a name such as 'n0', not {value!r}")
    if isinstance(value, int):
        if value < 1:
            raise UsageError(f"a width is a whole number from 1 or a name such as 'n0', not {value!r}")
        return int(value)
    match = re.fullmatch(r"([A-Za-z]+)_?(\d{1,9})?", value, re.ASCII)
    if not match:
        raise UsageError(f"a width is a whole number from 1 or a name such as 'n0', not {value[:40]!r}")
    base, index = match.groups()
    if index is None and base in _TAKEN and (base != "m" or convention == "row"):
        raise UsageError(f"the width {value!r} would have the name of another symbol of the network: rename it")
    return Name(base, entry=() if index is None else (int(index),))


def read_widths(widths: object, depth: object, weights: list[Weights] | None, convention: str) -> tuple[Size, ...]:
    if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int) or depth < 1):
        raise UsageError(f"depth is the number of affine layers, a whole number from 1, not {depth!r}")
    if widths is not None:
        if isinstance(widths, str) or not isinstance(widths, Sequence):
            raise UsageError(f"widths is a sequence such as (2, 3, 1), not {widths!r}")
        found = tuple(_read_width(w, convention) for w in widths)
        if len(found) < 2:
            raise UsageError(f"widths names the input and every layer, so two or more entries, not {len(found)}")
    elif weights is not None:
        sizes = [_dimensions(rows, convention) for rows, _ in weights]
        found = (sizes[0][0], *(outputs for _, outputs in sizes))
    elif isinstance(depth, int):
        found = tuple(Name("n", entry=(k,)) for k in range(depth + 1))
    else:
        raise UsageError("a network needs widths=(2, 3, 1), weights=[(W1, b1), …] or depth=5")
    if depth is not None and len(found) != depth + 1:
        raise UsageError(f"depth={depth} disagrees with the other arguments, which say {len(found) - 1}")
    return found


def _dimensions(rows: tuple[tuple[Fraction, ...], ...], convention: str) -> tuple[int, int]:
    """(inputs, outputs) of a given weight matrix."""
    return (len(rows[0]), len(rows)) if convention == "column" else (len(rows), len(rows[0]))


def _read_activation(value: object) -> LayerActivation:
    if isinstance(value, str):
        row = find(value)
        if row.vector:
            raise UsageError(
                f"{value} acts on a whole vector, not entry by entry: as output activation write 'g', "
                "which stands for any"
            )
        return LayerActivation(row)
    if isinstance(value, tuple | list) and len(value) == 2:
        alpha, beta = (exact(v, f"{name} of an affine activation") for v, name in zip(value, "αβ", strict=True))
        return LayerActivation(ACTIVATIONS["affine"], (alpha, beta))
    raise UsageError(f"an activation is a name or a pair (α, β) of rationals, not {value!r}")


def _is_pair_of_rationals(value: object) -> bool:
    """Whether this is (α, β) and not one entry for each of two layers."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return False
    return all(isinstance(v, int | Fraction) or (isinstance(v, str) and _DECIMAL.fullmatch(v)) for v in value)


def read_activations(value: object, depth: int) -> tuple[LayerActivation, ...]:
    if isinstance(value, str) or _is_pair_of_rationals(value):
        return _check_hidden((_read_activation(value),) * (depth - 1) + (_read_activation("identity"),))
    if not isinstance(value, Sequence):
        raise UsageError(f"activations is a name or one entry a layer, not {value!r}")
    if len(value) != depth:
        raise UsageError(f"activations has length {len(value)} for depth {depth} (the last entry is the output's)")
    found = tuple(map(_read_activation, value))
    return _check_hidden(found)


def read_hidden(value: object) -> LayerActivation:
    """One entry for all hidden layers."""
    if not (isinstance(value, str) or _is_pair_of_rationals(value)):
        raise UsageError(f"at a depth that is a letter, activations is one entry for all hidden layers, not {value!r}")
    return read_activations(value, 2)[0]


def _check_hidden(activations: tuple[LayerActivation, ...]) -> tuple[LayerActivation, ...]:
    if any(a.row.arbitrary for a in activations[:-1]):
        raise UsageError("g stands for any output activation; a hidden layer needs one that is known")
    return activations


def read_bias(value: object, depth: int, weights: list[Weights] | None) -> tuple[bool, ...]:
    flags = [value] * depth if isinstance(value, bool) else value
    if not isinstance(flags, Sequence) or isinstance(flags, str) or not all(type(f) is bool for f in flags):
        raise UsageError(f"bias is True, False or one of them a layer, not {value!r}")
    if len(flags) != depth:
        raise UsageError(f"bias has length {len(flags)} for depth {depth}")
    if weights is None:
        return tuple(flags)
    for k, (flag, (_, b)) in enumerate(zip(flags, weights, strict=False)):
        if b and not flag:
            raise UsageError(f"bias says that layer {k + 1} has none, but weights[{k}][1] holds one: write None there")
    return tuple(bool(b) for _, b in weights)


def read_weights(weights: object) -> list[Weights]:
    if isinstance(weights, str) or not isinstance(weights, Sequence) or not weights:
        raise UsageError(f"weights is one pair (W, b) a layer, not {weights!r}")
    return [_read_pair(pair, f"weights[{k}]") for k, pair in enumerate(weights)]


def _read_pair(pair: object, where: str) -> Weights:
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise UsageError(f"{where} is not a pair (W, b); write (W, None) for a layer without a bias")
    rows, bias = pair
    if not isinstance(rows, tuple | list) or not rows or not all(isinstance(r, tuple | list) and r for r in rows):
        hint = "a 1×1 matrix is written [[2]], not 2" if isinstance(rows, int | str | Fraction) else "write [[1, 2]]"
        raise UsageError(f"{where}[0] is a {type(rows).__name__}, not a list of rows; {hint}")
    if len({len(r) for r in rows}) > 1:
        raise ShapeError(f"{where}[0] has rows of different lengths")
    if bias is not None and not isinstance(bias, tuple | list):
        raise UsageError(f"{where}[1] is not a list of numbers; a single bias is written [3], not 3")
    matrix = tuple(tuple(exact(v, f"{where}[0][{i}][{j}]") for j, v in enumerate(row)) for i, row in enumerate(rows))
    return matrix, tuple(exact(v, f"{where}[1][{i}]") for i, v in enumerate(bias or ()))


def check_weights(weights: list[Weights], widths: tuple[Size, ...], convention: str) -> None:
    if len(weights) != len(widths) - 1:
        raise ShapeError(f"weights says depth {len(weights)}, but widths says {len(widths) - 1}")
    for k, (rows, bias) in enumerate(weights):
        expected, found = (widths[k], widths[k + 1]), _dimensions(rows, convention)
        if found != expected:
            raise ShapeError(
                f"weights[{k}][0] maps {found[0]} inputs to {found[1]} outputs in the {convention} convention, "
                f"but layer {k + 1} maps {expected[0]} to {expected[1]}"
            )
        if bias and len(bias) != widths[k + 1]:
            raise ShapeError(f"weights[{k}][1] has length {len(bias)}, but layer {k + 1} has width {widths[k + 1]}")
