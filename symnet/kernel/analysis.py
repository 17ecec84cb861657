"""The rules of analysis: derivatives, branches, inequalities and monotony. Each computes the line that follows."""

from __future__ import annotations

from typing import Final

from symnet import tower, word
from symnet.errors import Rejected
from symnet.kernel.conditions import is_continuous
from symnet.kernel.lines import (
    Lines,
    Terms,
    equation_of,
    expect,
    inequality_of,
    restated,
    rewrite,
    rewritten_derivatives,
    right_side,
)
from symnet.kernel.scope import Scope
from symnet.kernel.signs import ALLOWED, gap
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Equation,
    Term,
    constant,
    derivative,
    known_function,
    number,
    put,
    substitute,
)

#: Functions that increase wherever they are defined.
INCREASING: Final = ("exp", "log", "sqrt", "atan", "tanh", "erf")
#: By what some functions are bounded in size, and whether strictly.
BOUNDS: Final = {
    "atan": (constant("pi") / 2, ">"),
    "tanh": (number(1), ">"),
    "erf": (number(1), ">"),
    "sin": (number(1), ">="),
    "cos": (number(1), ">="),
}
#: How often a node is looked at while a term is brought to its normal form, about.
NORMALISING: Final = 8


def elementary(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Rewrite the right-hand side as a term with the same normal form of elementary functions."""
    expect(lines, 1, terms, 1)
    rhs = right_side(lines[0])
    scope.measure(rhs, terms[0], times=NORMALISING)
    if not tower.equal(rhs, terms[0], scope.work):
        raise Rejected("the two sides do not have the same normal form of elementary functions")
    return restated(scope, terms[0], lines[0])


def differentiate(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Replace derivatives on the right-hand side by what the rule for their body says, the inner ones first."""
    expect(lines, 1, terms)
    replacement: dict[Term, Term] = {}
    for t in sorted(terms, key=lambda t: t.size):
        if t.op != "derivative":
            raise Rejected(f"it takes derivatives, not a {t.op}")
        if id(t.args[0]) not in scope.smooth:
            scope.differentiable(t)
        replacement[t] = substitute(scope.derived(t)[0], replacement)
    old = right_side(lines[0])
    scope.measure(old)
    rhs = substitute(old, replacement)
    if rhs == old:
        raise Rejected("nothing on the right-hand side matches")
    return restated(scope, rhs, lines[0])


def choose(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Replace a case distinction by one of its values, under the condition that selects it.

    In a derivative the condition is strict, so that it holds nearby too.
    """
    expect(lines, 1, terms, 2)
    cases, arm = terms
    if cases.op != "cases" or arm.op != "number" or arm.value not in range(len(cases.value) + 1):
        raise Rejected("it takes a case distinction and the number of an arm, counted from 0")
    value = cases.args[-1] if arm.value == len(cases.value) else cases.args[3 * int(arm.value) + 2]
    strict = bool(rewritten_derivatives(right_side(lines[0]), {cases: value}))
    needs = [_selects(cases, i, i == arm.value, strict) for i in range(min(int(arm.value) + 1, len(cases.value)))]
    return rewrite(scope, lines, {cases: value}, needs)


def _selects(cases: Term, i: int, holds: bool, strict: bool) -> Condition:
    """That the i-th comparison of a case distinction holds, or that it does not."""
    low, high, relation = cases.args[3 * i], cases.args[3 * i + 1], cases.value[i]
    low, high = (low, high) if holds else (high, low)
    return Condition(gap(low, high), ">" if strict or (relation == "<") == holds else ">=")


def suppose(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """t > 0, under the condition t > 0."""
    return _supposed(scope, lines, terms, ">")


def suppose_weakly(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """t ≥ 0, under the condition t ≥ 0."""
    return _supposed(scope, lines, terms, ">=")


def _supposed(scope: Scope, lines: Lines, terms: Terms, relation: str) -> Claim:
    expect(lines, 0, terms, 1)
    said = Condition(terms[0], relation)
    return scope.conclude_sign(said, needs=(said,))


def sign(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From l = r, and inequalities: l > 0, l ≥ 0 or l ≠ 0, whatever the signs of the parts of r say."""
    expect(lines, None, terms, 0)
    if not lines:
        raise Rejected("it takes an equation, and perhaps inequalities to use")
    equation = equation_of(lines[0])
    known = [inequality_of(lemma) for lemma in lines[1:]]
    found = scope.signs(equation.rhs, [*(c for line in lines for c in line.conditions), *known])
    relation = next((r for r in (">", ">=", "!=") if not found & ~ALLOWED[r]), None)
    if relation is None:
        raise Rejected("the signs of its parts do not tell the sign of the right-hand side")
    return scope.conclude_sign(Condition(equation.lhs, relation), *lines)


def monotone(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From u − v > 0: f(u) − f(v) > 0, where f is an increasing function that the kernel knows; likewise with ≥."""
    expect(lines, 1, terms, 1)
    said, term = inequality_of(lines[0]), terms[0]
    pair = _difference(term)
    functions = {known_function(t.value) if t.op == "apply" else "" for t in pair}
    if len(functions) > 1 or not functions <= {*INCREASING}:
        raise Rejected(f"it takes a difference f(u) − f(v), where f is one of {', '.join(INCREASING)}")
    high, low = pair
    if _difference(said.term) != (high.args[0], low.args[0]) or said.relation == "!=":
        raise Rejected("the line is not about the difference of the arguments")
    return scope.conclude_sign(Condition(term, said.relation), lines[0])


def bounded(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """b − f(u) > 0 or b + f(u) > 0, where b bounds f: π/2 for atan, 1 for tanh and erf; sin and cos by 1 with ≥."""
    expect(lines, 0, terms, 1)
    term = terms[0]
    applied = term.args[-1].args[1] if _is_difference(term) else term.args[-1] if term.args else term
    function = known_function(applied.value) if applied.op == "apply" else ""
    bound, relation = BOUNDS.get(function, (applied, ""))
    if term not in (bound - applied, bound + applied) or not relation:
        raise Rejected(f"it takes a term such as 1 − tanh u; the functions are {', '.join(BOUNDS)}")
    return scope.conclude_sign(Condition(term, relation))


def _is_difference(term: Term) -> bool:
    return term.op == "sum" and term.args[-1].op == "multiply" and len(term.args[-1].args) == 2


def _difference(term: Term) -> tuple[Term, Term]:
    """u and v of u − v."""
    if term.op == "sum" and len(term.args) == 2:
        high, low = term.args
        if low.op == "multiply" and len(low.args) == 2 and low.args[0] == number(-1):
            return high, low.args[1]
        if low.op == "number":
            return high, number(-low.value)
    raise Rejected("it takes a difference u − v, written u + (−1) v")


def mean_value(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From h′(z) > 0 for all z of an interval: h(v) − h(u) > 0 for u < v in it; likewise with ≥.

    This is the mean value theorem (Rudin, *Principles of Mathematical Analysis*, 5.10 and 5.11).
    """
    expect(lines, 1, terms, 2)
    line, (u, v), said = lines[0], terms, inequality_of(lines[0])
    variable, body = _derivative_in(said.term)
    scope.measure(body, u, v)
    if said.relation == "!=" or u.shape or v.shape:
        raise Rejected("it takes a line h′(z) > 0 or h′(z) ≥ 0, and two scalars")
    _check_free(scope, variable, line.hypotheses)
    about = [c for c in line.conditions if type(c) is Condition and scope.depends(c.term, variable.name)]
    needs = [Condition(gap(u, v), ">")]
    for c in about:
        _check_interval(scope, c, variable)
        needs += [Condition(scope.at(c.term, variable, end), c.relation) for end in (u, v)]
    held = Claim((), tuple(c for c in line.conditions if c not in about), line.hypotheses)
    grown = scope.at(body, variable, v) - scope.at(body, variable, u)
    return scope.conclude_sign(Condition(grown, said.relation), held, needs=tuple(needs))


def _derivative_in(term: Term) -> tuple[Term, Term]:
    """The variable and the body of a derivative at its variable."""
    if term.op == "derivative" and term.value[1] == "both":
        variable = Term("symbol", (), (term.value[0], ()))
        if term.args[1] == variable:
            return variable, term.args[0]
    raise Rejected("it takes a derivative at a variable point, as h′(z)")


def _check_free(scope: Scope, variable: Term, hypotheses: tuple[Equation, ...]) -> None:
    if any(scope.depends(side, variable.name) for h in hypotheses for side in (h.lhs, h.rhs)):
        raise Rejected(f"a hypothesis is about {variable.name}")


def _check_interval(scope: Scope, condition: Condition, variable: Term) -> None:
    """See that a condition says z > c, z ≥ c, z < c or z ≤ c."""
    term = scope.expanded(condition.term)
    start = put(term, variable, number(0))
    scope.measure(*(term, start) * NORMALISING)
    if condition.relation == "!=" or not any(word.equal(term, start + s * variable, scope.work) for s in (1, -1)):
        raise Rejected(f"a condition on {variable.name} is no interval: discharge it, or choose a branch")


def split(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From one statement where p > 0, and where p ≤ 0: the statement.

    From it where p > 0 and where p < 0: the statement where p ≠ 0; with a third line, that it rests on p = 0, always.
    """
    if len(lines) not in (2, 3):
        raise Rejected("it takes two lines, one for either sign, and perhaps a third for 0")
    expect(lines, None, terms, 2)
    if len({(line.equations, line.inequalities) for line in lines}) > 1:
        raise Rejected("the lines say different things")
    sides = [
        next((c for c in line.conditions if type(c) is Condition and c.term == t and c.relation != "!="), None)
        for line, t in zip(lines[:2], terms, strict=True)
    ]
    if None in sides:
        raise Rejected("each line takes a condition p > 0 or p ≥ 0 about its term")
    scope.measure(*terms * NORMALISING)
    if not word.equal(terms[0] + terms[1], number(0), scope.work):
        raise Rejected("the two terms are not opposite")
    hypotheses = [h for line in lines for h in line.hypotheses]
    strict = all(c is not None and c.relation == ">" for c in sides)
    if len(lines) == 3:
        zero = Equation(terms[0], number(0))
        if zero not in lines[2].hypotheses or zero in (*lines[0].hypotheses, *lines[1].hypotheses):
            raise Rejected("the third line alone takes the hypothesis p = 0")
        hypotheses, strict = [h for h in hypotheses if h != zero], False
    kept = [c for line, side in zip(lines, [*sides, None], strict=False) for c in line.conditions if c != side]
    kept += [Condition(terms[0])] if strict else []
    said = lines[0]
    return Claim(said.equations, tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(hypotheses)), said.inequalities)


def one_sided(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From h(z) = f(z) for z ≥ c: the derivative of h at c from the right is that of f; likewise from the left.

    Where h(z) = f(z) for z > c only, a second line h(c) = f(c) is needed. Other conditions on z are open and hold at c.
    """
    if len(lines) not in (1, 2):
        raise Rejected("it takes a line h(z) = f(z), and perhaps a line h(c) = f(c)")
    expect(lines, None, terms, 1)
    term = terms[0]
    if term.op != "derivative" or term.value[1] == "both":
        raise Rejected("it takes a derivative from the left or from the right")
    (body, point), (name, side) = term.args, term.value
    variable, equation = Term("symbol", (), (name, ())), equation_of(lines[0])
    if equation.lhs != body or scope.depends(point, name):
        raise Rejected("the line is not about what is differentiated, or the point depends on the variable")
    away = gap(variable, point) if side == "left" else gap(point, variable)
    needs = [d for c in lines[0].conditions for d in _near(scope, c, variable, point, away, len(lines) == 2)]
    if len(lines) == 2:
        sides = (scope.at(equation.lhs, variable, point), scope.at(equation.rhs, variable, point))
        if equation_of(lines[1]) != Equation(*sides):
            raise Rejected("the second line is not the first at the point")
    held = [Claim((), tuple(needs), lines[0].hypotheses), *lines[1:]]
    return _established(scope, term, derivative(equation.rhs, variable, point), *held)


def _near(
    scope: Scope, condition: Condition | Bound, variable: Term, point: Term, away: Term, with_value: bool
) -> list[Condition | Bound]:
    """What is left of a condition on one side of a point, and close to it."""
    if type(condition) is not Condition or not scope.depends(condition.term, variable.name):
        return [condition]
    term = scope.expanded(condition.term)
    scope.measure(*(term, away) * NORMALISING)
    if word.equal(term, away, scope.work) and (condition.relation == ">=" or with_value):
        return []
    if condition.relation == ">=" or not is_continuous(term):
        raise Rejected(f"a condition on {variable.name} need not hold on that side of the point and close to it")
    return [Condition(scope.at(term, variable, point), condition.relation)]


def both_sides(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From equal derivatives from the left and from the right: the derivative."""
    expect(lines, 2, terms, 0)
    left, right = map(equation_of, lines)
    if (left.lhs.op, right.lhs.op) != ("derivative", "derivative"):
        raise Rejected("it takes a derivative from the left and one from the right")
    (name, side), other = left.lhs.value, right.lhs.value
    if left.lhs.args != right.lhs.args or side != "left" or other != (name, "right"):
        raise Rejected("the two lines are not about the two sides of one point")
    if left.rhs != right.rhs:
        raise Rejected("the derivatives from the left and from the right differ as written")
    return _established(scope, Term("derivative", left.lhs.args, (left.lhs.value[0], "both")), left.rhs, *lines)


def _established(scope: Scope, term: Term, value: Term, *lines: Claim) -> Claim:
    """The line that a derivative exists and has a value; later lines may mention it under the same conditions."""
    if any(line.hypotheses for line in lines):
        raise Rejected("that a derivative exists may not rest on a hypothesis")
    scope.exists[term] = scope.conclude(value, value, *lines).conditions
    return scope.conclude(term, value, *lines)
