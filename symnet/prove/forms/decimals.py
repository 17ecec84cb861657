"""Which numbers stand as decimals, as somebody wrote them or as products of such: 1.702, and not 851/500.

The printers follow the same rule, and a test holds the two against each other.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

#: Halves, quarters, … stay fractions, and so does a number with more bits than it is looked at.
_FRACTIONS: Final = frozenset({1, 2, 4, 8, 16})
_BITS: Final = 300


@lru_cache(4096)
def decimal_digits(value: Fraction) -> int:
    """How many digits a number has as a decimal, if that is how it is written; 0 otherwise.

    >>> [decimal_digits(Fraction(x)) for x in ("0.044715", "1.702", "0.01", "1/2", "1/3", "1/1024")]
    [7, 4, 3, 0, 0, 0]
    """
    denominator, twos, fives = value.denominator, 0, 0
    if denominator in _FRACTIONS or max(denominator.bit_length(), value.numerator.bit_length()) > _BITS:
        return 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        return 0
    places, size = max(twos, fives), abs(value)
    written = len(str(int(size))) + places
    return written if written < len(f"{size.numerator}{value.denominator}") + 1 else 0
