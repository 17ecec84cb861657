"""Corruptions of derivations, and random steps that nobody derived. Everything is drawn from one generator."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from symnet.errors import SymnetError
from symnet.term import (
    KNOWN,
    Definition,
    Derivation,
    Index,
    Name,
    Step,
    Term,
    apply,
    cases,
    identity,
    index,
    indexed_product,
    indexed_sum,
    instance,
    known_function,
    natural,
    number,
    ones,
    shifted,
    symbol,
    zero,
)
from tests.rejected.attack import A, B, m, n, x, y
from tests.rejected.evaluator import nodes

RULES = (
    *("start", "assume", "unfold", "fold", "substitute", "distribute", "regroup", "symmetry", "discharge"),
    *("termwise", "instantiate", "induct"),
)
#: Index variables of random terms: free, and bound.
FREE, BOUND = ("i", "p"), ("k", "j")


# Terms.


def paths(root: Term) -> list[tuple[int, ...]]:
    """The way to every node of the tree."""
    found, todo = [], [((), root)]
    while todo:
        path, node = todo.pop()
        found.append(path)
        todo += [((*path, i), a) for i, a in enumerate(node.args)]
    return found


def at(root: Term, path: tuple[int, ...]) -> Term:
    for i in path:
        root = root.args[i]
    return root


def put(root: Term, path: tuple[int, ...], new: Term) -> Term:
    """The tree with another node at the end of the path; raises where the shapes no longer fit."""
    if not path:
        return new
    args = list(root.args)
    args[path[0]] = put(args[path[0]], path[1:], new)
    return Term(root.op, tuple(args), root.value)


def corrupt_node(node: Term, letters: list[Term], rng: Random) -> Term:
    """A node that differs in one thing; often wrong, sometimes only written differently."""
    args = list(node.args)
    choices = []
    match node.op:
        case "number":
            choices = [number(node.value + 1), number(-node.value), number(node.value * 2), number(1), number(0)]
        case "symbol":
            choices = [other for other in letters if other.shape == node.shape and other != node]
            choices += [node + node, -node]
            choices += [node.T] if node.shape else [node**2, 1 / node, number(0), node / node]
            if any(isinstance(p, Index) for p in node.name.positions):
                choices += [lambda: _elsewhere(node, rng)] * 4
        case "sum" | "multiply" | "product":
            i, j = rng.randrange(len(args)), rng.randrange(len(args))
            swapped = args.copy()
            swapped[i], swapped[j] = swapped[j], swapped[i]
            fewer = args[:i] + args[i + 1 :]
            choices = [
                lambda: Term(node.op, tuple(swapped)),
                lambda: Term(node.op, tuple(reversed(args))),
                lambda: Term(node.op, (*args, args[i])),
                lambda: fewer[0] if len(fewer) == 1 else Term(node.op, tuple(fewer)),
                lambda: Term("multiply" if node.op == "sum" else "sum", tuple(args)),
            ]
        case "power":
            e = node.value
            choices = [args[0] ** (e + 1), args[0] ** max(e - 1, 0), args[0] ** 0, args[0] ** (2 * e), args[0]]
            choices += [carry(node, letters, rng)]
        case "divide":
            choices = [args[1] / args[0], args[0], args[0] * args[1], (args[0] + 1) / args[1], 1 / args[1]]
        case "index":
            choices = [natural(shifted(node.value, by)) for by in (-1, 1)] + [number(0), number(1), node * 2]
        case "sigma" | "pi":
            choices = [
                *[lambda: _limits_moved(node, rng)] * 3,
                lambda: args[0],
                lambda: Term(node.op, (args[0] + args[0],), node.value),
                lambda: indexed_sum(*node.value[:3], args[0]),
                lambda: Term("pi", node.args, (*node.value[:3], rng.choice(("ascending", "descending")))),
                lambda: instance(args[0], node.value[0], rng.choice(node.value[1:3])),
                lambda: zero(*node.shape) if node.shape else number(rng.randrange(2)),
            ]
        case "transpose":
            choices = [args[0], node + node]
        case "scale":
            choices = [args[1], Term("scale", (args[0] + 1, args[1])), Term("scale", (-args[0], args[1]))]
        case "apply" if known_function(node.value):
            others = [apply(name, args[0]) for name in KNOWN if name != node.name.base]
            choices = [args[0], *others, apply(node.value, args[0] + args[0]), apply(node.value, -args[0]), -node]
        case "derivative":
            choices = derivatives_near(node, rng)
        case "constant":
            choices = [number(3), node * 2, node / 2, -node]
        case "apply":
            choices = [args[0], apply("g", args[0]), apply(node.value, node), apply(node.value, args[0] + args[0])]
        case "cases":
            choices = [
                Term("cases", (args[1], args[0], *args[2:]), node.value),
                Term("cases", (*args[:2], args[-1], *args[3:-1], args[2]), node.value),
                Term("cases", tuple(args), tuple("<" if r == "<=" else "<=" for r in node.value)),
                args[-1],
            ]
        case _:
            choices = [symbol("Q", node.shape), node + node]
    chosen = rng.choice(choices)
    return chosen() if callable(chosen) else chosen


def derivatives_near(node: Term, rng: Random) -> list:
    """Another point, another side, another variable, or something else that is differentiated."""
    (body, point), (name, side) = node.args, node.value
    points = [number(rng.randrange(-2, 3)), point + 1, symbol(name), SCALARS[0]]
    others = [s.name for s in SCALARS if s.name != name]
    return [
        *(Term("derivative", (body, p), (name, side)) for p in points),
        *(Term("derivative", node.args, (name, s)) for s in ("both", "left", "right") if s != side),
        *(Term("derivative", node.args, (n, side)) for n in others),
        body,
        lambda: Term("derivative", (corrupt_term(body, SCALARS, rng), point), node.value),
    ]


def _elsewhere(node: Term, rng: Random) -> Term:
    """Another member of the family, of the shape that it has there."""
    variable = rng.choice([v for p in node.name.positions if isinstance(p, Index) for v in p.variables])
    return instance(node, variable, _another(variable, rng))


def _another(variable: str, rng: Random) -> int | Index:
    return rng.choice((index(variable, offset=1), index(variable, offset=-1), 0, 1, index("i"), index("L")))


def _limits_moved(node: Term, rng: Random) -> Term:
    """Σ or ∏ over a range that is off by one somewhere."""
    value, i = list(node.value), rng.choice((1, 2))
    value[i] = shifted(value[i], rng.choice((-1, 1)))
    return Term(node.op, node.args, tuple(value))


def _everywhere(term: Term, change) -> Term:
    """The term with a change made to all nodes at once, as far as it applies."""
    new = Term(term.op, tuple(_everywhere(a, change) for a in term.args), term.value)
    return change(new)


def carry(power: Term, letters: list[Term], rng: Random) -> Term:
    """x^e with 2^k of the exponent carried over into another letter, as an overflowing bit field would."""
    top = max(power.value.bit_length() - 1, 0)
    k = rng.choice((top, top, top, rng.randrange(top + 1)))
    others = [s for s in letters if not s.shape and s != power.args[0]] or [power.args[0]]
    return power.args[0] ** max(power.value - 2**k, 0) * rng.choice(others)


def corrupt_term(term: Term, letters: list[Term], rng: Random) -> Term:
    path = rng.choice(paths(term))
    return put(term, path, corrupt_node(at(term, path), letters, rng))


# Derivations.


def letters_of(derivation: Derivation) -> list[Term]:
    roots = [t for d in derivation.definitions for t in (d.symbol, d.body)]
    roots += [t for step in derivation.steps for t in step.terms]
    return list({node: None for root in roots for node in nodes(root) if node.op == "symbol"})


def corrupt(derivation: Derivation, rng: Random) -> Derivation:
    """The derivation with one thing changed. Raises a SymnetError where the terms themselves refuse."""
    kind = rng.choice(_KINDS)
    return kind(derivation, rng)


def _in_step_term(d: Derivation, rng: Random) -> Derivation:
    i = rng.choice([i for i, step in enumerate(d.steps) if step.terms])
    step = d.steps[i]
    j = rng.randrange(len(step.terms))
    new = corrupt_term(step.terms[j], letters_of(d), rng)
    changed = _with_step(d, i, replace(step, terms=(*step.terms[:j], new, *step.terms[j + 1 :])))
    return _cut(changed, i) if rng.random() < 0.4 else changed


def _cut(d: Derivation, i: int) -> Derivation:
    """The derivation up to step i, which is all that it claims: nothing later can give a bad step away."""
    return replace(d, steps=d.steps[: i + 1], goals=(i,))


def _carried(d: Derivation, rng: Random) -> Derivation:
    """One exponent of a result run over into another letter."""
    last = d.steps[-1]
    places = [(j, path) for j, t in enumerate(last.terms) for path in paths(t) if at(t, path).op == "power"]
    if not places:
        return _in_step_term(d, rng)
    j, path = rng.choice(places)
    new = put(last.terms[j], path, carry(at(last.terms[j], path), letters_of(d), rng))
    return _with_step(d, len(d.steps) - 1, replace(last, terms=(*last.terms[:j], new, *last.terms[j + 1 :])))


def _in_definition(d: Derivation, rng: Random) -> Derivation:
    if not d.definitions:
        return _in_step_term(d, rng)
    i = rng.randrange(len(d.definitions))
    old = d.definitions[i]
    name, body = old.symbol, old.body
    if rng.random() < 0.8:
        body = corrupt_term(body, letters_of(d), rng)
    else:
        name = rng.choice(letters_of(d))
    return replace(d, definitions=(*d.definitions[:i], Definition(name, body), *d.definitions[i + 1 :]))


def _definitions_out_of_order(d: Derivation, rng: Random) -> Derivation:
    shuffled = list(d.definitions)
    rng.shuffle(shuffled)
    if shuffled and rng.random() < 0.3:
        shuffled.append(rng.choice(shuffled))
    return replace(d, definitions=tuple(shuffled))


def _premise(d: Derivation, rng: Random) -> Derivation:
    choices = [i for i, step in enumerate(d.steps) if step.premises]
    if not choices:
        return _goals(d, rng)
    i = rng.choice(choices)
    step = d.steps[i]
    j = rng.randrange(len(step.premises))
    new = rng.randrange(-2, len(d.steps) + 2)
    changed = _with_step(d, i, replace(step, premises=(*step.premises[:j], new, *step.premises[j + 1 :])))
    return _cut(changed, i) if rng.random() < 0.4 else changed


def _rule(d: Derivation, rng: Random) -> Derivation:
    i = rng.randrange(len(d.steps))
    changed = _with_step(d, i, replace(d.steps[i], rule=rng.choice(RULES)))
    return _cut(changed, i) if rng.random() < 0.4 else changed


def _steps_swapped(d: Derivation, rng: Random) -> Derivation:
    steps = list(d.steps)
    i, j = rng.randrange(len(steps)), rng.randrange(len(steps))
    steps[i], steps[j] = steps[j], steps[i]
    return replace(d, steps=tuple(steps))


def _step_lost(d: Derivation, rng: Random) -> Derivation:
    i = rng.randrange(len(d.steps))
    return replace(d, steps=d.steps[:i] + d.steps[i + 1 :], goals=(max(len(d.steps) - 2, 0),))


def _goals(d: Derivation, rng: Random) -> Derivation:
    return replace(d, goals=tuple(rng.randrange(-2, len(d.steps) + 1) for _ in range(rng.randrange(3))))


def _transposes_lost(d: Derivation, rng: Random) -> Derivation:
    """Every transpose of one step's term gone at once, which keeps products of square matrices in shape."""
    i = rng.choice([i for i, step in enumerate(d.steps) if step.terms])
    step = d.steps[i]
    return _with_step(d, i, replace(step, terms=tuple(map(_without_transposes, step.terms))))


