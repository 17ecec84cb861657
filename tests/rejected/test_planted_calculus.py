"""Each check that the rules of calculus make, removed in turn: some attack by hand has to get through without it."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from symnet import kernel
from symnet.kernel import replay
from tests.rejected.attack import WORK, Attack
from tests.rejected.calculus import positive, same, slope_is
from tests.rejected.planting import Hole, first_through, gets_through, planted
from tests.rejected.test_branches import CHOOSING, KINKS, SPLITTING
from tests.rejected.test_calculus import LIES
from tests.rejected.test_calculus_generated import SEED, Tally, corruptions, random_steps
from tests.rejected.test_differentiation import ALIASES, BINDING, RULES, WRONG
from tests.rejected.test_elementary import FALSE, UNDEFINED
from tests.rejected.test_mean_value import LIES as GROWTH
from tests.rejected.test_one_sided import BOTH, ONE_SIDED
from tests.rejected.test_signs import DISCHARGED, INEQUALITIES, SIGNLESS

TOLD: list[Attack] = [
    *((name, partial(slope_is, body, claimed), "") for name, body, claimed in WRONG),
    *((name, partial(same, lhs, rhs), "") for name, lhs, rhs in FALSE),
    *((name, partial(positive, term), "") for name, term in SIGNLESS),
    *(*BINDING, *ALIASES, *RULES, *KINKS, *CHOOSING, *SPLITTING, *ONE_SIDED, *BOTH),
    *(*DISCHARGED, *INEQUALITIES, *GROWTH, *UNDEFINED, *LIES),
]

HOLES: list[Hole] = [
    # derivatives
    (
        "a product by its first factor",
        "calculus",
        "    for i, changes in enumerate(varies):",
        "    for i, changes in list(enumerate(varies))[:1]:",
    ),
    ("(u v)′ = u′ v′", "calculus", "multiply(prime(f) if i == j else at_point(f)", "multiply(prime(f)"),
    (
        "(u/v)′ with a plus",
        "calculus",
        "(prime(u) * at_point(v) - at_point(u) * prime(v))",
        "(prime(u) * at_point(v) + at_point(u) * prime(v))",
    ),
    ("(u/v)′ without the square", "calculus", "prime(v)) / at_point(v) ** 2", "prime(v)) / at_point(v)"),
    ("a constant v in u/v always", "calculus", "            if not depends(v, name):", "            if True:"),
    ("(uⁿ)′ = n uⁿ u′", "calculus", "at_point(u) ** (n - 1)", "at_point(u) ** n"),
    ("(uⁿ)′ without u′", "calculus", "at_point(u) ** (n - 1), prime(u)])", "at_point(u) ** (n - 1)])"),
    ("f(u)′ without u′", "calculus", "return outer if args[0] == variable else outer * prime(args[0])", "return outer"),
    ("log u′ = 1/u²", "calculus", '"log": lambda u: 1 / u,', '"log": lambda u: 1 / u**2,'),
    ("√u′ = 1/√u", "calculus", '1 / (2 * apply("sqrt", u))', '1 / apply("sqrt", u)'),
    ("sin′ = −cos", "calculus", '"sin": lambda u: apply("cos", u)', '"sin": lambda u: -apply("cos", u)'),
    ("cos′ = sin", "calculus", '"cos": lambda u: -apply("sin", u)', '"cos": lambda u: apply("sin", u)'),
    ("arctan′ = 1/(1 + u)", "calculus", "1 / (1 + u**2)", "1 / (1 + u)"),
    ("tanh′ = 1 − tanh", "calculus", '1 - apply("tanh", u) ** 2', '1 - apply("tanh", u)'),
    (
        "erf′ = e^{−u²}",
        "calculus",
        '2 / apply("sqrt", constant("pi")) * apply("exp", -(u**2))',
        'apply("exp", -(u**2))',
    ),
    (
        "(u⁰)′ = u′",
        "calculus",
        "            if n == 0:\n                return number(0)",
        "            if n == 0:\n                return prime(u)",
    ),
    ("the slope from one side by the rules for both", "calculus", '    if side != "both":', "    if False:"),
    (
        "everything is a constant",
        "calculus",
        "    if not depends(body, name):\n        return number(0)",
        '    if body.op != "apply":\n        return number(0)',
    ),
    # variables
    (
        "what is open is not",
        "calculus",
        '    raise Rejected(f"whether {name} is {variable} depends on their indices")',
        "    return False",
    ),
    ("what may be one is apart", "calculus", "    if any(_apart(a, b, ranges) for a, b in pairs):", "    if True:"),
    (
        "bound indices are natural numbers",
        "calculus",
        "    if any(is_at_most(0, lower) is not True for lower, _ in ranges.values()):",
        "    if False:",
    ),
    (
        "only one part is looked at",
        "calculus",
        "            found = _is(node.name, name, inside) or found",
        "            if _is(node.name, name, inside):\n                return True",
    ),
    ("ranges are one longer", "calculus", "is_at_most(shifted(upper, 1), b) is True", "is_at_most(upper, b) is True"),
    (
        "a defined symbol is a variable",
        "scope",
        '        if self.is_defined(Term("symbol", (), (name, ()))):',
        "        if False:",
    ),
    (
        "a variable may be defined later",
        "scope",
        "used = {s.name for s in symbols(body)} | self.variables.keys()",
        "used = {s.name for s in symbols(body)}",
    ),
    ("a variable may mean anything", "scope", "            self._mean(node.value[0], ())", "            pass"),
    (
        "what a derivative binds is put in",
        "scope",
        "if name != symbol.name and symbol in symbols(body) and self.depends(value, name):",
        "if False:",
    ),
    (
        "what a definition hides is put in",
        "scope",
        "symbol in symbols(body) and self.depends(value, name):",
        "symbol in symbols(body) and name in {s.name for s in symbols(value)}:",
    ),
    (
        "a point is put for what may be the variable",
        "scope",
        "                varies(body, name)  # or it is not known where the point is to be put",
        "                pass",
    ),
    (
        "a recursion is a constant",
        "scope",
        "            if family(s.name) in self.recursions:\n                raise",
        "            if False:\n                raise",
    ),
    ("a recursion may differentiate", "scope", ' or any(node.op == "derivative" for node in postorder(body)):', ":"),
    # where a derivative exists
    ("a kink is no kink", "conditions", '        if node.op == "cases":', '        if node.op == "no cases":'),
    (
        "an unknown function has a derivative",
        "conditions",
        '        if node.op == "apply" and not known_function(node.value):',
        "        if False:",
    ),
    (
        "a derivative has a derivative",
        "conditions",
        '        if node.op == "derivative":\n            raise',
        "        if False:\n            raise",
    ),
    (
        "√ has a derivative at 0",
        "conditions",
        'yield Condition(needed.term, ">") if needed.relation == ">=" else needed',
        "yield needed",
    ),
    (
        "what is below a Σ has a derivative",
        "scope",
        "            if any(c.free & body.bound for c in found):",
        "            if False:",
    ),
    ("a slope from one side is known", "scope", '            if side != "both":', "            if False:"),
    (
        "conditions at z, wherever the point is",
        "scope",
        "                found = [Condition(put(c.term, variable, point), c.relation) for c in found]",
        "                pass",
    ),
    ("log is defined everywhere", "conditions", 'return Condition(node.args[0], ">")', "return None"),
    ("√ is defined everywhere", "conditions", 'return Condition(node.args[0], ">=")', "return None"),
    ("a condition on numbers may fail", "conditions", "    if not signs & allowed:\n", "    if False:\n"),
    # branches
    (
        "no condition selects a branch",
        "analysis",
        "for i in range(min(int(arm.value) + 1, len(cases.value)))]",
        "for i in ()]",
    ),
    (
        "earlier branches are forgotten",
        "analysis",
        "for i in range(min(int(arm.value) + 1, len(cases.value)))]",
        "for i in [int(arm.value)] if i < len(cases.value)]",
    ),
    (
        "weak conditions everywhere",
        "analysis",
        '">" if strict or (relation == "<") == holds else ">="',
        '">" if strict else ">="',
    ),
    (
        "the other way round",
        "analysis",
        "low, high = (low, high) if holds else (high, low)",
        "low, high = (high, low) if holds else (low, high)",
    ),
    ("any arm", "analysis", " or arm.value not in range(len(cases.value) + 1):", ":"),
    # lemmas in derivatives
    (
        "a lemma in a derivative under any hypothesis",
        "lines",
        "        if scope.depends(h.lhs, name) or scope.depends(h.rhs, name):",
        "        if False:",
    ),
    (
        "a lemma in a derivative under any condition",
        "lines",
        '        if c.relation == ">=" or not is_continuous(scope.expanded(c.term)):',
        "        if False:",
    ),
    (
        "a lemma in a derivative where something jumps",
        "lines",
        '        if c.relation == ">=" or not is_continuous(scope.expanded(c.term)):',
        '        if c.relation == ">=":',
    ),
    (
        "a lemma in a derivative at its end",
        "lines",
        '        if c.relation == ">=" or not is_continuous(scope.expanded(c.term)):',
        "        if not is_continuous(scope.expanded(c.term)):",
    ),
    (
        "a lemma in a derivative at another point",
        "lines",
        '        if point != Term("symbol", (), (name, ())):',
        "        if False:",
    ),
    ("cases are continuous", "conditions", 'node.op not in ("cases", "derivative")', 'node.op != "derivative"'),
    # from one side
    (
        "any condition on that side",
        "analysis",
        '    if condition.relation == ">=" or not is_continuous(term):',
        "    if False:",
    ),
    ("a value at the end is not needed", "analysis", 'and (condition.relation == ">=" or with_value)', "and True"),
    ("any value at the end", "analysis", "        if equation_of(lines[1]) != Equation(*sides):", "        if False:"),
    (
        "both sides are one",
        "analysis",
        'away = gap(variable, point) if side == "left" else gap(point, variable)',
        "away = gap(point, variable)",
    ),
    (
        "a line about something else",
        "analysis",
        "    if equation.lhs != body or scope.depends(point, name):",
        "    if scope.depends(point, name):",
    ),
    (
        "at a point that moves",
        "analysis",
        "    if equation.lhs != body or scope.depends(point, name):",
        "    if equation.lhs != body:",
    ),
    ("a derivative by hypothesis", "analysis", "    if any(line.hypotheses for line in lines):", "    if False:"),
    ("left and right differ", "analysis", "    if left.rhs != right.rhs:", "    if False:"),
    ("left is left twice", "analysis", '        or right.lhs.value[1] != "right"\n', ""),
    ("right is right twice", "analysis", '        or left.lhs.value != (right.lhs.value[0], "left")\n', ""),
    ("two functions or points", "analysis", "        left.lhs.args != right.lhs.args\n        or left", "        left"),
    # signs
    ("a sum of different signs", "signs", "return a if b in (ZERO, a) else b if a == ZERO else ANY", "return a | b"),
    (
        "z³ is a square",
        "signs",
        "return as_set(base) if exponent % 2 else _even(as_set(base))",
        "return _even(as_set(base))",
    ),
    (
        "every product is a square",
        "signs",
        "square = len(args) == 2 and node.args[0] == node.args[1]",
        "square = len(args) == 2",
    ),
    ("a square is not 0", "signs", "return (signs & ZERO) | (POSITIVE if signs & ~ZERO else 0)", "return POSITIVE"),
    (
        "an empty Σ has the sign of its terms",
        "signs",
        "if nonempty and args[0] in _CLOSED else",
        "if args[0] in _CLOSED else",
    ),
    (
        "an index is not negative",
        "signs",
        "        case _:\n            return ANY\n\n\ndef _sum_of_two",
        '        case "index":\n            return 6\n        case _:\n            return ANY\n\n\ndef _sum_of_two',
    ),
    ("log is positive", "signs", '        case "exp":', '        case "exp" | "log":'),
    (
        "sin has the sign of its argument",
        "signs",
        'case "tanh" | "atan" | "erf":',
        'case "tanh" | "atan" | "erf" | "sin":',
    ),
    (
        "branches are what they select, and more",
        "signs",
        'known &= POSITIVE if (relation == "<") == (j == i) else ZERO | POSITIVE',
        "known &= POSITIVE",
    ),
    ("values are selected by any test", "signs", "        if value == gap(low, high):", "        if True:"),
    (
        "what is known of one is known of all",
        "signs",
        "        known = facts.get(node, ANY)",
        "        known = facts.get(node, min(facts.values(), default=ANY))",
    ),
    (
        "t < 0 says that t > 0",
        "signs",
        "facts.get(term.args[1], ANY) & _opposite(known)",
        "facts.get(term.args[1], ANY) & known",
    ),
    ("≥ is >", "signs", '">=": ZERO | POSITIVE}', '">=": POSITIVE}'),
    (
        "everything follows",
        "rules",
        "    if not scope.signs(condition.term, given) & ~ALLOWED[condition.relation]:",
        "    if True:",
    ),
    ("any sign will do", "analysis", "if not found & ~ALLOWED[r]), None)", "if found & ALLOWED[r]), None)"),
    (
        "every function increases",
        "analysis",
        "known_function(t.value) in INCREASING for t in pair)",
        "True for t in pair)",
    ),
    ("all functions are one", "analysis", "        or len({t.value for t in pair}) > 1\n", ""),
    ("any arguments", "analysis", "if _difference(said.term) != (high.args[0], low.args[0]) or", "if"),
    (
        "≠ grows",
        "analysis",
        ' or said.relation == "!=":\n        raise Rejected("the line is not',
        ':\n        raise Rejected("the line is not',
    ),
    ("a difference is a sum", "analysis", "and low.args[0] == number(-1):", "and True:"),
    (
        "any bound",
        "analysis",
        "    if term not in (bound - applied, bound + applied) or not relation:",
        "    if not relation:",
    ),
    ("sin is less than 1", "analysis", '"sin": (number(1), ">="),', '"sin": (number(1), ">"),'),
    # growth
    ("growth over a gap", "analysis", "        _check_interval(scope, c, variable)\n", ""),
    ("≠ is an interval", "analysis", '    if condition.relation == "!=" or not any(', "    if not any("),
    ("every interval", "analysis", "word.equal(term, start + s * variable, scope.work) for s", "True for s"),
    ("growth in any order", "analysis", 'needs = [Condition(gap(u, v), ">")]', "needs = []"),
    ("growth outside of the interval", "analysis", "for end in (u, v)]\n    held", "for end in ()]\n    held"),
    (
        "growth under any hypothesis",
        "analysis",
        "    _check_free(scope, variable, line.hypotheses)\n    about",
        "    about",
    ),
    ("growth where the slope is not 0", "analysis", '    if said.relation == "!=" or u.shape', "    if u.shape"),
    ("a slope at a point", "analysis", "        if term.args[1] == variable:\n", "        if True:\n"),
    # splits
    (
        "any two statements",
        "analysis",
        "    if len({(line.equations, line.inequalities) for line in lines}) > 1:",
        "    if False:",
    ),
    (
        "any two conditions",
        "analysis",
        "    if not word.equal(terms[0] + terms[1], number(0), scope.work):",
        "    if False:",
    ),
    ("0 is forgotten", "analysis", "    kept += [Condition(terms[0])] if strict else []\n", ""),
    ("any third line", "analysis", "        if zero not in lines[2].hypotheses or zero in", "        if zero in"),
    # elementary functions
    (
        "√u² = u",
        "tower",
        "        pi = fraction(self.pi)\n",
        "        pi = fraction(self.pi)\n"
        "        for v in self.variables[1 : len(self.atoms)]:\n"
        "            if self.ratio(u, fraction(self.multiply(v, v))) == 1:\n"
        "                return v\n",
    ),
    (
        "e^{u+v} by its first term",
        "tower",
        "        for monomial, c in self.terms(u.numerator).items():",
        "        for monomial, c in list(self.terms(u.numerator).items())[:1]:",
    ),
    (
        "a power without its sign",
        "tower",
        "        return power if exponent > 0 else self._fractional(ONE, power, 1)",
        "        return power",
    ),
    (
        "exponents are rounded",
        "tower",
        "        k = abs(exponent.numerator)",
        "        k = max(1, abs(exponent.numerator) // 2)",
    ),
    (
        "log(1/u) = log u",
        "tower",
        '                return self.multiply(atom, constant(-1))\n        atom = self.new("log", u)',
        '                return atom\n        atom = self.new("log", u)',
    ),
    (
        "all functions are even",
        "tower",
        'PARITY: Final[dict[object, int]] = {"sin": -1, "atan": -1, "erf": -1, "cos": 1}',
        'PARITY: Final[dict[object, int]] = {"sin": 1, "atan": 1, "erf": 1, "cos": 1}',
    ),
    ("cos is odd", "tower", '"cos": 1}', '"cos": -1}'),
    ("cos² = 1 + sin²", "tower", "(s.numerator, s.numerator, constant(-1))", "(s.numerator, s.numerator)"),
    ("cos² of arctan is 1/u²", "tower", "self.add(((square,), (n, n)))", "self.add(((n, n),))"),
    (
        "sin of arctan without its sign",
        "tower",
        "return self.multiply_fractions(v, cosine, constant(sign)), cosine",
        "return self.multiply_fractions(v, cosine), cosine",
    ),
    (
        "half turns are none",
        "tower",
        "        return found if quarter < 2 else self.multiply_fractions(found, constant(-1))",
        "        return found",
    ),
    (
        "quarter turns are none",
        "tower",
        "        found = cosine if quarter % 2 else sine",
        '        found = cosine if function == "cos" else sine',
    ),
    (
        "tanh u by e^u",
        "tower",
        "self.multiply(u.numerator, constant(2)), u.denominator, u.scale))",
        "u.numerator, u.denominator, u.scale))",
    ),
    (
        "squares by their signs",
        "tower",
        "if q is not None and q > 0 and (root := _root_of_square(q)) is not None:",
        "if q is not None and (root := _root_of_square(abs(q))) is not None:",
    ),
    (
        "√q² u = q² √u",
        "tower",
        "    return root if root * root == q else None",
        "    return q if root * root == q else None",
    ),
    ("roots of what is no square", "tower", "    return root if root * root == q else None", "    return root or None"),
    (
        "every ratio is 1",
        "tower",
        "        return found.pop() if len(found) == 1 else None",
        "        return Fraction(1) if found else None",
    ),
    (
        "one generator a function",
        "tower",
        "            if q == 1:\n                return atom",
        "            if q:\n                return atom",
    ),
    (
        "odd powers of roots are lost",
        "tower",
        "            twice = dict(self.unpack(monomial)).get(s, 0) // 2",
        "            twice = -(-dict(self.unpack(monomial)).get(s, 0) // 2)",
    ),
    (
        "log of 0",
        "tower",
        '            raise Rejected("a logarithm is taken of zero")',
        "            return constant(0)",
    ),
    ("0 for a denominator, far below", "tower", "        if q == 0:\n", "        if False:\n"),
    (
        "√ and log of matrices",
        "conditions",
        "        if node.shape and known_function(node.value) in PARTIAL:",
        "        if node.shape:\n            return None\n        if False:",
    ),
    (
        "a condition follows from itself",
        "rules",
        "_holds(scope, c, [*others, *known])",
        "_holds(scope, c, [*line.conditions, *known])",
    ),
    ("log e^{2z} = z", "tower", "self.multiply(u.numerator, constant(shared))", "u.numerator"),
]


@pytest.mark.parametrize(("part", "check", "instead"), [pytest.param(*rest, id=name) for name, *rest in HOLES])
def test_a_hole_is_found_by_hand(part, check, instead):
    with planted(part, check, instead) as run:
        found = first_through(run, TOLD, WORK)
    print(f"\nit gets through: {found}")
    assert found is not None


def test_nothing_is_found_where_nothing_is_planted():
    with planted("analysis", "def elementary(", "def elementary(") as run:
        assert not [lie for lie, tell, _ in TOLD if gets_through(run, tell, WORK)]
    assert replay.__module__ == "symnet.kernel.replaying"


#: Holes that generated attacks have to find, since what is wrong is the claim.
WRONG_CLAIMS = (
    "(u v)′ = u′ v′",
    "(u/v)′ without the square",
    "(uⁿ)′ without u′",
    "f(u)′ without u′",
    "everything is a constant",
    "log u′ = 1/u²",
    "conditions at z, wherever the point is",
    "log is defined everywhere",
    "no condition selects a branch",
    "weak conditions everywhere",
    "a line about something else",
    "every product is a square",
    "what is known of one is known of all",
    "any sign will do",
    "any bound",
    "growth in any order",
    "every ratio is 1",
    "odd powers of roots are lost",
)
#: So many turns, two attacks each, to find a planted hole.
PATIENCE = 600


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_a_hole_is_found_by_numbers(name, monkeypatch):
    (part, check, instead), *_ = (hole[1:] for hole in HOLES if hole[0] == name)
    tally, rng = Tally(), Random(SEED)
    with planted(part, check, instead) as run:
        monkeypatch.setattr(kernel, "replay", run)
        turns = zip(range(PATIENCE), corruptions(tally, rng), random_steps(tally, rng), strict=False)
        found = next((turn for turn, *_ in turns if tally.failures), None)
    print(f"\nfound after {found} turns: {tally.failures[:1]}")
    assert found is not None
