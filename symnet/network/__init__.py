"""Networks: what an architecture says, as terms (:mod:`.equations`) and as SymPy expressions (:mod:`.views`)."""

from symnet.network.equations import Equations, LayerEquations, entry_equations, matrix_equations
from symnet.network.family import NetworkFamily
from symnet.network.network import Layer, Network

__all__ = ["Equations", "Layer", "LayerEquations", "Network", "NetworkFamily", "entry_equations", "matrix_equations"]
