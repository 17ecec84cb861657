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
==========  =================  ==============================  =========================

``apply`` is a function that keeps the shape of its argument; the kernel knows nothing else about it. ``cases`` reads
"v₁ if l₁ ⋈ r₁, else …, else otherwise" with one relation ``<`` or ``<=`` for each v.

Every traversal is a loop, so a term of depth 100,000 is no different from one of depth 3. Equality is equality of
trees. Standard library only; the trusted base starts here.
"""

from symnet.term.build import apply, cases, identity, multiply, ones, product, symbol, total, zero
from symnet.term.derivation import Claim, Condition, Definition, Derivation, Equation, Step
from symnet.term.names import SCALAR, Name, Shape, Size, describe
from symnet.term.node import Term, lift, number
from symnet.term.walk import denominators, fold, postorder, substitute, symbols

__all__ = [
    "SCALAR",
    "Claim",
    "Condition",
    "Definition",
    "Derivation",
    "Equation",
    "Name",
    "Shape",
    "Size",
    "Step",
    "Term",
    "apply",
    "cases",
    "denominators",
    "describe",
    "fold",
    "identity",
    "lift",
    "multiply",
    "number",
    "ones",
    "postorder",
    "product",
    "substitute",
    "symbol",
    "symbols",
    "total",
    "zero",
]
