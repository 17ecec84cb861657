"""The activation functions: one row each.

A row gives the function as a term in the scalar variable z, and what the other rooms need to know of it: its
parameters, its torch counterpart, its Lipschitz constant, where it jumps. A new row is a new activation everywhere.
The rows stand in :mod:`.plain`, :mod:`.piecewise`, :mod:`.smooth` and :mod:`.vector`, which are loaded when one of
their rows is first asked for. The applied functions inside a definition (``exp``) are named, never evaluated, here.

>>> ACTIVATIONS["sigmoid"].definition
divide(number(1), sum(number(1), apply(multiply(number(-1), z), exp)))
>>> find("swish").title
'sigmoid linear unit'
"""

from symnet.activations.row import Activation, Parameter, Z
from symnet.activations.table import ACTIVATIONS, ALIASES, find

__all__ = ["ACTIVATIONS", "ALIASES", "Activation", "Parameter", "Z", "find"]
