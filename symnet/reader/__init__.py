"""The readers: what comes in from SymPy or from text, as terms; and terms as SymPy expressions."""