def _index_moved(d: Derivation, rng: Random) -> Derivation:
    """An index of one step's terms, or of one of them, somewhere else."""
    places = [i for i, step in enumerate(d.steps) if any(t.free for t in step.terms)]
    if not places:
        return _in_step_term(d, rng)
    i = rng.choice(places)
    step = d.steps[i]
    variable = rng.choice(sorted(v for t in step.terms for v in t.free))
    value = _another(variable, rng)
    alone = rng.choice([None, *range(len(step.terms))])
    terms = [instance(t, variable, value) if alone in (None, j) else t for j, t in enumerate(step.terms)]
    changed = _with_step(d, i, replace(step, terms=tuple(terms)))
    return _cut(changed, i) if rng.random() < 0.3 else changed


def _ranges_moved(d: Derivation, rng: Random) -> Derivation:
    """All Σ and ∏ over one range in one step, or in all of them, over another; or ∏ the other way round."""
    found = [node for step in d.steps for t in step.terms for node in nodes(t) if node.op in ("sigma", "pi")]
    if not found:
        return _in_step_term(d, rng)
    chosen = rng.choice(found)
    i = rng.choice([None, *(i for i, step in enumerate(d.steps) if any(chosen in nodes(t) for t in step.terms))])
    new = list(chosen.value)
    kind = rng.randrange(3 if chosen.op == "pi" else 2)
    if kind == 2:
        new[3] = "ascending" if new[3] == "descending" else "descending"
    else:
        new[1 + kind] = shifted(new[1 + kind], rng.choice((-1, 1)))

    def change(node: Term) -> Term:
        return Term(node.op, node.args, tuple(new)) if node.value == chosen.value and node.op == chosen.op else node

    steps = [
        replace(step, terms=tuple(_everywhere(t, change) for t in step.terms)) if i in (None, j) else step
        for j, step in enumerate(d.steps)
    ]
    return replace(d, steps=tuple(steps))


