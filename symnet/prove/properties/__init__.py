"""What holds of a function and its derivative: domain, range, limits, parity, monotony, Lipschitz constant."""

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
