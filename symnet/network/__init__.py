"""Networks: what an architecture says, as terms (:mod:`.equations`) and as SymPy expressions (:mod:`.views`).

Networks of every depth are in :mod:`.family`.
"""

from symnet.network.equations import Equations, LayerEquations, entry_equations, matrix_equations
from symnet.network.network import Layer, Network

__all__ = ["Equations", "Layer", "LayerEquations", "Network", "entry_equations", "matrix_equations"]