def _transposes_in_order(d: Derivation, rng: Random) -> Derivation:
    """The transposed factors of one step's products the other way round, as if (AB)ᵀ were AᵀBᵀ."""
    i = rng.choice([i for i, step in enumerate(d.steps) if step.terms])
    step = d.steps[i]
    return _with_step(d, i, replace(step, terms=tuple(map(_with_transposes_reversed, step.terms))))


def _with_transposes_reversed(term: Term) -> Term:
    args = tuple(map(_with_transposes_reversed, term.args))
    turn = term.op == "product" and all(a.op == "transpose" for a in args)
    return Term(term.op, args[::-1] if turn else args, term.value)


def _without_transposes(term: Term) -> Term:
    if term.op == "transpose":
        return _without_transposes(term.args[0])
    return Term(term.op, tuple(map(_without_transposes, term.args)), term.value)


def _with_step(d: Derivation, i: int, step: Step) -> Derivation:
    return replace(d, steps=(*d.steps[:i], step, *d.steps[i + 1 :]))


_KINDS = (
    *[_in_step_term] * 10,
    *[_in_definition] * 3,
    *[_index_moved] * 4,
    *[_ranges_moved] * 3,
    _carried,
    _carried,
    _definitions_out_of_order,
    _premise,
    _premise,
    _rule,
    _steps_swapped,
    _step_lost,
    _goals,
    _transposes_lost,
    _transposes_in_order,
)


