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
from typing import Final

from symnet import ring, word
from symnet.errors import Rejected, SymnetError
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
    fold,
    postorder,
    substitute,
    symbols,
)

#: How many elementary operations a replay may take unless its caller says otherwise.
WORK_LIMIT: Final = 50_000_000
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
        raise Rejected(f"only a Derivation can be replayed, not {type(derivation).__name__}")
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
    """One replay: the definitions in force and the lines shown so far."""

    def __init__(self, derivation: Derivation, work: ring.Work) -> None:
        self.derivation = derivation
        self.work = work
        self.meanings: dict[Name, object] = {}
        self.bodies: dict[Term, Term] = {}
        self.lines: list[Claim] = []

    def run(self) -> Replayed:
        derivation = self.derivation
        for field in (derivation.definitions, derivation.steps, derivation.goals):
            if type(field) is not tuple:
                raise Rejected("the definitions, steps and goals of a derivation are tuples")
        self._define()
        for index, step in enumerate(derivation.steps):
            try:
                self.lines.append(self._conclude(step))
            except SymnetError as error:
                rule = step.rule if type(step) is Step else type(step).__name__
                raise Rejected(f"step {index} ({rule}): {error}") from None
        goals = [self._line(i, "goal") for i in derivation.goals]
        if not goals:
            raise Rejected("a derivation without goals claims nothing")
        return Replayed(
            derivation.definitions, derivation.steps, derivation.goals, tuple(self.lines), _conjunction(goals)
        )

    # Definitions and names.

    def _define(self) -> None:
        """Admit only abbreviations: one definition a symbol, and bodies that mention nothing defined later."""
        used: set[Name] = set()
        for index, definition in enumerate(self.derivation.definitions):
            if type(definition) is not Definition:
                raise Rejected(f"definition {index} is a {type(definition).__name__}, not a Definition")
            try:
                self._admit(definition.symbol, definition.body)
                self._abbreviate(definition, used)
            except SymnetError as error:
                raise Rejected(f"definition {index} ({definition.symbol.name}): {error}") from None

    def _abbreviate(self, definition: Definition, used: set[Name]) -> None:
        Definition(definition.symbol, definition.body)  # its own checks, once more
        name = definition.symbol.name
        used |= {s.name for s in symbols(definition.body)}
        if definition.symbol in self.bodies:
            raise Rejected("it is defined twice")
        if name in used:
            raise Rejected("it occurs in its own or in an earlier definition's body")
        self._conditions(definition.body)
        self.bodies[definition.symbol] = definition.body

    def _admit(self, *terms: Term) -> None:
        """Let each name mean one thing: a symbol of one shape, a function, or a size."""
        self._measure(terms)
        for node in postorder(*terms):
            if node.op in ("symbol", "apply"):
                self._mean(node.name, node.shape if node.op == "symbol" else "a function")
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
            raise Rejected(f"{what} {index!r} is not an earlier line")
        return self.lines[index]

    def _conclude(self, step: Step) -> Claim:
        if type(step) is not Step or type(step.rule) is not str or step.rule not in _RULES:
            raise Rejected(f"there is no such rule; the rules are {', '.join(_RULES)}")
        if type(step.premises) is not tuple or type(step.terms) is not tuple:
            raise Rejected("the premises and terms of a step are tuples")
        if any(type(t) is not Term for t in step.terms):
            raise Rejected("a step takes terms, and nothing else, as its terms")
        self._admit(*step.terms)
        premises = [self._line(i, "premise") for i in step.premises]
        return _RULES[step.rule](self, premises, step.terms)

    def _conclusion(self, lhs: Term, rhs: Term, *premises: Claim) -> Claim:
        """The line lhs = rhs with the conditions of both sides as written and all that its premises rest on."""
        self._measure((lhs, rhs))
        conditions = [c for p in premises for c in p.conditions] + self._conditions(lhs, rhs)
        hypotheses = [h for p in premises for h in p.hypotheses]
        self.work.charge(len(conditions) + len(hypotheses))
        return Claim((Equation(lhs, rhs),), tuple(dict.fromkeys(conditions)), tuple(dict.fromkeys(hypotheses)))

    def _measure(self, terms: tuple[Term, ...]) -> None:
        """Count the nodes that are about to be looked at."""
        for term in terms:
            if term.size > LINE_LIMIT:
                raise Rejected(f"a term has more than {LINE_LIMIT:,} nodes when written out")
            self.work.charge(term.size)

    def _conditions(self, *terms: Term) -> list[Condition]:
        found = []
        for divisor in denominators(*terms):
            if divisor.op != "number":
                found.append(Condition(divisor))
            elif not divisor.value:
                raise Rejected("a denominator is the number 0")
        return found

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


def _expect(premises: list[Claim], lines: int | None, given: tuple[Term, ...], terms: int | None = None) -> None:
    if lines is not None and len(premises) != lines:
        raise Rejected(f"it takes {lines} earlier lines, not {len(premises)}")
    if (terms is None and not given) or (terms is not None and len(given) != terms):
        raise Rejected(f"it takes {'one or more' if terms is None else terms} terms, not {len(given)}")


def _is_expanded(term: Term) -> bool:
    """Whether no sum stands inside a product, a power, a transpose or a numerator."""

    def has_sum(node: Term, args: list[bool]) -> bool:
        return node.op == "sum" or (args[0] if node.op == "divide" else any(args))

    todo, seen = [term], set()
    while todo:
        summand = todo.pop()
        if id(summand) in seen:
            continue
        seen.add(id(summand))
        if summand.op == "sum":
            todo += summand.args
        elif fold(summand, has_sum, ring.OPAQUE):
            return False
    return True


def _conjunction(goals: list[Claim]) -> Claim:
    return Claim(
        tuple(dict.fromkeys(e for g in goals for e in g.equations)),
        tuple(dict.fromkeys(c for g in goals for c in g.conditions)),
        tuple(dict.fromkeys(h for g in goals for h in g.hypotheses)),
    )


def _say(meaning: object) -> str:
    return meaning if type(meaning) is str else f"a symbol of shape {describe(meaning)}"  # type: ignore[arg-type]
