"""The kernel: a handful of rules, and :func:`replay`, which recomputes every step of a derivation.

What a replayed line ``lhs = rhs`` means: for all sizes, for all real values of the symbols that have no definition, and
for all functions that keep the shape of their argument, if every condition is nonzero and every hypothesis holds, then
lhs and rhs are equal, where a defined symbol stands for its body.

Each rule takes earlier lines and terms, and computes its conclusion; no step states one. Most rules rewrite the
right-hand side of an earlier line, so that a run of steps reads as ``l = r₁ = r₂ = …`` with one reason each. The rules:

===========  ================================  ===================================================================
rule         from                              to
===========  ================================  ===================================================================
start        a term t                          t = t
assume       two terms l, r                    l = r, resting on the hypothesis l = r
unfold       l = r; defined symbols            l = r with the symbols replaced by their bodies
fold         l = r; defined symbols            l = r with the bodies replaced by their symbols
substitute   l = r; lines a = b, …             l = r with every a replaced by its b
distribute   l = r; a term t without           l = t, when the normal forms of r and t agree
             products of sums
regroup      l = r; a term t                   l = t, when the normal forms of r and t agree
symmetry     l = r                             r = l
discharge    l = r                             l = r without the conditions that are nonzero constants
===========  ================================  ===================================================================

Conditions are collected from every denominator of every line as written, before anything cancels. There is no way to
hand in a conclusion, a theorem or an axiom; what is assumed stays in the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from symnet import ring, word
from symnet.errors import Rejected, SymnetError, brief
from symnet.term import (
    Claim,
    Condition,
    Definition,
    Derivation,
    Equation,
    Name,
    Step,
    Term,
    denominators,
    describe,
    postorder,
    substitute,
    symbols,
)

#: How many elementary operations a replay may take unless its caller says otherwise.
WORK_LIMIT: Final = 5_000_000
#: How often a node is looked at while a term is brought to its normal form, about.
NORMALISING: Final = 4
#: How many nodes a line may have when written out.
LINE_LIMIT: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the kernel has just checked: ``lines[i]`` is the conclusion of ``steps[i]``."""

    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    goals: tuple[int, ...]
    lines: tuple[Claim, ...]
    claim: Claim


def replay(derivation: Derivation, work: int = WORK_LIMIT) -> Replayed:
    """Recompute every step and return what has been shown.

    Raises :class:`~symnet.errors.Rejected` with the number and the rule of the first step that does not hold, or when
    the replay would take more than ``work`` elementary operations.

    >>> from symnet.term import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> steps = (Step("start", (), ((x + y) * (x + y),)), Step("distribute", (0,), (x * x + 2 * x * y + y * y,)))
    >>> replay(Derivation((), steps, (1,))).claim.equations[0].lhs
    multiply(sum(x, y), sum(x, y))
    """
    if type(derivation) is not Derivation:
        raise Rejected(f"only a Derivation can be replayed, not {brief(derivation)}")
    return _Replay(derivation, ring.Work(work)).run()


def dependencies(definitions: Sequence[Definition], term: Term) -> set[Term]:
    """The symbols without a definition that a term stands for, through the definitions.

    >>> from symnet.term import symbol
    >>> s, x, y = symbol("s"), symbol("x"), symbol("y")
    >>> sorted(map(str, dependencies([Definition(s, x + x)], s * y)))
    ['x', 'y']
    """
    bodies = {d.symbol: d.body for d in definitions}
    found: set[Term] = set()
    todo, seen = list(symbols(term)), set()
    while todo:
        s = todo.pop()
        if s not in seen:
            seen.add(s)
            found |= set() if s in bodies else {s}
            todo += symbols(bodies[s]) if s in bodies else ()
    return found