# Random derivations.

SCALARS = [symbol(letter) for letter in "xyz"]
DEFINED = [symbol("s"), symbol("S", (n, n))]


def c(k: int | Index) -> Term:
    """A scalar of a family."""
    return symbol(Name("c", k))


def D(k: int | Index) -> Term:
    """A matrix of a family."""
    return symbol(Name("D", k), (n, n))


SHAPES = ((), (), (), (n, n), (n, n), (n, 1), (m, n), (1, 1))


def letter(shape: tuple, rng: Random) -> Term:
    if not shape and rng.random() < 0.2:
        return rng.choice([c(_position(rng)), natural(_position(rng)), random_over((), rng)])
    if shape == (n, n) and rng.random() < 0.2:
        return rng.choice([D(_position(rng)), random_over(shape, rng)])
    if not shape:
        return rng.choice([*SCALARS, DEFINED[0], number(rng.randrange(-2, 4)), number(Fraction(1, 2))])
    names = {(n, n): "ABC", (n, 1): "uv", (m, n): "MN", (n, m): "PQ", (m, m): "GH"}.get(shape)
    if names is None:
        return (
            zero(*shape)
            if rng.random() < 0.3
            else symbol(f"K{SHAPE_NUMBERS.setdefault(shape, len(SHAPE_NUMBERS))}", shape)
        )
    special = [identity(n), zero(n, n), DEFINED[1]] if shape == (n, n) else [ones(n)] if shape == (n, 1) else []
    return rng.choice([symbol(name, shape) for name in names] * 2 + special)


SHAPE_NUMBERS: dict[tuple, int] = {}


def _position(rng: Random) -> int | Index:
    return rng.choice((0, 1, 2, index("i"), index("i", offset=1), index("p"), index("p", offset=1)))


def random_over(shape: tuple, rng: Random) -> Term:
    """Σ or ∏ of something that depends on the index, mostly."""
    k = rng.choice(BOUND)
    choices = [D(index(k)), D(index(k, offset=1)), A, A @ D(index(k)), D(index(k)) @ B]
    if not shape:
        choices = [c(index(k)), c(index(k, offset=1)), x, x * c(index(k)), natural(index(k)), c(index(k)) + y]
    body, lower = rng.choice(choices), rng.choice((0, 1, 1, 2, index("i")))
    upper = rng.choice((0, 1, 2, index("p"), index("p", offset=1), index("i")))
    if rng.random() < 0.6:
        return indexed_sum(k, lower, upper, body)
    return indexed_product(k, lower, upper, body, rng.choice(("ascending", "descending")))


