"""Terms, and the plain data of a derivation.

A term is a small immutable tree ``op(args; value)`` over the real numbers. It carries its shape: ``()`` for a
scalar, ``(rows, columns)`` for a matrix, where a size is a positive whole number or a name such as n_0. Shapes are
checked when a term is made, whoever makes it, so an ill-shaped term does not exist. Nothing simplifies on
construction: ``x + x`` stays ``x + x``. A 1×1 matrix is not a scalar.

==========  =================  ==============================  =========================
op          value              args                            shape
==========  =================  ==============================  =========================
number      Fraction                                           scalar
symbol      (Name, shape)                                      as given
sum                            two or more of one shape        theirs
multiply                       two or more scalars             scalar
power       whole number ≥ 0   scalar                          scalar
divide                         scalar, scalar                  scalar
product                        two or more matrices, chained   (first rows, last columns)
scale                          scalar, matrix                  the matrix's
transpose                      matrix                          (columns, rows)
identity    n                                                  (n, n)
zero        (m, n)                                             (m, n)
ones        n                                                  (n, 1)
apply       Name of function   one term                        its argument's
cases       relations          l₁, r₁, v₁, …, otherwise        scalar
constant    'pi'                                               scalar
derivative  (variable, side)   body, point                     scalar
index       Index                                              scalar
sigma       (k, lower, upper)  one term                        its argument's
pi          (k, lower, upper,  one scalar or matrix            scalar, or (rows, columns)
            direction)                                         of the outermost factors
==========  =================  ==============================  =========================

``apply`` is a function that keeps the shape of its argument. The kernel knows exp, log, sqrt, sin, cos, atan, tanh and
erf, which act entry by entry on a matrix, and nothing about any other. ``cases`` reads "v₁ if l₁ ⋈ r₁, else …, else
otherwise" with one relation ``<`` or ``<=`` for each v. ``derivative`` is the derivative of the function "variable ↦
body" at the point, from both sides, the left or the right; it binds the variable in the body, not in the point.

Names may carry an :class:`Index` such as k + 1: W⁽ᵏ⁺¹⁾ is a member of the family W, of shape n_{k+1}×n_k. ``sigma`` and
``pi`` are Σ and ∏ over such an index, which they bind. They are defined by recursion on the upper limit, and 0 and I
when it is one below the lower; further below, by convention, they are 0.

Every traversal is a loop, so a term of depth 100,000 is no different from one of depth 3. Equality is equality of
trees. Standard library only; the trusted base starts here.
"""

from symnet.term.build import (
    apply,
    cases,
    constant,
    derivative,
    identity,
    indexed_product,
    indexed_sum,
    multiply,
    natural,
    ones,
    product,
    symbol,
    total,
    zero,
)
from symnet.term.derivation import Bound, Claim, Condition, Definition, Derivation, Equation, Step
from symnet.term.names import SCALAR, Index, Name, Position, Shape, Size, at, describe, index, is_at_most, shifted
from symnet.term.node import KNOWN, Term, known_function, lift, number
from symnet.term.walk import fold, instance, postorder, put, substitute, symbols

__all__ = [
    "KNOWN",
    "SCALAR",
    "Bound",
    "Claim",
    "Condition",
    "Definition",
    "Derivation",
    "Equation",
    "Index",
    "Name",
    "Position",
    "Shape",
    "Size",
    "Step",
    "Term",
    "apply",
    "at",
    "cases",
    "constant",
    "derivative",
    "describe",
    "fold",
    "identity",
    "index",
    "indexed_product",
    "indexed_sum",
    "instance",
    "is_at_most",
    "known_function",
    "lift",
    "multiply",
    "natural",
    "number",
    "ones",
    "postorder",
    "product",
    "put",
    "shifted",
    "substitute",
    "symbol",
    "symbols",
    "total",
    "zero",
]
