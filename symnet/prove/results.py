"""W and B of a proved collapse, or of one at every depth, as SymPy expressions."""

from __future__ import annotations

from typing import Any

import sympy

from symnet.prove.collapse import Collapse
from symnet.prove.induction import Induction
from symnet.reader.bridge import to_sympy
from symnet.term import Shape, Term, number, zero


def slope_to_sympy(collapse: Collapse) -> Any:
    """W: one flat unevaluated product, or a matrix of entries."""
    slopes = [unit.slopes for unit in collapse.maps]
    if collapse.equations.form == "matrix":
        return _flat(slopes[0][0] or zero(*_slope_shape(collapse)), _bodies(collapse))
    rows = [[_entry(collapse, s) for s in row] for row in slopes]
    matrix: Any = sympy.ImmutableMatrix(rows)
    return matrix if collapse.equations.network.convention == "column" else matrix.T


def offset_to_sympy(collapse: Collapse) -> Any:
    """B: a matrix expression, or a column (in the row convention a row) of entries; zero without any bias."""
    offsets = [unit.offset for unit in collapse.maps]
    column = collapse.equations.network.convention == "column"
    if collapse.equations.form == "matrix":
        width = collapse.equations.network.widths[-1]
        offset = offsets[0] or zero(*((width, 1) if column else (1, width)))
        return to_sympy(_bodies(collapse).get(offset, offset))
    matrix: Any = sympy.ImmutableMatrix([_entry(collapse, offset) for offset in offsets])
    return matrix if column else matrix.T


def induction_slope(found: Induction) -> Any:
    """W at every depth, with a letter for the depth; ``.subs("L", 3).doit()`` is W at depth 3.

    >>> from symnet.network.family import NetworkFamily
    >>> from symnet.prove.induction import induction_derivation
    >>> W = induction_slope(induction_derivation(NetworkFamily("L")))
    >>> W, W.shape, W.subs("L", 3).doit()
    (Product(W^(j), (j, L, ..., 1)), (n_L, n_0), W^(3)*W^(2)*W^(1))
    """
    return to_sympy(_bodies(found)[found.slope])


def induction_offset(found: Induction) -> Any:
    """B at every depth, with a letter for the depth; zero without any bias.

    >>> from symnet.network.family import NetworkFamily
    >>> from symnet.prove.induction import induction_derivation
    >>> B = induction_offset(induction_derivation(NetworkFamily("L")))
    >>> B, B.subs("L", 2).doit()
    (Sum(Product(W^(j), (j, L, ..., k + 1))*b^(k), (k, 1, L)), W^(2)*b^(1) + b^(2))
    """
    family = found.family
    if found.offset is None:
        return to_sympy(zero(*family.bias_of(family.last).shape))
    return to_sympy(_bodies(found)[found.offset])


def _bodies(found: Collapse | Induction) -> dict[Term, Term]:
    return {d.symbol: d.body for d in found.derivation.definitions}


def _slope_shape(collapse: Collapse) -> Shape:
    widths = collapse.equations.network.widths
    inputs, outputs = widths[0], widths[-1]
    return (outputs, inputs) if collapse.equations.network.convention == "column" else (inputs, outputs)


def _entry(collapse: Collapse, coefficient: Term | None) -> Any:
    term = number(0) if coefficient is None else coefficient
    return to_sympy(_bodies(collapse).get(term, term))


def _flat(term: Term, bodies: dict[Term, Term]) -> Any:
    """A product of products, through the definitions, as one flat product."""
    scalars, factors, todo = [], [], [term]
    while todo:
        node = bodies.get(t := todo.pop(), t)
        if node.op == "product":
            todo += reversed(node.args)
        elif node.op == "scale":
            scalars.append(node.args[0])
            todo.append(node.args[1])
        else:
            factors.append(node)
    parts = [to_sympy(s) for s in scalars] + [to_sympy(f) for f in factors]
    return parts[0] if len(parts) == 1 else sympy.MatMul(*parts, evaluate=False)
