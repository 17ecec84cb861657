"""Corruptions of derivations of calculus, and random steps by its rules. Everything is drawn from one generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from symnet.errors import SymnetError
from symnet.kernel import RULES
from symnet.term import (
    KNOWN,
    Claim,
    Definition,
    Derivation,
    Step,
    Term,
    apply,
    cases,
    constant,
    derivative,
    number,
)
from tests.rejected import corruption
from tests.rejected.attack import s, x, y, z
from tests.rejected.corruption import at, letters_of, paths, put
from tests.rejected.evaluator import nodes

LETTERS = [z, z, z, x, y]
NUMBERS = [number(q) for q in (0, 1, 1, -1, 2, 3, Fraction(1, 2))]
POINTS = [*NUMBERS, x, z, s]


# Corruptions.


def corrupt(told: Derivation, rng: Random) -> Derivation:
    """The derivation with one thing changed. Raises a SymnetError where the terms themselves refuse."""
    return rng.choice(_KINDS)(told, rng)


def _rule(told: Derivation, rng: Random) -> Derivation:
    i = rng.randrange(len(told.steps))
    return _with(told, i, replace(told.steps[i], rule=rng.choice(RULES)), rng)


def _everywhere(told: Derivation, rng: Random) -> Derivation:
    """One term is another in all steps at once, so that the derivation stays of one piece."""
    found = [node for step in told.steps for t in step.terms for node in nodes(t)]
    old = rng.choice(found)
    new = corruption.corrupt_node(old, letters_of(told), rng)

    def changed(term: Term) -> Term:
        for path in paths(term):
            if at(term, path) == old:
                return changed_below(term, old, new)
        return term

    steps = tuple(replace(step, terms=tuple(map(changed, step.terms))) for step in told.steps)
    return replace(told, steps=steps)


def changed_below(term: Term, old: Term, new: Term) -> Term:
    """Every occurrence replaced, also of what a derivative binds."""
    if term == old:
        return new
    return Term(term.op, tuple(changed_below(a, old, new) for a in term.args), term.value)


def _premise_more(told: Derivation, rng: Random) -> Derivation:
    """A premise too many or too few."""
    i = rng.randrange(len(told.steps))
    premises = list(told.steps[i].premises)
    if premises and rng.random() < 0.5:
        premises.pop(rng.randrange(len(premises)))
    else:
        premises.insert(rng.randrange(len(premises) + 1), rng.randrange(len(told.steps)))
    return _with(told, i, replace(told.steps[i], premises=tuple(premises)), rng)


def _step_more(told: Derivation, rng: Random) -> Derivation:
    """A random step at the end."""
    term = rng.choice([t for step in told.steps for t in step.terms])
    last = len(told.steps) - 1
    more = [
        Step("instantiate", (last,), (z, rng.choice(POINTS))),
        Step("instantiate", (last,), (rng.choice([*letters_of(told), z]), rng.choice((*POINTS, z, z * s)))),
        Step("substitute", (last, rng.randrange(last + 1)), ()),
        Step("discharge", (last,)),
        Step("sign", (last,)),
        Step("elementary", (last,), (term,)),
        Step("differentiate", (last,), (term,)),
        Step("choose", (last,), (term, number(rng.randrange(2)))),
        Step("mean_value", (last,), (number(-1), number(1))),
        Step("one_sided", (last,), (derivative(term, z, rng.choice(NUMBERS), rng.choice(("left", "right"))),)),
    ]
    return replace(told, steps=(*told.steps, rng.choice(more)), goals=(last + 1,))


def _with(told: Derivation, i: int, step: Step, rng: Random) -> Derivation:
    changed = replace(told, steps=(*told.steps[:i], step, *told.steps[i + 1 :]))
    return replace(changed, steps=changed.steps[: i + 1], goals=(i,)) if rng.random() < 0.4 else changed


_KINDS: tuple[Callable[[Derivation, Random], Derivation], ...] = (
    *[corruption._in_step_term] * 8,
    *[_everywhere] * 6,
    *[corruption._in_definition] * 2,
    *[corruption._premise] * 2,
    *[_premise_more] * 2,
    *[_step_more] * 4,
    _rule,
    _rule,
    corruption._index_moved,
    corruption._steps_swapped,
    corruption._step_lost,
    corruption._definitions_out_of_order,
)


# Random steps.


def random_term(depth: int, rng: Random, letters: Sequence[Term] = (*LETTERS, *LETTERS)) -> Term:
    """A scalar of z, and of a few other letters."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice([*letters, *NUMBERS, constant("pi"), s])

    def below() -> Term:
        return random_term(depth - 1, rng, letters)

    choices = [
        lambda: below() + below(),
        lambda: below() - below(),
        lambda: below() * below(),
        lambda: below() ** rng.randrange(4),
        lambda: below() / below(),
        lambda: apply(rng.choice(KNOWN), below()),
        lambda: apply(rng.choice(KNOWN), below()),
        lambda: _kink(rng.choice((letters[0], letters[0], below())), below(), below(), rng),
    ]
    return rng.choice(choices)()