def random_term(shape: tuple, depth: int, rng: Random) -> Term:
    """A well-shaped term."""
    if depth == 0 or rng.random() < 0.1:
        return letter(shape, rng)
    below = lambda s=shape: random_term(s, depth - 1, rng)  # noqa: E731
    if not shape:
        choices = [
            lambda: below() + below(),
            lambda: below() + below(),
            lambda: below() * below(),
            lambda: below() * below(),
            lambda: below() ** rng.randrange(5),
            lambda: below() / below(),
            lambda: apply(rng.choice("fg"), below()),
            lambda: cases((below(), rng.choice(("<", "<=")), below(), below()), otherwise=below()),
        ]
    else:
        inner = rng.choice((n, m, 1))
        choices = [
            lambda: below() + below(),
            lambda: below((shape[0], inner)) @ below((inner, shape[1])),
            lambda: below((shape[0], shape[0])) @ below(),
            lambda: below((shape[1], shape[0])).T,
            lambda: Term("scale", (below(()), below())),
            lambda: apply(rng.choice("fg"), below()),
        ]
    return rng.choice(choices)()


def rewritten(term: Term, rng: Random) -> Term:
    """The term with one node rewritten by an identity, or by something that only looks like one."""
    path = rng.choice(paths(term))
    node = at(term, path)
    choices = [rule for rule in _REWRITES if (rule(node)) is not None]
    return put(term, path, rng.choice(choices)(node)) if choices else term


def _is(node: Term, op: str, *below: str) -> bool:
    return node.op == op and all(len(node.args) > i and node.args[i].op == b for i, b in enumerate(below) if b)


def _try(build):
    """A rewriting that passes where the shapes do not allow it."""

    def rewrite(node: Term) -> Term | None:
        try:
            return build(node)
        except (SymnetError, IndexError, AttributeError):
            return None

    return rewrite


def _only(op: str, build):
    return _try(lambda node: build(*node.args) if node.op == op else None)


_REWRITES = [
    # identities
    _only("sum", lambda a, b: b + a),
    _only("multiply", lambda a, b: b * a),
    _only("sum", lambda a, b: 2 * a if a == b else None),
    _only("multiply", lambda a, b: a * b.args[0] + a * b.args[1] if _is(b, "sum") else None),
    _only("product", lambda a, b: a @ b.args[0] + a @ b.args[1] if _is(b, "sum") else None),
    _only("product", lambda a, b: a.args[0] @ (a.args[1] @ b) if _is(a, "product") else None),
    _only("transpose", lambda a: a.args[0] if _is(a, "transpose") else None),
    _only("transpose", lambda a: a.args[0].T + a.args[1].T if _is(a, "sum") else None),
    _only("transpose", lambda a: a.args[1].T @ a.args[0].T if _is(a, "product") else None),
    _only("scale", lambda a, b: a * b.args[0] + a * b.args[1] if _is(b, "sum") else None),
    _only("divide", lambda a, b: a * (1 / b)),
    _only("divide", lambda a, b: number(1) if a == b else None),
    _try(lambda t: t + (t - t)),
    _try(lambda t: t * 1 if not t.shape else 1 * t),
    _try(lambda t: t * (SCALARS[0] / SCALARS[0]) if not t.shape else None),
    _try(lambda t: t @ identity(t.shape[1])),
    _try(lambda t: number(-1) * -t),
    # not identities
    _only("product", lambda a, b: b @ a),
    _only("product", lambda a, b: a.T @ b),
    _only("product", lambda a, b: a.args[0] @ b if _is(a, "product") else None),
    _only("transpose", lambda a: a),
    _only("transpose", lambda a: a.args[0].T @ a.args[1].T if _is(a, "product") else None),
    _only("sum", lambda a, b: 2 * a if b == a.T else None),
    _only("sum", lambda a, b: a - b),
    _only("divide", lambda a, b: b / a),
    _only("divide", lambda a, b: a),
    _only("apply", lambda a: a),
    _try(
        lambda t: (
            apply(t.name, t.args[0].args[0]) + apply(t.name, t.args[0].args[1]) if _is(t, "apply", "sum") else None
        )
    ),
    _try(
        lambda t: (
            t.args[0] * apply(t.name, t.args[1]) if _is(t, "apply") and t.args[0].op in ("multiply", "scale") else None
        )
    ),
    _try(lambda t: apply(t.name, t.args[0].args[0]) if _is(t, "apply", "sum") else None),
    _try(lambda t: t.args[0] ** (t.value + 1) if _is(t, "power") else None),
    _try(lambda t: t.args[0] ** max(t.value - 2, 0) * SCALARS[1] if _is(t, "power") else None),
    _try(lambda t: t.args[0] ** max(t.value - 4, 0) * SCALARS[1] if _is(t, "power") else None),
    _try(lambda t: -t),
    _try(lambda t: t.args[0] if t.op in ("sum", "multiply") else None),
    _try(lambda t: t.T if len(set(t.shape)) == 1 else None),
    _try(lambda t: Term("cases", (t.args[1], t.args[0], *t.args[2:]), t.value) if _is(t, "cases") else None),
    _try(lambda t: Term("cases", (*t.args[:2], t.args[3], t.args[2]), t.value) if _is(t, "cases") else None),
]


