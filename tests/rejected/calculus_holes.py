"""Checks of the rules for derivatives, each with its loss: the module, its text, and what stands there instead."""

from __future__ import annotations

from tests.rejected.planting import Hole

DERIVATIVES: list[Hole] = [
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
    ("log u′ = 1/u²", "calculus", '"log": lambda u, f: 1 / u,', '"log": lambda u, f: 1 / u**2,'),
    ("√u′ = 1/√u", "calculus", "1 / (2 * f)", "1 / f"),
    ("sin′ = −cos", "calculus", '"sin": lambda u, f: apply("cos", u)', '"sin": lambda u, f: -apply("cos", u)'),
    ("cos′ = sin", "calculus", '"cos": lambda u, f: -apply("sin", u)', '"cos": lambda u, f: apply("sin", u)'),
    ("arctan′ = 1/(1 + u)", "calculus", "1 / (1 + u**2)", "1 / (1 + u)"),
    ("tanh′ = 1 − tanh", "calculus", "1 - f**2", "1 - f"),
    (
        "erf′ = e^{−u²}",
        "calculus",
        '2 / apply("sqrt", constant("pi")) * apply("exp", -(u**2))',
        'apply("exp", -(u**2))',
    ),
    (
        "(u⁰)′ = u′",
        "calculus",
        "            if n == 0:\n                return _NOTHING",
        "            if n == 0:\n                return prime(u)",
    ),
    ("the slope from one side by the rules for both", "calculus", '    if side != "both":', "    if False:"),
    (
        "everything is a constant",
        "calculus",
        "    if not depends(body, name):\n        return _NOTHING",
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
        '        if self.bodies and self.is_defined(Term("symbol", (), (name, ()))):',
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
]

BRANCHES: list[Hole] = [
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
    ("left is left twice", "analysis", 'other != (name, "right"):', "other[0] != name:"),
    ("right is right twice", "analysis", ' or side != "left" or', " or"),
    ("two functions or points", "analysis", "    if left.lhs.args != right.lhs.args or side", "    if side"),
]