def _kink(test: Term, then: Term, otherwise: Term, rng: Random) -> Term:
    sides = (number(0), test) if rng.random() < 0.7 else (test, rng.choice(NUMBERS))
    return cases((sides[0], rng.choice(("<", "<=")), sides[1], then), otherwise=otherwise)


def random_definitions(rng: Random) -> tuple[Definition, ...]:
    """A body for s, without s mostly."""
    body = random_term(2, rng)
    return (Definition(s, changed_below(body, s, z) if rng.random() < 0.95 else body),)


def random_step(lines: list[Claim], rng: Random) -> Step:
    """One more step, on lines that have been shown."""
    if not lines or rng.random() < 0.2:
        return _opening(rng)
    i = rng.choice((len(lines) - 1, rng.randrange(len(lines))))
    return rng.choice(_STEPS)(i, lines, rng)


def _opening(rng: Random) -> Step:
    term = random_term(rng.choice((1, 2, 2, 3)), rng)
    bound = rng.choice([1 - apply("tanh", term), constant("pi") / 2 + apply("atan", term), 1 - apply("sin", term)])
    return rng.choice(
        [
            Step("start", (), (term,)),
            Step("start", (), (derivative(term, z),)),
            Step("start", (), (derivative(term, z),)),
            Step("start", (), (derivative(term, z, rng.choice(POINTS)),)),
            Step("suppose", (), (rng.choice((z, -z, x - y, z - x, term)),)),
            Step("suppose_weakly", (), (rng.choice((z, -z, x - y, term)),)),
            Step("assume", (), (rng.choice((x, y, z, s)), rng.choice((term, *NUMBERS)))),
            Step("bounded", (), (rng.choice((bound, bound, term)),)),
        ]
    )


def side_of(line: Claim) -> Term:
    """What the rules rewrite."""
    return line.equations[0].rhs if line.equations else line.inequalities[0].term


def _among(line: Claim, op: str, rng: Random) -> Term:
    found = [node for node in nodes(side_of(line)) if node.op == op]
    return rng.choice(found) if found else rng.choice(nodes(side_of(line)))


def _differentiate(i: int, lines: list[Claim], rng: Random) -> Step:
    found = [node for node in nodes(side_of(lines[i])) if node.op == "derivative"] or [derivative(z, z)]
    terms = [d for node in found for d in _inner(node)]
    return Step("differentiate", (i,), tuple(terms if rng.random() < 0.8 else terms[:1]))


def _inner(node: Term) -> list[Term]:
    return [
        Term("derivative", (b, node.args[1]), node.value) for b in nodes(node.args[0]) if b.op != "symbol" or b == s
    ]


def _rewrite(i: int, lines: list[Claim], rng: Random) -> Step:
    new = side_of(lines[i])
    for _ in range(rng.choice((1, 1, 2))):
        path = rng.choice(paths(new))
        node = at(new, path)
        changed = [c for c in (_try(rule, node) for rule in _IDENTITIES) if c is not None]
        new = put(new, path, rng.choice(changed))
    return Step(rng.choice(("elementary", "elementary", "regroup", "distribute")), (i,), (new,))


def _try(rule: Callable[[Term], Term | None], node: Term) -> Term | None:
    try:
        return rule(node)
    except (SymnetError, IndexError):
        return None


def _on(function: str, rule: Callable[[Term], Term]) -> Callable[[Term], Term | None]:
    return lambda node: rule(node.args[0]) if node.op == "apply" and node.name.base == function else None


