"""The rules. Each takes earlier lines and terms, and computes the line that follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from symnet import ring, word
from symnet.errors import Rejected
from symnet.kernel import analysis
from symnet.kernel.indexed import follows_within, holds_where
from symnet.kernel.lines import Lines, Terms, equation_of, expect, inequality_of, restated, rewrite, right_side
from symnet.kernel.scope import Scope, dependencies, family
from symnet.kernel.signs import ALLOWED, as_set
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Equation,
    Index,
    Position,
    Term,
    index,
    instance,
    postorder,
    shifted,
    symbols,
)
from symnet.term.names import check_limit
from symnet.term.node import BINDERS

#: How often a node is looked at while a term is brought to its normal form, about.
NORMALISING: Final = 4


def start(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """t = t."""
    expect(lines, 0, terms, 1)
    return scope.conclude(terms[0], terms[0])


def assume(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """l = r, resting on itself as a hypothesis. The hypothesis stays in every line that uses this one."""
    expect(lines, 0, terms, 2)
    hypothesis = Equation(*terms)
    return scope.line(hypothesis.lhs, hypothesis.rhs, [], [hypothesis])


def unfold(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Replace defined symbols, Σ or ∏ on the right by what they are by definition, all at once."""
    expect(lines, 1, terms)
    bodies = [scope.body(t) for t in terms]
    bounds = tuple(b for _, found in bodies for b in found)
    return rewrite(scope, lines, {t: body for t, (body, _) in zip(terms, bodies, strict=True)}, bounds)