class _Replay:
    """One replay: the definitions in force and the lines shown so far.

    Whatever comes in is made anew from its parts (:meth:`_fresh`), so that it went through the checks of its making
    and nobody outside holds on to it.
    """

    def __init__(self, derivation: Derivation, work: ring.Work) -> None:
        self.derivation = derivation
        self.work = work
        self.meanings: dict[Name, object] = {}
        self.mentioned: set[Name] = set()
        self.bodies: dict[Term, Term] = {}
        self.needs: dict[Term, tuple[Condition, ...]] = {}
        self.definitions: list[Definition] = []
        self.steps: list[Step] = []
        self.lines: list[Claim] = []
        self.known: dict[int, Term] = {}
        self.seen: dict[int, Term] = {}

    def run(self) -> Replayed:
        try:
            definitions, steps, goals = self.derivation.definitions, self.derivation.steps, self.derivation.goals
        except AttributeError as error:
            raise Rejected(f"the derivation is incomplete: {error}") from None
        if any(type(field) is not tuple for field in (definitions, steps, goals)):
            raise Rejected("the definitions, steps and goals of a derivation are tuples")
        self._check_each("definition", "symbol", definitions, self._define)
        self._check_each("step", "rule", steps, self._conclude)
        shown = [self._line(i, "goal") for i in goals]
        if not shown:
            raise Rejected("a derivation without goals claims nothing")
        if len(set(goals)) < len(goals):
            raise Rejected("a goal is named twice")
        self.work.charge(sum(len(line.conditions) + len(line.hypotheses) for line in shown))
        return Replayed(
            tuple(self.definitions), tuple(self.steps), tuple(goals), tuple(self.lines), _conjunction(shown)
        )

    def _check_each(self, what: str, label: str, given: tuple[Any, ...], check: Callable[[Any], None]) -> None:
        for index, item in enumerate(given):
            try:
                check(item)
            except (SymnetError, AttributeError) as error:
                raise Rejected(f"{what} {index}{_label(getattr(item, label, None))}: {error}") from None

    # Definitions and names.

    def _define(self, given: Definition) -> None:
        """Admit only abbreviations: one definition a symbol, and bodies that mention nothing defined later."""
        if type(given) is not Definition:
            raise Rejected(f"it is {brief(given)}, not a Definition")
        definition = Definition(self._fresh(given.symbol), self._fresh(given.body))
        symbol, used = definition.symbol, symbols(definition.body)
        if symbol in self.bodies:
            raise Rejected("it is defined twice")
        self.mentioned |= {s.name for s in used}
        if symbol.name in self.mentioned:
            raise Rejected("it occurs in its own or in an earlier definition's body")
        conditions = self._conditions(definition.body)
        if conditions:
            self.needs[symbol] = conditions
        self.bodies[symbol] = definition.body
        self.definitions.append(definition)

    def _fresh(self, given: Term) -> Term:
        """The same term, made anew, its names admitted."""
        if type(given) is not Term:
            raise Rejected("a step takes terms, and nothing else, as its terms")
        for node in postorder(given, seen=self.seen):
            if type(node) is not Term:
                raise Rejected("an argument of a term is no term")
            args = tuple([self.known[id(a)] for a in node.args])
            fresh = self.known[id(node)] = Term(node.op, args, _anew(node.value))
            self._admit(fresh)
        self._measure((self.known[id(given)],))
        return self.known[id(given)]

    def _admit(self, node: Term) -> None:
        """Let each name mean one thing: a symbol of one shape, a function, or a size."""
        if node.op in ("symbol", "apply"):
            self._mean(node.name, node.shape if node.op == "symbol" else "a function")
        if not node.args:  # the other nodes have their sizes from these
            for size in node.shape:
                if type(size) is Name:
                    self._mean(size, "a size")

    def _mean(self, name: Name, meaning: object) -> None:
        known = self.meanings.setdefault(name, meaning)
        if known != meaning:
            raise Rejected(f"{name} has two meanings here, {_say(known)} and {_say(meaning)}: rename one")

    # Lines.

    def _line(self, index: object, what: str) -> Claim:
        if type(index) is not int or not 0 <= index < len(self.lines):
            raise Rejected(f"{what} {brief(index)} is not an earlier line")
        return self.lines[index]

    def _conclude(self, given: Step) -> None:
        """Check one step and add its conclusion to the lines."""
        if type(given) is not Step or type(given.rule) is not str or given.rule not in _RULES:
            raise Rejected(f"there is no such rule; the rules are {', '.join(_RULES)}")
        if type(given.premises) is not tuple or type(given.terms) is not tuple:
            raise Rejected("the premises and terms of a step are tuples")
        step = Step(given.rule, given.premises, tuple(map(self._fresh, given.terms)))
        premises = [self._line(i, "premise") for i in step.premises]
        self.lines.append(_RULES[step.rule](self, premises, step.terms))
        self.steps.append(step)

    def _conclusion(self, lhs: Term, rhs: Term, *premises: Claim) -> Claim:
        """The line lhs = rhs with the conditions of both sides as written and all that its premises rest on."""
        self._measure((lhs, rhs))
        conditions = [*(c for p in premises for c in p.conditions), *self._conditions(lhs, rhs)]
        hypotheses = [h for p in premises for h in p.hypotheses]
        self.work.charge(len(conditions) + len(hypotheses))
        return Claim((Equation(lhs, rhs),), tuple(dict.fromkeys(conditions)), tuple(dict.fromkeys(hypotheses)))

    def _measure(self, terms: tuple[Term, ...]) -> None:
        """Count the nodes that are about to be looked at."""
        for term in terms:
            if term.size > LINE_LIMIT:
                raise Rejected(f"a term has more than {LINE_LIMIT:,} nodes when written out")
            self.work.charge(term.size)

    def _conditions(self, *terms: Term) -> tuple[Condition, ...]:
        """What the terms divide by, as written and in the bodies of the symbols that they mention."""
        inherited = [c for s in symbols(*terms) for c in self.needs.get(s, ())] if self.needs else []
        divisors = denominators(*terms)
        if any(d.op == "number" and not d.value for d in divisors):
            raise Rejected("a denominator is the number 0")
        self.work.charge(len(inherited) + len(divisors))
        return tuple(dict.fromkeys([*inherited, *(Condition(d) for d in divisors if d.op != "number")]))

    # The rules.

    def start(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """t = t."""
        _expect(premises, 0, terms, 1)
        return self._conclusion(terms[0], terms[0])

    def assume(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """l = r, resting on itself as a hypothesis. The hypothesis stays in every line that uses this one."""
        _expect(premises, 0, terms, 2)
        hypothesis = Equation(*terms)
        line = self._conclusion(hypothesis.lhs, hypothesis.rhs)
        return Claim(line.equations, line.conditions, (hypothesis,))

    def unfold(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Replace defined symbols on the right by their bodies, all at once."""
        _expect(premises, 1, terms)
        return self._rewrite(premises[0], {s: self._body(s) for s in terms})

    def fold(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Replace bodies on the right by the symbols that are defined as them, all at once."""
        _expect(premises, 1, terms)
        replacement = {self._body(s): s for s in terms}
        if len(replacement) < len(terms):
            raise Rejected("two of the symbols to fold have the same body")
        return self._rewrite(premises[0], replacement)

    def substitute(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Replace the left-hand sides of the further premises by their right-hand sides, all at once."""
        _expect(premises, None, terms, 0)
        if len(premises) < 2:
            raise Rejected("substitute takes a line and one or more lines to substitute from")
        equations = [p.equations[0] for p in premises[1:]]
        replacement = {e.lhs: e.rhs for e in equations}
        if len(replacement) < len(equations):
            raise Rejected("two of the lines to substitute from have the same left-hand side")
        return self._rewrite(premises[0], replacement, *premises[1:])

    def distribute(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Rewrite the right-hand side as a sum of products."""
        if len(terms) == 1 and not _is_expanded(terms[0]):
            raise Rejected("the result of distributing still multiplies a sum")
        return self.regroup(premises, terms)

    def regroup(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Rewrite the right-hand side as a term with the same normal form."""
        _expect(premises, 1, terms, 1)
        equation = premises[0].equations[0]
        self._measure((equation.rhs, terms[0]) * NORMALISING)
        if not word.equal(equation.rhs, terms[0], self.work):
            raise Rejected("the two sides do not have the same normal form")
        return self._conclusion(equation.lhs, terms[0], premises[0])

    def symmetry(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """r = l."""
        _expect(premises, 1, terms, 0)
        equation = premises[0].equations[0]
        return self._conclusion(equation.rhs, equation.lhs, premises[0])

    def discharge(self, premises: list[Claim], terms: tuple[Term, ...]) -> Claim:
        """Drop the conditions that are rational numbers other than zero, as 1 + 1 is."""
        _expect(premises, 1, terms, 0)
        line = premises[0]
        kept = tuple(c for c in line.conditions if not ring.is_nonzero_constant(c.nonzero, self.work))
        if kept == line.conditions:
            raise Rejected("no condition of that line is a nonzero constant")
        return Claim(line.equations, kept, line.hypotheses)

    def _body(self, symbol: Term) -> Term:
        if symbol not in self.bodies:
            raise Rejected(f"{symbol} has no definition")
        return self.bodies[symbol]

    def _rewrite(self, line: Claim, replacement: dict[Term, Term], *more: Claim) -> Claim:
        equation = line.equations[0]
        self._measure((equation.rhs,))
        rhs = substitute(equation.rhs, replacement)
        if rhs == equation.rhs:
            raise Rejected("nothing on the right-hand side matches")
        return self._conclusion(equation.lhs, rhs, line, *more)


Rule = Callable[[_Replay, list[Claim], tuple[Term, ...]], Claim]

_RULES: Final[dict[str, Rule]] = {
    "start": _Replay.start,
    "assume": _Replay.assume,
    "unfold": _Replay.unfold,
    "fold": _Replay.fold,
    "substitute": _Replay.substitute,
    "distribute": _Replay.distribute,
    "regroup": _Replay.regroup,
    "symmetry": _Replay.symmetry,
    "discharge": _Replay.discharge,
}

#: The names of the rules.
RULES: Final = tuple(_RULES)


def _label(value: object) -> str:
    """The rule of a step or the symbol of a definition, in brackets, as far as it has one."""
    if type(value) is Term and value.op == "symbol":
        return f" ({value.name})"
    return f" ({value[:40]})" if type(value) is str else ""


def _anew(value: Any) -> Any:
    """What a node carries, made anew: its Fraction, or the Names in it."""
    match value:
        case Fraction():
            return Fraction(value.numerator, value.denominator)
        case Name():
            return Name(value.base, value.layer, value.entry)
        case Name() as name, tuple() as shape:
            return _anew(name), tuple(_anew(size) if type(size) is Name else size for size in shape)
        case tuple():
            return tuple(_anew(size) if type(size) is Name else size for size in value)
        case _:
            return value


def _expect(premises: list[Claim], lines: int | None, given: tuple[Term, ...], terms: int | None = None) -> None:
    if lines is not None and len(premises) != lines:
        raise Rejected(f"it takes {lines} earlier lines, not {len(premises)}")
    if (terms is None and not given) or (terms is not None and len(given) != terms):
        raise Rejected(f"it takes {'one or more' if terms is None else terms} terms, not {len(given)}")


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


def _conjunction(goals: list[Claim]) -> Claim:
    return Claim(
        tuple(dict.fromkeys(e for g in goals for e in g.equations)),
        tuple(dict.fromkeys(c for g in goals for c in g.conditions)),
        tuple(dict.fromkeys(h for g in goals for h in g.hypotheses)),
    )


def _say(meaning: object) -> str:
    return meaning if type(meaning) is str else f"a symbol of shape {describe(meaning)}"  # type: ignore[arg-type]
