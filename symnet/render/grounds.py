"""Why a step of analysis holds: the rules of differentiation, identities, conditions and signs, in words.

Everything is computed from the step, the lines that it uses, the line that it shows and the definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from symnet.kernel.analysis import BOUNDS
from symnet.kernel.signs import ALLOWED, NEGATIVE, POSITIVE, ZERO, facts_of, gap, sign_set
from symnet.render.differentiation import MAJOR, MINOR, is_variable, rules_of, varies
from symnet.render.identities import changed, used
from symnet.render.relations import Related, intervals, is_brief, relation
from symnet.render.wording import Phrase, joined, listed, say
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Equation,
    Name,
    Step,
    Term,
    known_function,
    number,
    postorder,
    substitute,
    symbols,
)

#: More rules than this are not named one by one.
MOST_RULES: Final = 3
#: Equations of more nodes are not repeated in a reason, and terms of more nodes are not looked into.
LONG: Final = 24
LARGEST: Final = 2_000
#: More facts than this are not named.
MOST_FACTS: Final = 3


@dataclass(frozen=True, slots=True)
class Situation:
    """A step, the lines before it, the definitions, the line that it shows, and what the page differentiates in."""

    language: str
    step: Step
    lines: Sequence[Claim]
    bodies: Mapping[Term, Term]
    line: Claim
    variables: Collection[Name]

    def say(self, key: str, **fields: str | Phrase) -> Phrase:
        """The phrase of a key."""
        return say(self.language, key, **fields)

    def listed(self, conditions: Iterable[Condition | Bound]) -> Phrase:
        """Conditions, joined by and."""
        found = intervals(conditions, self.variables)
        return listed(self.language, found, "and", len(found))

    @property
    def before(self) -> Claim:
        """The first line that the step uses."""
        return self.lines[self.step.premises[0]]


def side(line: Claim) -> Term:
    """What the rules rewrite: the right-hand side of an equation, or the term of an inequality."""
    return line.equations[0].rhs if line.equations else line.inequalities[0].term


def expanded(term: Term, bodies: Mapping[Term, Term]) -> Term:
    """The term with what its symbols stand for, as long as it is not large."""
    while term.size <= LARGEST and (found := [s for s in symbols(term) if s in bodies]):
        term = substitute(term, {s: bodies[s] for s in found})
    return term


# Differentiation.


def differentiate(of: Situation) -> Phrase:
    """The rules by which derivatives were worked out: ``quotient rule and chain rule``."""
    found = dict.fromkeys(r for t in of.step.terms for r in rules_of(t, of.bodies))
    names = [rule for rule in MAJOR if rule in found]
    functions = [f for f in found if isinstance(f, Name)]
    if len(names) > MOST_RULES or len(functions) > MOST_RULES:
        return of.say("differentiate")
    if functions and not names:
        return of.say("derivative of", functions=listed(of.language, functions, "and"))
    if phrases := [of.say(name) for name in names or [rule for rule in MINOR if rule in found]]:
        return joined(of.language, phrases)
    variable = next((t.args[0] for t in of.step.terms if "variable" in found and is_variable(t)), None)
    return of.say("derivative of", functions=(variable,)) if variable else of.say("constant")


# Other forms of one thing.


def elementary(of: Situation) -> Phrase:
    """The identities between functions that were used: ``since e^(x + y) = e^x e^y``."""
    before, after = side(of.before), side(of.line)
    gone, come = changed(before, after)
    if not gone and not come:
        return regroup(of)
    if identities := used(before, after)[:MOST_FACTS]:
        return of.say("since", facts=listed(of.language, identities, "and"))
    functions = list(dict.fromkeys(t.name for t in (*gone, *come)))
    return of.say("elementary", functions=listed(of.language, functions, "and", len(functions)))


def regroup(of: Situation) -> Phrase:
    """Whether a term became shorter, or one of its sums did."""
    before, after = side(of.before), side(of.line)
    if after.op == "sum" and before.op == "multiply":
        return of.say("distribute")
    if after.size < before.size:
        return of.say("simplify")
    return of.say("regroup" if _summands(after) < _summands(before) else "rearrange")


def _summands(term: Term) -> int:
    return sum(len(node.args) for node in postorder(term) if node.op == "sum")


def put_in(of: Situation) -> Phrase | None:
    """``with a = z`` where what a stands for is replaced by a; None where something with a name is replaced."""
    equations = [of.lines[i].equations[0] for i in of.step.premises[1:]]
    if equations and all(e in of.lines[i].hypotheses for e, i in zip(equations, of.step.premises[1:], strict=True)):
        return of.say("since", facts=listed(of.language, equations, "and", len(equations)))
    if any(e.lhs.op in ("symbol", "derivative") and e.lhs not in symbols(e.rhs) for e in equations):
        return None
    named = all(e.rhs in of.bodies for e in equations)
    if any(e.lhs.size + e.rhs.size > LONG for e in equations):
        return of.say("definition", symbols=listed(of.language, [e.rhs for e in equations])) if named else None
    if not named:
        return of.say("since", facts=listed(of.language, equations, "and", len(equations)))
    turned = [Equation(e.rhs, e.lhs) for e in equations]
    return of.say("with equation", equations=listed(of.language, turned, "and", len(turned)))


def unfold(of: Situation) -> Phrase | None:
    """``definition of a``, also where a is a function of something; None where a Σ or ∏ is unfolded."""
    plain = all(t.op == "symbol" and t.name.layer is None for t in of.step.terms)
    return of.say("definition", symbols=listed(of.language, of.step.terms, "and")) if plain else None


# Conditions and signs.


def choose(of: Situation) -> Phrase:
    """Under which condition an arm was chosen: ``for z > 0``, or ``since 0 ≥ 0``."""
    cases, arm = of.step.terms[0], int(of.step.terms[1].value)
    found = [_selecting(cases, i, i == arm, of.line) for i in range(min(arm + 1, len(cases.value)))]
    open_ones = [c for c in found if symbols(c.term)]
    if open_ones and not is_brief(open_ones):
        return of.say("branch", number=str(arm + 1))
    if open_ones:
        return of.say("choose", conditions=of.listed(open_ones))
    return of.say("since", facts=listed(of.language, [_compared(cases, i, i == arm) for i in range(len(found))], "and"))


def _selecting(cases: Term, i: int, holds: bool, line: Claim) -> Condition:
    """That the i-th comparison of a case distinction holds, or that it does not, as the kernel asked for it."""
    low, high = cases.args[3 * i : 3 * i + 2] if holds else cases.args[3 * i : 3 * i + 2][::-1]
    weak = Condition(gap(low, high), ">=")
    return weak if weak in line.conditions else Condition(weak.term, ">")


def _compared(cases: Term, i: int, holds: bool) -> Related:
    low, high, strict = *cases.args[3 * i : 3 * i + 2], cases.value[i] == "<"
    if holds:
        return Related(low, "<" if strict else "≤", high)
    return Related(low, "≥" if strict else ">", high)


def suppose(of: Situation) -> Phrase:
    """``where α > 0``"""
    return of.say("suppose", conditions=of.listed(of.line.inequalities))


def discharge(of: Situation) -> Phrase:
    """Why conditions hold: ``since 1 + e^(−z) > 0``."""
    dropped = [c for c in of.before.conditions if c not in of.line.conditions]
    if not any(isinstance(c, Condition) and symbols(c.term) for c in dropped):
        return of.say("discharge")
    said = facts(of)
    found = news(said, of.variables)
    if not found or not is_brief(said):
        return of.say("follows" if not found else "conditions hold")
    return of.say("since", facts=listed(of.language, found, "and", len(found)))


def facts(of: Situation) -> list[Condition]:
    """What makes the conditions hold that a line drops: signs of terms that are not zero, say.

    Nothing where that is no news: z ≠ 0 where z > 0, or 2 ≠ 0.
    """
    known = [c for lemma in of.step.premises[1:] for c in of.lines[lemma].inequalities]
    signs = facts_of(Condition(expanded(c.term, of.bodies), c.relation) for c in (*_conditions(of.line), *known))
    said: dict[Condition, None] = {}
    for c in _conditions(of.before):
        if c not in of.line.conditions:
            term = _base(expanded(c.term, of.bodies))
            if term.size <= LARGEST and symbols(term) and term not in signs:
                said[_strongest(term, sign_set(term, signs), c)] = None
    return list(said)


def news(found: Collection[Condition], variables: Collection[Name]) -> list[Related]:
    """The facts that a reader may want to see: not z < 1 where z < 0, nor u v > 0 beside u > 0."""
    apart = [c for c in found if not any(_is_part(c.term, d.term) for d in found if d != c)]
    related = (relation(c, variables) for c in apart)
    return list(dict.fromkeys(r for r in related if r.lhs.op != "symbol" or r.lhs.name not in variables))[:MOST_FACTS]


def _base(term: Term) -> Term:
    """u of u² and √u, and of c u for a number c."""
    while True:
        scaled = term.op == "multiply" and len(term.args) == 2 and term.args[0].op == "number"
        if not scaled and term.op != "power" and (term.op != "apply" or term.name.base != "sqrt"):
            return term
        term = term.args[-1]


def _strongest(term: Term, signs: int, condition: Condition) -> Condition:
    if not signs & ~POSITIVE:
        return Condition(term, ">")
    if not signs & ~NEGATIVE:
        return Condition(number(-1) * term, ">")
    return Condition(term, "!=" if not signs & ZERO or condition.relation == "!=" else ">=")


def _is_part(whole: Term, part: Term) -> bool:
    """Whether a term is a product or quotient with the other in it, so that its sign is no news."""
    return whole.op in ("multiply", "divide") and part in [_base(a) for a in whole.args]


def sign(of: Situation) -> Phrase:
    """Why something is positive: by inequalities that were shown, or by its parts."""
    lemmas = [c for i in of.step.premises[1:] for c in of.lines[i].inequalities]
    if lemmas and is_brief(lemmas):
        return of.say("since", facts=of.listed(lemmas))
    signs = facts_of(Condition(expanded(c.term, of.bodies), c.relation) for c in _conditions(of.line))
    parts = [sign_set(expanded(t, of.bodies), signs) for t in _parts(side(of.before))]
    for allowed, key in ((ALLOWED[">"], "positive"), (ALLOWED[">="], "not negative")):
        if all(not found & ~allowed for found in parts):
            return of.say(key)
    return of.say("sign")


def _conditions(line: Claim) -> list[Condition]:
    return [c for c in line.conditions if isinstance(c, Condition)]


def _parts(term: Term) -> Iterator[Term]:
    """What a term is made of by sums, products, quotients and powers."""
    todo = [term]
    while todo:
        node = todo.pop()
        if node.op in ("sum", "multiply", "divide", "power") and node.size <= LARGEST:
            todo += node.args
        else:
            yield node


def monotone(of: Situation) -> Phrase:
    """``ln is increasing``"""
    return of.say("monotone", function=(of.step.terms[0].args[0].name,))


def bounded(of: Situation) -> Phrase:
    """``tanh lies between −1 and 1``"""
    applied = next(node for node in postorder(of.step.terms[0]) if node.op == "apply" and node.name.base in BOUNDS)
    bound, _ = BOUNDS[known_function(applied.name)]
    low = number(-bound.value) if bound.op == "number" else -bound
    return of.say("bounded", function=(applied.name,), low=(low,), high=(bound,))


def one_sided(of: Situation) -> Phrase:
    """``since a = z for z > 0``, or at which point."""
    equation, term = of.before.equations[0], of.step.terms[0]
    point = (Equation(Term("symbol", (), (term.value[0], ())), term.args[1]),)
    letter = next((s for s, body in of.bodies.items() if equation.lhs in (s, body)), equation.lhs)
    if letter.op != "symbol" or equation.rhs.size > LONG:
        return of.say("one_sided", point=point)
    equation = Equation(letter, equation.rhs)
    near = [c for c in _conditions(of.before) if c.relation != "!=" and varies(c.term, term.value[0], of.bodies)]
    if not near:
        return of.say("one_sided given", equation=(equation,))
    if not is_brief(near):
        return of.say("one_sided", point=point)
    phrase = of.say("one_sided given for", equation=(equation,), conditions=of.listed(near))
    return (*phrase, *of.say("and at", point=point)) if len(of.step.premises) > 1 and _is_strict(near, term) else phrase


def _is_strict(near: Sequence[Condition], term: Term) -> bool:
    """Whether the conditions leave the point out."""
    variable = Term("symbol", (), (term.value[0], ()))
    return any(c.relation == ">" and c.term in (gap(variable, term.args[1]), gap(term.args[1], variable)) for c in near)


#: The reason of each rule on a page about derivatives; None where it is the same as elsewhere.
GROUNDS: Final[dict[str, Callable[[Situation], Phrase | None]]] = {
    "unfold": unfold,
    "substitute": put_in,
    "differentiate": differentiate,
    "elementary": elementary,
    "regroup": regroup,
    "choose": choose,
    "suppose": suppose,
    "suppose_weakly": suppose,
    "discharge": discharge,
    "sign": sign,
    "monotone": monotone,
    "bounded": bounded,
    "one_sided": one_sided,
}
