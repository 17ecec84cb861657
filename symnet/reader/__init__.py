"""The readers: what comes in as text, as LaTeX or from SymPy, as terms; and terms as SymPy expressions.

:mod:`.text` and :mod:`.latex` read formulas by one whitelist grammar; nothing that a user writes is run. :mod:`.second`
has latex2sympy2 read a formula as well, and compares. :mod:`.bridge` goes between terms and SymPy.
"""