def fold(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Replace on the right what defined symbols, Σ or ∏ are by definition by these, all at once."""
    expect(lines, 1, terms)
    bodies = [scope.body(t) for t in terms]
    replacement = {body: t for t, (body, _) in zip(terms, bodies, strict=True)}
    if len(replacement) < len(terms):
        raise Rejected("two of the symbols to fold have the same body")
    return rewrite(scope, lines, replacement, tuple(b for _, found in bodies for b in found))


def substitution(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Replace the left-hand sides of the further lines by their right-hand sides, all at once."""
    expect(lines, None, terms, 0)
    if len(lines) < 2:
        raise Rejected("substitute takes a line and one or more lines to substitute from")
    equations = [equation_of(p) for p in lines[1:]]
    replacement = {e.lhs: e.rhs for e in equations}
    if len(replacement) < len(equations):
        raise Rejected("two of the lines to substitute from have the same left-hand side")
    return rewrite(scope, lines, replacement)


def distribute(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Rewrite the right-hand side as a sum of products."""
    if len(terms) == 1 and not _is_expanded(terms[0]):
        raise Rejected("the result of distributing still multiplies a sum")
    return regroup(scope, lines, terms)


def regroup(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Rewrite the right-hand side as a term with the same normal form."""
    expect(lines, 1, terms, 1)
    rhs = right_side(lines[0])
    scope.measure(*(rhs, terms[0]) * NORMALISING)
    if not word.equal(rhs, terms[0], scope.work):
        raise Rejected("the two sides do not have the same normal form")
    return restated(scope, terms[0], lines[0])


def symmetry(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """r = l."""
    expect(lines, 1, terms, 0)
    equation = equation_of(lines[0])
    return scope.conclude(equation.rhs, equation.lhs, lines[0])


def discharge(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Drop the conditions that hold as written, or follow from the other conditions and from further lines.

    What the further lines rest on is kept.
    """
    expect(lines, None, terms, 0)
    if not lines:
        raise Rejected("it takes a line, and perhaps inequalities to use")
    line, lemmas = lines[0], lines[1:]
    known = [inequality_of(lemma) for lemma in lemmas]
    kept = list(line.conditions)
    for c in line.conditions:
        others = [d for d in kept if d != c]
        if type(c) is Condition and _holds(scope, c, [*others, *known]):
            kept = others
    if len(kept) == len(line.conditions):
        raise Rejected("no condition of that line is a nonzero constant, or follows from the others")
    conditions = dict.fromkeys([*kept, *(c for lemma in lemmas for c in lemma.conditions)])
    hypotheses = dict.fromkeys(h for held in lines for h in held.hypotheses)
    return Claim(line.equations, tuple(conditions), tuple(hypotheses), line.inequalities)


def _holds(scope: Scope, condition: Condition, given: list[Condition | Bound]) -> bool:
    """Whether a condition follows, by signs or because it is about a rational number."""
    if not scope.signs(condition.term, given) & ~ALLOWED[condition.relation]:
        return True
    value = scope.constant_value(condition.term)
    return value is not None and not as_set(value) & ~ALLOWED[condition.relation]


def termwise(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Rewrite every term of a Σ, or every factor of a ∏, by a line that holds for each index in its range.

    From l = r and s(i) = t(i): the first with Σ_{k=a}^{b} s(k) replaced by Σ_{k=a}^{b} t(k), where 0 ≤ a. The index i
    may occur neither in the Σ nor in a hypothesis of the second line, and only in conditions that a ≤ i ≤ b implies.
    """
    expect(lines, 2, terms, 2)
    line, lemma, binder, i = *lines, terms[0], _variable(terms[1])
    if binder.op not in BINDERS:
        raise Rejected(f"it takes a Σ or a ∏, not a {binder.op}")
    _check_arbitrary(scope, i, lemma)
    variable, lower, upper, *direction = binder.value
    if i in scope.free(binder):
        raise Rejected(f"{i} occurs in what is to be rewritten")
    equation = equation_of(lemma)
    scope.measure(*(binder, equation.rhs) * 2)
    if instance(binder.args[0], variable, index(i)) != equation.lhs:
        raise Rejected(f"for {variable} = {i} its body is not the left-hand side of the second line")
    body = instance(equation.rhs, i, index(variable))
    rewritten = scope.admitted(Term(binder.op, (body,), (variable, lower, upper, *direction)))
    kept = tuple(c for c in lemma.conditions if not _follows(c, i, lower, upper))
    if any(i in c.free for c in kept):
        raise Rejected(f"the second line does not hold for every {i} from {lower} to {upper}")
    held = Claim(lemma.equations, kept, lemma.hypotheses)
    return rewrite(scope, [line, held], {binder: rewritten}, holds_where(0, lower))


def instantiate(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """Put a term for a symbol, or an index for an index variable, on both sides of a line that holds for all."""
    expect(lines, 1, terms, 2)
    line, (what, value) = lines[0], terms
    if what.op == "symbol":
        return _instantiate_symbol(scope, line, what, value)
    variable, position = _variable(what), _position(value)
    _check_arbitrary(scope, variable, line)
    equation, admitted = equation_of(line), scope.admitted
    lhs, rhs = (admitted(instance(side, variable, position)) for side in (equation.lhs, equation.rhs))
    conditions: list[Condition | Bound] = [*holds_where(0, position)]
    for c in line.conditions:
        found = c.instance(variable, position)
        conditions += [found] if type(found) is Condition else holds_where(found.lower, found.upper)  # type: ignore[union-attr]
    return scope.line(lhs, rhs, conditions, list(line.hypotheses))


def _instantiate_symbol(scope: Scope, line: Claim, symbol: Term, value: Term) -> Claim:
    if scope.is_defined(symbol) or family(symbol.name) in scope.meanings.families:
        raise Rejected(f"{symbol.name} is not arbitrary: it is defined, or a member of a family with an index")
    if symbol.shape != value.shape:
        raise Rejected("the symbol and the term differ in shape")
    conditions = [c.term for c in (*line.conditions, *line.inequalities) if type(c) is Condition]
    for s in symbols(*(side for e in line.equations for side in (e.lhs, e.rhs)), *conditions):
        if scope.is_defined(s) and symbol in _dependencies(scope, s):
            raise Rejected(f"{s.name} depends on {symbol.name} by its definition: unfold it first")
    if any(symbol in symbols(h.lhs, h.rhs) for h in _through(scope, line.hypotheses)):
        raise Rejected(f"{symbol.name} is not arbitrary: a hypothesis is about it")

    def at_value(term: Term) -> Term:
        scope.measure(term)
        return scope.put(term, symbol, value)

    kept = tuple(Condition(at_value(c.term), c.relation) if type(c) is Condition else c for c in line.conditions)
    held = Claim((), (*kept, *scope.conditions(value)), line.hypotheses)
    if line.inequalities:
        said = line.inequalities[0]
        return scope.conclude_sign(Condition(at_value(said.term), said.relation), held)
    equation = equation_of(line)
    return scope.conclude(at_value(equation.lhs), at_value(equation.rhs), held)


def induct(scope: Scope, lines: Lines, terms: Terms) -> Claim:
    """From l(0) = r(0), and l(n+1) = r(n+1) resting on l(n) = r(n): l(n) = r(n).

    The index n may occur in no other hypothesis, and in no condition, of the two lines.
    """
    expect(lines, 2, terms, 1)
    base, step, n = *lines, _variable(terms[0])
    found = [h for h in step.hypotheses if _at(scope, h, n, shifted(index(n), 1)) == equation_of(step)]
    if len(found) != 1:
        raise Rejected(f"the second line is not the successor in {n} of one of its hypotheses")
    hypothesis = found[0]
    if _at(scope, hypothesis, n, 0) != equation_of(base):
        raise Rejected(f"the first line is not the hypothesis at {n} = 0")
    rest = Claim(step.equations, step.conditions, tuple(h for h in step.hypotheses if h != hypothesis))
    _check_arbitrary(scope, n, rest, Claim((hypothesis,)), base)
    for line in (base, rest):
        if any(n in c.free for c in line.conditions):
            raise Rejected(f"a condition depends on {n}")
    return scope.conclude(hypothesis.lhs, hypothesis.rhs, base, rest)


def _check_arbitrary(scope: Scope, variable: str, *lines: Claim) -> None:
    """See that an index is free in nothing that the lines assume, and hidden in no definition that they use."""
    for line in lines:
        for h in line.hypotheses:
            scope.measure(h.lhs, h.rhs)
            if variable in scope.free(h.lhs, h.rhs):
                raise Rejected(f"{variable} is not arbitrary: a hypothesis is about it")
        used = [side for e in line.equations for side in (e.lhs, e.rhs)]
        used += [c.term for c in (*line.conditions, *line.inequalities) if type(c) is Condition]
        scope.measure(*used)
        for s in symbols(*used):
            if variable in scope.hidden.get(s, ()):
                raise Rejected(f"{s.name} depends on {variable} by its definition: unfold it first")


def _dependencies(scope: Scope, term: Term) -> set[Term]:
    scope.work.charge(term.size + sum(d.body.size for d in scope.definitions))
    return dependencies(scope.definitions, term)


def _through(scope: Scope, hypotheses: tuple[Equation, ...]) -> list[Equation]:
    """The hypotheses with every symbol that they depend on, through definitions, in sight."""
    found = []
    for h in hypotheses:
        hidden = [s for side in (h.lhs, h.rhs) for s in _dependencies(scope, side)]
        found += [h, *(Equation(s, s) for s in hidden)]
    return found


def _follows(condition: Condition | Bound, i: str, lower: Position, upper: Position) -> bool:
    return type(condition) is Bound and follows_within(condition, i, lower, upper)


def _at(scope: Scope, equation: Equation, variable: str, value: Position) -> Equation:
    admitted = scope.admitted
    return Equation(
        admitted(instance(equation.lhs, variable, value)), admitted(instance(equation.rhs, variable, value))
    )


def _variable(term: Term) -> str:
    if term.op != "index" or term.value != index(term.value.variables[0]):
        raise Rejected("it takes an index variable such as n")
    name: str = term.value.variables[0]
    return name


def _position(term: Term) -> Position:
    """The index that a scalar term stands for."""
    if term.op == "index":
        found: Index = term.value
        return found
    if term.op != "number" or term.value.denominator != 1 or term.value < 0:
        raise Rejected("an index is a whole number from 0 or an index such as n + 1")
    return check_limit(term.value.numerator)


def _is_expanded(term: Term) -> bool:
    """Whether no sum stands inside a product, a power, a transpose or a numerator."""
    has_sum: dict[int, bool] = {}
    for node in postorder(term, leaves=ring.OPAQUE):
        inside = () if node.op in ring.OPAQUE else node.args[:1] if node.op == "divide" else node.args
        has_sum[id(node)] = node.op == "sum" or any(has_sum[id(a)] for a in inside)
    todo, seen = [term], set()
    while todo:
        summand = todo.pop()
        if id(summand) not in seen and summand.op == "sum":
            todo += summand.args
        elif has_sum[id(summand)] and summand.op != "sum":
            return False
        seen.add(id(summand))
    return True


Rule = Callable[[Scope, Lines, Terms], Claim]

#: The rules by name.
TABLE: Final[dict[str, Rule]] = {
    "start": start,
    "assume": assume,
    "unfold": unfold,
    "fold": fold,
    "substitute": substitution,
    "distribute": distribute,
    "regroup": regroup,
    "symmetry": symmetry,
    "discharge": discharge,
    "termwise": termwise,
    "instantiate": instantiate,
    "induct": induct,
    "elementary": analysis.elementary,
    "differentiate": analysis.differentiate,
    "choose": analysis.choose,
    "suppose": analysis.suppose,
    "suppose_weakly": analysis.suppose_weakly,
    "sign": analysis.sign,
    "monotone": analysis.monotone,
    "bounded": analysis.bounded,
    "mean_value": analysis.mean_value,
    "split": analysis.split,
    "one_sided": analysis.one_sided,
    "both_sides": analysis.both_sides,
}

#: The names of the rules.
RULES: Final = tuple(TABLE)
