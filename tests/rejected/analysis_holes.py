"""Checks of signs, growth and normal forms, each with its loss: the module, its text, and what stands there instead."""

from __future__ import annotations

from tests.rejected.planting import Hole

ANALYSIS: list[Hole] = [
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
        "    if len(functions) > 1 or not functions <= {*INCREASING}:",
        "    if len(functions) > 1:",
    ),
    ("all functions are one", "analysis", "    if len(functions) > 1 or not", "    if not"),
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
        "[atom.monomials[0] * exponent.numerator]",
        "[atom.monomials[0] * k]",
    ),
    (
        "exponents are rounded",
        "tower",
        "[atom.monomials[0] * exponent.numerator]",
        "[atom.monomials[0] * max(1, exponent.numerator // 2)]",
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
        "return Fraction(a, b) if all(",
        "return Fraction(1) if all(",
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
        "            found = dict(self.unpack(monomial)).get(s, 0)\n"
        "            twice, monomial = -(-found // 2), monomial + found % 2 * self.places[s]",
    ),
    (
        "log of 0",
        "tower",
        '            raise Rejected("a logarithm is taken of zero")',
        "            return constant(0)",
    ),
    (
        "0 for a denominator, far below",
        "tower",
        "        if self.is_zero(f.denominator) or self.is_zero(g.denominator):",
        "        if False:",
    ),
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
