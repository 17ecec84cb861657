"""What holds of a function and its derivative: domain, range, limits, parity, monotony, Lipschitz constant."""

from symnet.prove.properties.data import CONTAINED, NUMERICAL, PROVED, Interval, Property
from symnet.prove.properties.finding import properties

__all__ = ["CONTAINED", "NUMERICAL", "PROVED", "Interval", "Property", "properties"]