_PI = constant("pi")
_IDENTITIES: list[Callable[[Term], Term | None]] = [
    # identities
    lambda t: t * 1,
    lambda t: t + (z - z),
    lambda t: t * (x / x),
    lambda t: apply("log", apply("exp", t)),
    lambda t: apply("exp", apply("log", t)),
    lambda t: apply("sqrt", t) ** 2,
    lambda t: t * apply("exp", z) * apply("exp", -z),
    lambda t: t * (apply("sin", x) ** 2 + apply("cos", x) ** 2),
    _on("sin", lambda u: apply("cos", u - _PI / 2)),
    _on("tanh", lambda u: (apply("exp", 2 * u) - 1) / (apply("exp", 2 * u) + 1)),
    _on("atan", lambda u: -apply("atan", -u)),
    _on("exp", lambda u: apply("exp", u / 2) ** 2),
    _on("exp", lambda u: 1 / apply("exp", -u)),
    _on("sqrt", lambda u: apply("sqrt", 4 * u) / 2),
    # not identities
    lambda t: -t,
    lambda t: t + 1,
    lambda t: t * 2,
    lambda t: apply("sqrt", t**2),
    lambda t: t.args[0] if t.args and not t.args[0].shape else None,
    lambda t: t.args[-1] if t.op in ("sum", "multiply", "divide", "cases") else None,
    _on("log", lambda u: apply("log", -u)),
    _on("sin", lambda u: apply("sin", -u)),
    _on("cos", lambda u: apply("sin", u)),
    _on("tanh", lambda u: 2 / (1 + apply("exp", -u)) - 1),
    _on("exp", lambda u: apply("exp", 2 * u)),
    _on("exp", lambda u: apply("exp", -u)),
    _on("sqrt", lambda u: u),
    _on("erf", lambda u: apply("erf", -u)),
]


def _choose(i: int, lines: list[Claim], rng: Random) -> Step:
    return Step("choose", (i,), (_among(lines[i], "cases", rng), number(rng.randrange(2))))


def _one_sided(i: int, lines: list[Claim], rng: Random) -> Step:
    left = lines[i].equations[0].lhs if lines[i].equations else z
    found = [n for n in nodes(left) if n.op == "cases"]
    point, side = rng.choice(NUMBERS[:4]), rng.choice(("left", "right"))
    value = [rng.randrange(len(lines))] if rng.random() < 0.3 else []
    return Step("one_sided", (i, *value), (derivative(rng.choice((left, left, *found)), z, point, side),))


def _split(i: int, lines: list[Claim], rng: Random) -> Step:
    told = [c.term for c in lines[i].conditions if hasattr(c, "term")] or [z]
    term = rng.choice(told)
    other = term.args[1] if term.op == "multiply" and term.args[0] == number(-1) else -term
    return Step("split", (i, rng.randrange(len(lines))), (term, other))


def _monotone(i: int, lines: list[Claim], rng: Random) -> Step:
    said = side_of(lines[i])
    high, low = (said.args[0], said.args[-1].args[-1]) if said.op == "sum" and said.args[-1].args else (said, z)
    function = rng.choice(KNOWN)
    return Step("monotone", (i,), (apply(function, high) - apply(function, low),))


def _with_lemmas(rule: str) -> Callable[[int, list[Claim], Random], Step]:
    def build(i: int, lines: list[Claim], rng: Random) -> Step:
        known = [n for n, line in enumerate(lines) if line.inequalities] or [0]
        return Step(rule, (i, *rng.sample(known, rng.randrange(min(3, len(known) + 1)))))

    return build


_STEPS: list[Callable[[int, list[Claim], Random], Step]] = [
    *[_differentiate] * 4,
    *[_rewrite] * 5,
    *[_choose] * 4,
    *[_one_sided] * 3,
    *[_split] * 2,
    _monotone,
    *[_with_lemmas("sign")] * 3,
    *[_with_lemmas("discharge")] * 3,
    lambda i, lines, rng: Step("both_sides", (i, rng.randrange(len(lines)))),
    lambda i, lines, rng: Step("mean_value", (i,), (rng.choice(POINTS), rng.choice(POINTS))),
    lambda i, lines, rng: Step("mean_value", (i,), (x, y)),
    lambda i, lines, rng: Step("instantiate", (i,), (rng.choice(LETTERS), rng.choice((*POINTS, random_term(1, rng))))),
    lambda i, lines, rng: Step("instantiate", (i,), (rng.choice(LETTERS), rng.choice((*POINTS, random_term(1, rng))))),
    lambda i, lines, rng: Step("substitute", (i, rng.randrange(len(lines)))),
    lambda i, lines, rng: Step("substitute", (rng.randrange(len(lines)), i)),
    lambda i, lines, rng: Step("symmetry", (i,)),
    lambda i, lines, rng: Step(rng.choice(("unfold", "fold")), (i,), (s,)),
    lambda i, lines, rng: Step(rng.choice(RULES), (i,), (random_term(1, rng),)),
]
