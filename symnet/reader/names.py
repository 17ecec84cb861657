"""Names and sizes as SymPy has them: w₁₂⁽³⁾ is the symbol ``w_1_2^(3)``."""

from __future__ import annotations

import re
from typing import Any, Final

import sympy

from symnet.errors import ParseError
from symnet.reader.indexed import IndexedSize, check_base, is_indexed, member, name_of
from symnet.term import Name, Size

_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)((?:_\d+)*)(?:\^\((\d+)\))?", re.ASCII)


def sympy_name(name: Name) -> str:
    """The text of a name in SymPy, for a name whose indices are numbers.

    >>> sympy_name(Name("w", layer=3, entry=(1, 2)))
    'w_1_2^(3)'
    """
    check_base(name)
    if is_indexed(name):
        raise ParseError(f"{name} has an index that is a letter: it is a member of a family, not one name")
    return name_of(name.base, () if name.layer is None else (name.layer,), name.entry)


def read_name(text: str) -> Name:
    """The name that :func:`sympy_name` wrote; :class:`~symnet.errors.ParseError` for anything else.

    >>> read_name("w_1_2^(3)")
    Name(base='w', layer=3, entry=(1, 2))
    """
    match = _NAME.fullmatch(text)
    if not match:
        raise ParseError(f"{text!r} is not a name: write a letter, then letters or digits, as in W^(1) or w_1_2^(1)")
    base, entry, layer = match.groups()
    return Name(base, int(layer) if layer else None, tuple(int(i) for i in entry.split("_")[1:]))


def sympy_size(size: Size) -> Any:
    """A size as a SymPy integer or as a positive integer symbol."""
    if isinstance(size, int):
        return sympy.Integer(size)
    if is_indexed(size):
        return member(size, IndexedSize)
    return sympy.Symbol(sympy_name(size), integer=True, positive=True)
