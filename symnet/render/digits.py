"""Numbers as digits: whole numbers of any length, fractions, and decimals where these are what somebody wrote."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Final

#: Halves, quarters, … print as fractions.
FRACTIONS: Final = frozenset({1, 2, 4, 8, 16})
#: Longer denominators are not looked at.
_LONGEST: Final = 10**100


def digits(value: int) -> str:
    """The decimal digits of a whole number of any length; ``str`` gives up at 4,300.

    >>> len(digits(10**5000))
    5001
    """
    return f"{Decimal(value):f}"


def ratio(value: Fraction) -> str:
    """A rational number as ``3``, ``3/4`` or ``0.044715``."""
    if written := decimal(value):
        return written
    return digits(value.numerator) + (f"/{digits(value.denominator)}" if value.denominator != 1 else "")


def decimal(value: Fraction) -> str:
    """The decimal notation of a number, if it is finite and not longer than the fraction; not of 1/2, 3/4, ….

    >>> decimal(Fraction("0.044715")), decimal(Fraction("3.404")), decimal(Fraction("0.01"))
    ('0.044715', '3.404', '0.01')
    >>> decimal(Fraction(3, 2)), decimal(Fraction(1, 1024)), decimal(Fraction(1, 3000))
    ('', '', '')
    """
    return _decimal(value) if value.denominator < _LONGEST and value.denominator not in FRACTIONS else ""


@lru_cache(1024)
def _decimal(value: Fraction) -> str:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return ""
    places = next(n for n in count(1) if 10**n % value.denominator == 0)
    whole, part = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    written = "-" * (value < 0) + f"{digits(whole)}.{digits(part):0>{places}}"
    fraction = len(digits(value.numerator)) + 1 + len(digits(value.denominator))
    return written if len(written) <= fraction else ""
