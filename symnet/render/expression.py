"""Single terms, equations and claims, each on one line."""

from __future__ import annotations

from symnet.render.notation import LATEX, TEXT
from symnet.render.page import claim_terms, relation
from symnet.render.printer import Printer
from symnet.render.wording import WORDING
from symnet.term import Bound, Claim, Condition, Equation, Term


def text(term: Term) -> str:
    """The term as Unicode text, for terminals.

    Raises :class:`~symnet.errors.SymnetError` when two names in it would print alike.

    >>> from symnet.term import Name, symbol
    >>> W, x = symbol(Name("W", layer=1), (3, 2)), symbol("x", (2, 1))
    >>> text(W @ (x + x).T.T - W @ x)
    'W⁽¹⁾ ((x + x)ᵀ)ᵀ − W⁽¹⁾ x'
    """
    return Printer.of(TEXT, term).write(term)


def latex(term: Term) -> str:
    r"""The term as one LaTeX expression, for math mode with amsmath.

    Raises :class:`~symnet.errors.SymnetError` when two names in it would print alike.

    >>> from symnet.term import Name, symbol
    >>> print(latex(symbol(Name("w", 1, (1, 2))) * symbol("alpha") / 2))
    \frac{w_{12}^{(1)} \alpha}{2}
    """
    return Printer.of(LATEX, term).write(term)


def equation_text(equation: Equation) -> str:
    """``lhs = rhs`` as Unicode text.

    >>> from symnet.term import symbol
    >>> equation_text(Equation(symbol("y"), symbol("alpha") * symbol("x")))
    'y = α x'
    """
    return equation_with(Printer.of(TEXT, equation.lhs, equation.rhs), equation)


def equation_latex(equation: Equation) -> str:
    r"""``lhs = rhs`` as one LaTeX expression.

    >>> from symnet.term import symbol
    >>> print(equation_latex(Equation(symbol("y"), symbol("alpha") * symbol("x"))))
    y = \alpha x
    """
    return equation_with(Printer.of(LATEX, equation.lhs, equation.rhs), equation)


def claim_text(claim: Claim, language: str = "en") -> str:
    """The claim on one line, with its conditions and hypotheses.

    >>> from symnet.term import Condition, number, symbol
    >>> x = symbol("x")
    >>> claim_text(Claim((Equation(x / x, number(1)),), (Condition(x),)))
    'x/x = 1 if x ≠ 0'
    """
    return claim_with(Printer.of(TEXT, *claim_terms(claim)), claim, language)


def claim_with(printer: Printer, claim: Claim, language: str) -> str:
    """The claim on one line, under a printer's names."""
    words = WORDING[language]
    equations = [equation_with(printer, e) for e in claim.equations]
    conditions = [condition_with(printer, c) for c in claim.conditions]
    hypotheses = [equation_with(printer, h) for h in claim.hypotheses]
    parts = [words["comma"].join(equations)]
    for key, members in (("if", conditions), ("assuming", hypotheses)):
        parts += [f"{words[key]} {words['and'].join(members)}"] if members else []
    return " ".join(parts)


def condition_with(printer: Printer, condition: Condition | Bound) -> str:
    """``x ≠ 0`` or ``L ≥ 1`` under a printer's names."""
    found = relation(condition)
    sign = printer.notation.relations[found.relation].text
    return f"{printer.write(found.lhs)} {sign}{printer.write(found.rhs)}"


def equation_with(printer: Printer, equation: Equation) -> str:
    """``lhs = rhs`` under a printer's names."""
    return f"{printer.write(equation.lhs)} {printer.notation.relations['='].text}{printer.write(equation.rhs)}"
