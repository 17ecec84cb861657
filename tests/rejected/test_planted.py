"""Each check that the rules about indices make, removed in turn: some attack by hand has to get through without it."""

from __future__ import annotations

import sys
from random import Random

import pytest

from symnet import kernel
from symnet.kernel import replaying
from tests.rejected.attack import WORK
from tests.rejected.planting import Hole, first_through, gets_through, planted
from tests.rejected.test_generated import PATIENCE, SEED, Tally, corruptions
from tests.rejected.test_induction import ATTACKS, LARGE, NEVER_TOLD
from tests.rejected.truths import indexed, inductions

#: An attack that takes all memory where the hole is planted that it looks for.
TOLD = [attack for attack in (*NEVER_TOLD, *ATTACKS, *LARGE) if attack[0] != "an index whose variables never end"]

HOLES: list[Hole] = [
    # induct
    ("no base", "rules", "if _at(scope, hypothesis, n, 0) != equation_of(base):", "if False:"),
    ("any successor", "rules", "if _at(scope, h, n, shifted(index(n), 1)) == equation_of(step)]", "if True]"),
    ("the successor is the hypothesis", "rules", "n, shifted(index(n), 1)) == equ", "n, index(n)) == equ"),
    ("the base is at 1", "rules", "if _at(scope, hypothesis, n, 0) !=", "if _at(scope, hypothesis, n, 1) !="),
    ("other hypotheses are about n", "rules", "_check_arbitrary(scope, n, rest, Claim((hypothesis,)), base)", "pass"),
    (
        "hypotheses of the successor are not looked at",
        "rules",
        "scope, n, rest, Claim((hypothesis,)), base)",
        "scope, n, Claim((hypothesis,)), base)",
    ),
    ("hypotheses of the base are not looked at", "rules", "Claim((hypothesis,)), base)", "Claim((hypothesis,)))"),
    ("conditions of the base are not looked at", "rules", "for line in (base, rest):", "for line in (rest,):"),
    ("conditions of the successor are not looked at", "rules", "for line in (base, rest):", "for line in (base,):"),
    (
        "all hypotheses of the successor are dropped",
        "rules",
        "tuple(h for h in step.hypotheses if h != hypothesis)",
        "()",
    ),
    # what an index has to be
    (
        "any index is a variable",
        "rules",
        'if term.op != "index" or term.value != index(term.value.variables[0]):',
        'if term.op != "index":',
    ),
    ("a hypothesis may be about it", "rules", "if variable in scope.free(h.lhs, h.rhs):", "if False:"),
    ("a definition may hide it", "rules", "if variable in scope.hidden.get(s, ()):", "if False:"),
    (
        "a definition in a condition may hide it",
        "rules",
        "        used += [c.term for c in (*line.conditions, *line.inequalities) if type(c) is Condition]\n",
        "",
    ),
    ("a definition may hide it in a hypothesis", "scope", "if self.hidden:\n", "if False:\n"),
    (
        "what a definition hides is forgotten by the next",
        "scope",
        "conditions, hidden = self.conditions(body), self.free(body)",
        "conditions, hidden = self.conditions(body), body.free",
    ),
    # termwise
    ("the lemma may rest on anything", "rules", "    _check_arbitrary(scope, i, lemma)\n", ""),
    ("the index may occur in what is rewritten", "rules", "if i in scope.free(binder):", "if False:"),
    ("any lemma will do", "rules", "if instance(binder.args[0], variable, index(i)) != equation.lhs:", "if False:"),
    ("the lemma holds everywhere", "rules", "if any(i in c.free for c in kept):", "if False:"),
    (
        "every bound follows",
        "rules",
        "return type(condition) is Bound and follows_within(condition, i, lower, upper)",
        "return type(condition) is Bound",
    ),
    (
        "every condition follows",
        "rules",
        "return type(condition) is Bound and follows_within(condition, i, lower, upper)",
        "return True",
    ),
    (
        "terms below 0 are natural numbers",
        "rules",
        "{binder: rewritten}, holds_where(0, lower))",
        "{binder: rewritten})",
    ),
    ("any op binds", "rules", "if binder.op not in BINDERS:", "if False:"),
    (
        "the names of the result are not looked at",
        "rules",
        "rewritten = scope.admitted(Term(binder.op, (body,), (variable, lower, upper, *direction)))",
        "rewritten = Term(binder.op, (body,), (variable, lower, upper, *direction))",
    ),
    # instantiate
    (
        "an index is anything",
        "rules",
        'if term.op != "number" or term.value.denominator != 1 or term.value < 0:',
        'if term.op != "number":',
    ),
    ("an index of any size", "rules", "return check_limit(term.value.numerator)", "return term.value.numerator"),
    (
        "a defined symbol is arbitrary",
        "rules",
        "if scope.is_defined(symbol) or family(symbol.name)",
        "if family(symbol.name)",
    ),
    (
        "a member of a family is arbitrary",
        "rules",
        "if scope.is_defined(symbol) or family(symbol.name) in scope.meanings.families:",
        "if scope.is_defined(symbol):",
    ),
    (
        "a member of a recursion is arbitrary",
        "scope",
        "return symbol in self.bodies or family(symbol.name) in self.recursions",
        "return symbol in self.bodies",
    ),
    (
        "a symbol is hidden by a definition",
        "rules",
        "if scope.is_defined(s) and symbol in _dependencies(scope, s):",
        "if False:",
    ),
    (
        "a symbol is hidden in a condition",
        "rules",
        "for e in line.equations for side in (e.lhs, e.rhs)), *conditions):",
        "for e in line.equations for side in (e.lhs, e.rhs))):",
    ),
    (
        "a hypothesis is about the symbol",
        "rules",
        "if any(symbol in symbols(h.lhs, h.rhs) for h in _through(scope, line.hypotheses)):",
        "if False:",
    ),
    (
        "a definition hides it in a hypothesis",
        "rules",
        "for h in _through(scope, line.hypotheses)):",
        "for h in line.hypotheses):",
    ),
    ("the index of a hypothesis is arbitrary", "rules", "    _check_arbitrary(scope, variable, line)\n", ""),
    ("a bound that never holds is dropped", "indexed", "    if holds is False:\n", "    if False:\n"),
    # Σ and ∏
    (
        "an empty Σ is what an empty ∏ is",
        "indexed",
        '    if binder.op == "sigma":\n        return zero',
        "    if False:\n        return zero",
    ),
    (
        "an empty ∏ is 0",
        "indexed",
        "return identity(binder.shape[0]) if binder.shape else number(1)",
        "return zero(*binder.shape) if binder.shape else number(0)",
    ),
    (
        "the last term is the one before",
        "indexed",
        "instance(binder.args[0], variable, upper)",
        "instance(binder.args[0], variable, shifted(upper, -1))",
    ),
    (
        "the rest is as long as the whole",
        "indexed",
        "(variable, lower, shifted(upper, -1), *direction)",
        "(variable, lower, upper, *direction)",
    ),
    ("∏ in the other direction", "indexed", 'direction == ["descending"]', 'direction == ["ascending"]'),
    ("∏ is a sum", "indexed", 'op = "sum" if binder.op == "sigma" else', 'op = "sum" if True else'),
    (
        "what is not empty is",
        "indexed",
        "if not any(difference(shifted(upper, 1), lower).values()):",
        "if is_at_most(upper, lower):",
    ),
    # families and definitions
    ("names have any meaning", "scope", "        if known is not None:\n", "        if False:\n"),
    ("members have any shape", "scope", "        if expected != meaning:\n", "        if False:\n"),
    (
        "indices may be captured",
        "scope",
        "        for variables, meaning in ((term.free",
        "        for variables, meaning in () and ((term.free",
    ),
    ("a symbol has many shapes below Σ", "scope", 'if node.op == "symbol":  # one', "if False:  # one"),
    (
        "members may have definitions of their own",
        "scope",
        "if key in self.meanings.families and key not in self.recursions:",
        "if False:",
    ),
    ("a recursion from anywhere", "scope", 'if name.layer != index(k or "k", offset=1) or name.entry:', "if False:"),
    (
        "a recursion without a start",
        "scope",
        "if [s.name.layer for s in first] != [0] or key in self.recursions:",
        "if key in self.recursions:",
    ),
    (
        "two recursions",
        "scope",
        "if [s.name.layer for s in first] != [0] or key in self.recursions:",
        "if [s.name.layer for s in first] != [0]:",
    ),
    (
        "a recursion that was mentioned",
        "scope",
        "if any(family(n) == key and n.layer != 0 for n in self.mentioned):",
        "if False:",
    ),
    (
        "a recursion that does not descend",
        "scope",
        "if any(family(n) == key and n.layer != index(k) for n in used):",
        "if False:",
    ),
    (
        "a recursion on another index",
        "scope",
        "if self.free(self.bodies[first[0]]) or self.free(body) - {k}:",
        "if False:",
    ),
    (
        "a recursion that divides",
        "scope",
        "if self.conditions(body, self.bodies[first[0]]) or any(",
        "if any(",
    ),
    (
        "a member defined again",
        "scope",
        "if symbol in self.bodies or family(symbol.name) in self.recursions:",
        "if symbol in self.bodies:",
    ),
    ("terms are taken as they come", "scope", "Term(op, args, _anew(value))", "node"),
    ("indices are taken as they come", "scope", "return Index(value.variables, value.offset)", "return value"),
    # work
    ("hidden indices are not counted", "scope", "if len(hidden) > INDEX_LIMIT:", "if False:"),
    ("recursions are not counted", "scope", "        self.work.charge(len(self.bodies) + len(self.mentioned))\n", ""),
    ("hypotheses are not measured", "rules", "            scope.measure(h.lhs, h.rhs)\n", ""),
]


