"""Generated attacks: corrupted derivations and random steps, each accepted claim put to the test of numbers.

A failure is an accepted claim that is false at a random point, an accepted derivation that has no meaning, or a crash.
None is allowed. That the attacks are able to find a hole is shown by planting holes in the kernel, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from symnet import kernel, ring, word
from symnet.errors import SymnetError
from symnet.kernel import lines, replaying, rules
from symnet.kernel.scope import Scope
from symnet.term import Claim, Condition, Definition, Derivation, Equation, Term, number, symbols
from tests.rejected.attack import WORK, A, B, s, x, y
from tests.rejected.corruption import corrupt, random_definitions, random_step
from tests.rejected.evaluator import holds, is_well_formed
from tests.rejected.truths import f, truths

SEED = 20240229
CORRUPTIONS = 2400
RANDOM_STEPS = 2400
POINTS = 6
#: So many turns, two attacks each, to find a planted hole.
PATIENCE = 6000

Attack = tuple[str, Derivation | None]


@dataclass
class Tally:
    """What became of the attacks."""

    made: int = 0
    ill_formed: int = 0
    rejected: int = 0
    accepted: int = 0
    tested: int = 0
    failures: list[str] = field(default_factory=list)

    def attack(self, name: str, derivation: Derivation | None, rng: Random) -> kernel.Replayed | None:
        """Let the kernel judge, and judge the kernel. None stands for a derivation that its terms refused."""
        self.made += 1
        if derivation is None:
            self.ill_formed += 1
            return None
        try:
            replayed = kernel.replay(derivation, WORK)
        except SymnetError:
            self.rejected += 1
            return None
        except Exception as crash:  # noqa: BLE001 - whatever it is, it is a failure
            self.failures.append(f"{name}: {type(crash).__name__}: {crash}")
            return None
        self.accepted += 1
        verdicts = [verdict for claim in _claims(replayed, rng) for verdict in _verdicts(claim, derivation, rng)]
        self.tested += any(verdict is not None for verdict in verdicts)
        if False in verdicts or not is_well_formed(derivation):
            self.failures.append(f"{name}: {replayed.claim}")
        return replayed


def _claims(replayed: kernel.Replayed, rng: Random) -> list[Claim]:
    """The claim, the last line, and some line on the way."""
    return [replayed.claim, replayed.lines[-1], rng.choice(replayed.lines)]


def _verdicts(claim: Claim, derivation: Derivation, rng: Random) -> Iterator[bool | None]:
    return (holds(claim, derivation.definitions, rng) for _ in range(POINTS))


def corruptions(tally: Tally, rng: Random, pool: list[tuple[str, Derivation]] | None = None) -> Iterator[str]:
    """True derivations, each with one thing changed; yields after every attack."""
    pool = list(truths()) if pool is None else pool
    while True:
        name, derivation = rng.choice(pool)
        try:
            corrupted = corrupt(derivation, rng)
        except SymnetError:
            corrupted = None
        if corrupted != derivation:
            tally.attack(f"corrupted {name}", corrupted, rng)
            yield name


def random_steps(tally: Tally, rng: Random) -> Iterator[str]:
    """Derivations that grow by every random step that is accepted; yields after every attack."""
    while True:
        definitions, steps, lines = random_definitions(rng), (), ()
        for _ in range(12):
            try:
                step = random_step(list(lines), {d.symbol: d.body for d in definitions}, rng)
            except SymnetError:
                continue
            grown = Derivation(definitions, (*steps, step), (len(steps),))
            replayed = tally.attack(f"random {step.rule}", grown, rng)
            yield step.rule
            if replayed is not None:
                steps, lines = grown.steps, replayed.lines


Generator = Callable[[Tally, Random], Iterator[str]]


def run(generate: Generator, count: int, seed: int = SEED) -> Tally:
    """So many attacks."""
    tally, rng = Tally(), Random(seed)
    for _ in zip(range(count), generate(tally, rng), strict=False):
        pass
    return tally


@pytest.mark.parametrize(
    ("generate", "count", "seed"), [(corruptions, CORRUPTIONS, SEED), (random_steps, RANDOM_STEPS, SEED + 1)]
)
def test_no_generated_attack_succeeds(generate, count, seed):
    tally = run(generate, count, seed)
    print(f"\n{generate.__name__}, seed {seed}: {replace(tally, failures=len(tally.failures))}")
    assert not tally.failures, tally.failures[0]
    assert tally.made == count == tally.ill_formed + tally.rejected + tally.accepted
    assert tally.rejected + tally.ill_formed > count // 4
    assert tally.accepted > count // 10
    assert tally.tested > tally.accepted * 3 // 4


def test_every_truth_is_true():
    rng = Random(SEED)
    tally = Tally()
    for name, derivation in truths():
        assert tally.attack(name, derivation, rng) is not None, name
    assert not tally.failures
    assert tally.accepted == tally.made > 50
    assert tally.tested >= tally.made - 2  # some hypotheses hold at few points


# Holes, planted one at a time.


def _forget_the_order_of_words(patch: pytest.MonkeyPatch) -> None:
    multiply = word.Matrices.multiply

    def sort(self, left, right):
        gathered: dict = {}
        for letters, c in multiply(self, left, right).items():
            gathered.setdefault(tuple(sorted(letters)), []).append(c)
        return {letters: self.ring.add_fractions([(c,) for c in cs]) for letters, cs in gathered.items()}

    patch.setattr(word.Matrices, "multiply", sort)


def _transpose_without_reversing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        word.Matrices, "transpose", lambda self, form: {tuple(k ^ 1 for k in letters): c for letters, c in form.items()}
    )


def _reverse_without_transposing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        word.Matrices, "transpose", lambda self, form: {tuple(reversed(letters)): c for letters, c in form.items()}
    )


def _ignore_transposes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(word.Matrices, "transpose", lambda self, form: form)


def _collect_no_conditions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Scope, "conditions", lambda self, *terms: ())


def _lose_conditions_of_premises(patch: pytest.MonkeyPatch) -> None:
    conclude = Scope.conclude

    def lose(self, lhs, rhs, *premises, bounds=()):
        return conclude(self, lhs, rhs, *(replace(p, conditions=()) for p in premises), bounds=bounds)

    patch.setattr(Scope, "conclude", lose)


def _discharge_everything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "_holds", lambda scope, condition, given: True)


def _discharge_what_is_not_the_zero_polynomial(patch: pytest.MonkeyPatch) -> None:
    def is_not_zero(scope, condition, given):
        return not word.equal(condition.term, condition.term - condition.term, scope.work)

    patch.setattr(rules, "_holds", is_not_zero)


def _check_no_premise_index(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(replaying.Session, "_line", lambda self, index, what: self.lines[index])


def _believe_a_premise_that_is_missing(patch: pytest.MonkeyPatch) -> None:
    line = replaying.Session._line

    def believe(self, index, what):
        return line(self, min(index, len(self.lines) - 1) if type(index) is int else index, what)

    patch.setattr(replaying.Session, "_line", believe)


def _admit_any_definition(patch: pytest.MonkeyPatch) -> None:
    def define(self, given):
        self.bodies[given.symbol] = given.body
        self.definitions.append(given)

    patch.setattr(Scope, "define", define)


def _match(key: Callable[[Term], object]) -> Callable[[pytest.MonkeyPatch], None]:
    """Let fold, unfold and substitute take a node for another when so much of them agrees."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        substitute = lines.substitute

        def loosely(root, replacement):
            found = {key(k): v for k, v in replacement.items()}
            nodes = {node: found[key(node)] for node in rules.postorder(root) if key(node) in found}
            return substitute(root, {old: new for old, new in nodes.items() if old.shape == new.shape})

        patch.setattr(lines, "substitute", loosely)

    return plant


