"""Networks: what an architecture says, as terms (:mod:`.equations`) and as SymPy expressions (:mod:`.views`)."""

from symnet.network.architecture import Layer, Network
from symnet.network.equations import Equations, LayerEquations, entry_equations, matrix_equations

__all__ = ["Equations", "Layer", "LayerEquations", "Network", "entry_equations", "matrix_equations"]