@pytest.mark.parametrize(("part", "check", "instead"), [pytest.param(*rest, id=name) for name, *rest in HOLES])
def test_a_hole_is_found_by_hand(part, check, instead):
    with planted(part, check, instead) as run:
        found = first_through(run, TOLD, WORK)
    print(f"\nit gets through: {found}")
    assert found is not None


def test_nothing_is_found_where_nothing_is_planted():
    with planted("rules", "def start(", "def start(") as run:
        assert not [lie for lie, tell, _ in TOLD if gets_through(run, tell, WORK)]
    assert sys.modules["symnet.kernel.replaying"] is replaying


#: Holes that corrupted derivations have to find, since what is wrong is the claim.
WRONG_CLAIMS: list[Hole] = [
    (
        "hypotheses of a lemma are dropped",
        "rules",
        "Claim(lemma.equations, kept, lemma.hypotheses)",
        "Claim(lemma.equations, kept)",
    ),
    ("any lemma will do", "rules", "if instance(binder.args[0], variable, index(i)) != equation.lhs:", "if False:"),
    ("a bound is not kept", "rules", "bounds = tuple(b for _, found in bodies for b in found)", "bounds = ()"),
    ("a bound is off by one", "indexed", "return Term(op, pair), bounds", "return Term(op, pair), ()"),
    (
        "the last term is the one before",
        "indexed",
        "instance(binder.args[0], variable, upper)",
        "instance(binder.args[0], variable, shifted(upper, -1))",
    ),
    (
        "the rest is as long as the whole",
        "indexed",
        "(variable, lower, shifted(upper, -1), *direction)",
        "(variable, lower, upper, *direction)",
    ),
    ("∏ in the other direction", "indexed", 'direction == ["descending"]', 'direction == ["ascending"]'),
    (
        "an empty ∏ is 0",
        "indexed",
        "return identity(binder.shape[0]) if binder.shape else number(1)",
        "return zero(*binder.shape) if binder.shape else number(0)",
    ),
    ("a recursion unfolds to itself", "scope", "below = shifted(place, -1)", "below = place"),
    (
        "an index is replaced on one side",
        "rules",
        "for side in (equation.lhs, equation.rhs))\n    conditions",
        "for side in (equation.lhs, equation.rhs))\n    lhs = equation.lhs\n    conditions",
    ),
]


@pytest.mark.parametrize(("part", "check", "instead"), [pytest.param(*rest, id=name) for name, *rest in WRONG_CLAIMS])
def test_a_hole_is_found_by_numbers(part, check, instead, monkeypatch):
    tally, rng = Tally(), Random(SEED)
    with planted(part, check, instead) as run:
        monkeypatch.setattr(kernel, "replay", run)
        turns = enumerate(corruptions(tally, rng, [*indexed(), *inductions()]))
        found = next((turn for turn, _ in turns if tally.failures or turn > PATIENCE), 0)
    print(f"\nfound after {found} turns: {tally.failures[:1]}")
    assert tally.failures
