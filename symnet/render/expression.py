"""Single terms, equations and claims, each on one line."""

from __future__ import annotations

from collections.abc import Sequence

from symnet.render.notation import LATEX, TEXT
from symnet.render.printer import Printer
from symnet.render.relations import Related, intervals, relation
from symnet.render.statement import Statement, claim_terms
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
    return statements_with(printer, Statement.of(claim), claim.conditions, claim.hypotheses, language)


def statements_with(
    printer: Printer,
    said: Sequence[Statement],
    conditions: Sequence[Condition | Bound],
    hypotheses: Sequence[Equation],
    language: str,
) -> str:
    """What is claimed on one line, under a printer's names; what has conditions of its own comes with these."""
    words = WORDING[language]
    if any(s.conditions for s in said):
        said, conditions = [Statement(s.said, [*s.conditions, *conditions]) for s in said], ()
    parts = [words["comma"].join(statement_with(printer, s, language) for s in said)]
    rests = [condition_with(printer, c) for c in conditions]
    for key, members in (("if", rests), ("assuming", [equation_with(printer, h) for h in hypotheses])):
        parts += [f"{words[key]} {words['and'].join(members)}"] if members else []
    return " ".join(parts)


def statement_with(printer: Printer, statement: Statement, language: str) -> str:
    """``a′ = 1 if z > 0``"""
    text = related_with(printer, statement.related(printer.variables))
    if not statement.conditions:
        return text
    own = (related_with(printer, r) for r in intervals(statement.conditions, printer.variables))
    return f"{text} {WORDING[language]['if']} {WORDING[language]['and'].join(own)}"


def condition_with(printer: Printer, condition: Condition | Bound) -> str:
    """``x ≠ 0`` or ``L ≥ 1`` under a printer's names."""
    return related_with(printer, relation(condition, printer.variables))


def related_with(printer: Printer, found: Related) -> str:
    """``0 < z < 1`` under a printer's names."""
    signs = printer.notation.relations
    low = f"{printer.write(found.low[0])} {signs[found.low[1]].text}" if found.low else ""
    return f"{low}{printer.write(found.lhs)} {signs[found.relation].text}{printer.write(found.rhs)}"


def equation_with(printer: Printer, equation: Equation) -> str:
    """``lhs = rhs`` under a printer's names."""
    return related_with(printer, Related(equation.lhs, "=", equation.rhs))