def _same_letter(term: Term) -> object:
    return (term.name.base, term.shape) if term.op == "symbol" else term


def _same_hash(term: Term) -> object:
    return term.op, term.shape, term.size


def _compare(key: Callable[[dict[int, int]], object]) -> Callable[[pytest.MonkeyPatch], None]:
    """Let fractions be equal when so much of their cross products agrees."""

    def loosely(self, f, g):
        f, g = ring.fraction(f), ring.fraction(g)
        left = self.multiply(f.numerator, g.denominator, ring.constant(g.scale))
        right = self.multiply(g.numerator, f.denominator, ring.constant(f.scale))
        return key(self.terms(left)) == key(self.terms(right))

    return lambda patch: patch.setattr(ring.Ring, "equal_fractions", loosely)


def _absolute(terms: dict[int, int]) -> dict[int, int]:
    return {monomial: abs(c) for monomial, c in terms.items()}


def _ignore_denominators(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        ring.Ring,
        "equal_fractions",
        lambda self, f, g: self.terms(ring.fraction(f).numerator) == self.terms(ring.fraction(g).numerator),
    )


def _pack_too_narrow(patch: pytest.MonkeyPatch) -> None:
    following = ring.next_place
    patch.setattr(ring, "next_place", lambda places, exponent: following(places, max(1, exponent // 2)))


def _one_atom_a_function(patch: pytest.MonkeyPatch) -> None:
    atom = ring.Ring.atom

    def by_name(self, term):
        known = [a for a in self.atoms if a.op == term.op == "apply" and a.name == term.name]
        return atom(self, known[0] if known else term)

    patch.setattr(ring.Ring, "atom", by_name)


def _cases_without_order(patch: pytest.MonkeyPatch) -> None:
    atom = ring.Ring.atom

    def unordered(self, term):
        known = [a for a in self.atoms if a.op == term.op == "cases" and set(a.args) == set(term.args)]
        return atom(self, known[0] if known else term)

    patch.setattr(ring.Ring, "atom", unordered)


def _rule(name: str, change: Callable[[Claim], Claim]) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one rule of the kernel say something else than it has shown."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        rule = rules.TABLE[name]
        patch.setitem(rules.TABLE, name, lambda self, premises, terms: change(rule(self, premises, terms)))

    return plant


def _without_hypotheses(claim: Claim) -> Claim:
    return replace(claim, hypotheses=())


def _regroup_anything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        word, "equal", lambda lhs, rhs, work: lhs.shape == rhs.shape and set(symbols(lhs)) == set(symbols(rhs))
    )


HOLES: list[tuple[str, Callable[[pytest.MonkeyPatch], None]]] = [
    ("words are compared as multisets, so matrices commute", _forget_the_order_of_words),
    ("a transpose does not reverse", _transpose_without_reversing),
    ("a transpose only reverses", _reverse_without_transposing),
    ("transposes are dropped", _ignore_transposes),
    ("conditions are not collected", _collect_no_conditions),
    ("conditions of premises are lost", _lose_conditions_of_premises),
    ("every condition is discharged", _discharge_everything),
    ("what is not the zero polynomial is discharged", _discharge_what_is_not_the_zero_polynomial),
    ("premises are not checked", _check_no_premise_index),
    ("a missing premise is taken for the last line", _believe_a_premise_that_is_missing),
    ("definitions are not checked", _admit_any_definition),
    ("symbols are matched by their letter, whatever the index", _match(_same_letter)),
    ("terms are matched by a narrow hash", _match(_same_hash)),
    ("signs are ignored", _compare(_absolute)),
    ("denominators are ignored", _ignore_denominators),
    ("monomials are packed one bit too narrow", _pack_too_narrow),
    ("f(a) = f(b)", _one_atom_a_function),
    ("the order of cases is ignored", _cases_without_order),
    ("substitute drops hypotheses", _rule("substitute", _without_hypotheses)),
    ("assume forgets that it assumed", _rule("assume", _without_hypotheses)),
    ("regroup looks at the symbols only", _regroup_anything),
]


@pytest.mark.parametrize("plant", [pytest.param(plant, id=name) for name, plant in HOLES])
def test_a_planted_hole_is_found(plant, monkeypatch):
    plant(monkeypatch)
    tally, rng = Tally(), Random(SEED)
    pool = [(name, truth) for name, truth in truths() if not name.startswith("every depth")]
    pool += [(name, truth) for name, truth in pool if "condition" in name] * 5
    turns = zip(range(PATIENCE), corruptions(tally, rng, pool), random_steps(tally, rng), strict=False)
    found = next((turn for turn, *_ in turns if tally.failures), None)
    print(f"\nfound after {found} turns: {tally.failures[:1]}")
    assert found is not None


# The judge is judged, too.

ONE = number(1)

VERDICTS = [
    ("x + x = 2x", Claim((Equation(x + x, 2 * x),)), (), {True}),
    ("x = y", Claim((Equation(x, y),)), (), {True, False}),
    ("AB = BA", Claim((Equation(A @ B, B @ A),)), (), {True, False}),
    ("(AB)ᵀ = BᵀAᵀ", Claim((Equation((A @ B).T, B.T @ A.T),)), (), {True}),
    ("x/x = 1 without its condition", Claim((Equation(x / x, ONE),)), (), {True, False}),
    ("x/x = 1 where x ≠ 0", Claim((Equation(x / x, ONE),), (Condition(x),)), (), {True, None}),
    ("x = y where x = y", Claim((Equation(x, y),), (), (Equation(x, y),)), (), {True}),
    ("x = 0 where x² = 0", Claim((Equation(x, number(0)),), (), (Equation(x**2, number(0)),)), (), {True, None}),
    ("s = 2 for s := 1 + 1", Claim((Equation(s, number(2)),)), (Definition(s, ONE + 1),), {True}),
    ("s = s for s := 1/x", Claim((Equation(s, s),)), (Definition(s, 1 / x),), {True, None}),
    ("f(A + B) = f(A) + f(B)", Claim((Equation(f(A + B), f(A) + f(B)),)), (), {False}),
    ("f(A)ᵀ = f(Aᵀ)", Claim((Equation(f(A).T, f(A.T)),)), (), {True, False}),
]


@pytest.mark.parametrize(
    ("claim", "definitions", "verdicts"), [pytest.param(*rest, id=name) for name, *rest in VERDICTS]
)
def test_the_judge(claim, definitions, verdicts):
    rng = Random(SEED)
    assert {holds(claim, definitions, rng) for _ in range(60)} == verdicts
