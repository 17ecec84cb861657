"""What holds of a function and its derivative: domain, range, limits, parity, monotony, Lipschitz constant.

How the facts are found, and in which module::

    a derived function (symnet.prove.derivative)
      → settings       assumptions on letters, with numbers to try them with            setting
      → parts          open intervals with one formula, and the places between           shape
      → cells          parts cut where h turns; what h tends to at their ends            shape, limits, waves
      → facts          each guessed from the cells, then proved if it can be             finding
          domain       a condition fails outside of it                                   domains
          range        bounds by certificates; preimages, intermediate values            ranges, preimage
          monotony     the mean value theorem on pieces, joined where they meet          monotony, slopes, joining
          limits       monotony, bounds and preimages of the last cell                   monotony
          parity       h(−z) ∓ h(z) = 0 piece by piece                                   parity
          Lipschitz    L z ∓ h does not fall, and h′ reaches L                           lipschitz

Numbers decide what is tried: with many digits (numerics), or between bounds that no rounding breaks (enclosures);
scan finds where signs change, inverse solves equations, order compares values. A proof of an inequality starts from a
ground, what is known in a region, and tries reasons, ways to write a term so that its sign is seen (ground, reasons,
writing, combination). Each proof is a derivation of its own that the kernel has replayed, and that rests on nothing but
what the fact says (region.attempt). A fact is *proved* if such derivations add up to it, by the argument in its row of
:class:`Property`; otherwise it says so.
"""

from symnet.prove.properties.data import (
    BOUND,
    CONTAINED,
    NUMERICAL,
    PROVED,
    Estimate,
    Infinite,
    Interval,
    Property,
    Values,
)
from symnet.prove.properties.finding import properties

__all__ = [
    "BOUND",
    "CONTAINED",
    "NUMERICAL",
    "PROVED",
    "Estimate",
    "Infinite",
    "Interval",
    "Property",
    "Values",
    "properties",
]