def random_definitions(rng: Random) -> tuple[Definition, ...]:
    """Bodies for s and S; now and then ones that mention themselves or each other."""
    bodies = [random_term(d.shape, rng.randrange(1, 3), rng) for d in DEFINED]
    plain = {d: symbol(f"plain{i}", d.shape) for i, d in enumerate(DEFINED)}
    if rng.random() < 0.9:
        bodies = [_replace(body, plain) for body in bodies]
    return tuple(Definition(d, body) for d, body in zip(DEFINED, bodies, strict=True))


def _replace(term: Term, by: dict[Term, Term]) -> Term:
    return by.get(term) or Term(term.op, tuple(_replace(a, by) for a in term.args), term.value)


def random_step(lines: list, bodies: dict[Term, Term], rng: Random) -> Step:
    """One more step, on lines that have been shown."""
    count = len(lines)
    if not count or rng.random() < 0.15:
        return Step("start", (), (random_term(rng.choice(SHAPES), rng.randrange(1, 4), rng),))
    i = rng.randrange(count)
    rhs = lines[i].equations[0].rhs
    kind = rng.random()
    if kind < 0.55:
        new = rhs
        for _ in range(rng.choice((1, 1, 2))):
            new = rewritten(new, rng)
        return Step(rng.choice(("regroup", "regroup", "regroup", "distribute")), (i,), (new,))
    over = [node for node in nodes(rhs) if node.op in ("sigma", "pi")]
    if kind < 0.62:
        return Step(rng.choice(("unfold", "fold")), (i,), (rng.choice([*bodies, *SCALARS, *over]),))
    if (over or rhs.free) and rng.random() < 0.4:
        return _index_step(i, rhs, lines, rng)
    if kind < 0.70:
        return _assumption(rhs, rng)
    if kind < 0.90:
        return Step("substitute", (i, *(rng.randrange(-1, count + 1) for _ in range(rng.choice((1, 1, 2))))))
    if kind < 0.94:
        return Step("symmetry", (rng.choice((i, i, count, -1)),))
    if kind < 0.95:
        return Step("discharge", (i,))
    if kind < 0.99:
        return _index_step(i, rhs, lines, rng)
    return Step(rng.choice(RULES), (i,), (random_term(rhs.shape, 2, rng),))


def _index_step(i: int, rhs: Term, lines: list, rng: Random) -> Step:
    """Something that is done with an index; now and then the start of a lemma to do it with."""
    over = [node for node in nodes(rhs) if node.op in ("sigma", "pi")]
    variable = natural(index(rng.choice(FREE)))
    kind = rng.random()
    if over and kind < 0.25:
        return Step("unfold", (i,), (rng.choice(over),))
    if over and kind < 0.4:
        chosen = rng.choice(over)
        return Step("start", (), (instance(chosen.args[0], chosen.value[0], variable.value),))
    if over and kind < 0.7:
        return Step("termwise", (i, rng.randrange(len(lines))), (rng.choice(over), variable))
    if kind < 0.85:
        return Step("instantiate", (i,), (variable, natural(_position(rng))))
    if kind < 0.95:
        found = [node for node in nodes(rhs) if node.op == "symbol"] or [rhs]
        chosen = rng.choice(found)
        return Step("instantiate", (i,), (chosen, random_term(chosen.shape, 1, rng)))
    return Step("induct", (rng.randrange(len(lines)), i), (variable,))


def _assumption(rhs: Term, rng: Random) -> Step:
    """Some letter of the line equals something else."""
    found = [node for node in nodes(rhs) if node.op == "symbol"] or [rhs]
    chosen = rng.choice(found)
    return Step("assume", (), (chosen, random_term(chosen.shape, rng.randrange(2), rng)))
