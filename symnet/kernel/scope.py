"""What the names of a derivation mean, and what its defined symbols stand for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any, Final

from symnet.errors import Rejected, brief
from symnet.kernel.calculus import differentiated, varies
from symnet.kernel.conditions import defined_where, differentiable_where, is_open
from symnet.kernel.indexed import by_recursion, holds_where
from symnet.kernel.signs import facts_of, sign_set
from symnet.ring import Work, constant_value
from symnet.term import (
    Bound,
    Claim,
    Condition,
    Definition,
    Equation,
    Index,
    Name,
    Position,
    Size,
    Term,
    describe,
    index,
    instance,
    postorder,
    put,
    shifted,
    substitute,
    symbols,
)
from symnet.term.names import difference
from symnet.term.node import INDEX_LIMIT, variables_in

#: The ops that carry names or sizes; indices are looked at for a whole term, and the others have theirs from these.
_NAMING: Final = frozenset({"symbol", "apply", "derivative", "identity", "zero", "ones"})
#: How many nodes a line may have when written out.
LINE_LIMIT: Final = 10_000_000

Family = tuple[str, bool, int]


def family(name: Name) -> Family:
    """What the members of a family have in common: a⁽⁰⁾, a⁽¹⁾ and a⁽ᵏ⁺¹⁾ are all members of one."""
    return name.base, name.layer is not None, len(name.entry)


def is_indexed(name: Name) -> bool:
    """Whether a name has an index in it, so that it stands for its family."""
    return any(type(p) is Index for p in name.positions)


class Meanings:
    """One meaning a name: a symbol of one shape, a function, a size, an index, or the variable of a Σ or ∏.

    A name with an index in it stands for a family, whose members all have the shape that its index says: if W⁽ᵏ⁾ is
    n_k×n_{k−1}, then W⁽¹⁾ is n_1×n_0. Shapes follow the layer; whatever else they mention is the same for all members.
    """

    def __init__(self) -> None:
        self.known: dict[Family, dict[Name, object]] = {}
        self.families: dict[Family, tuple[Name, object]] = {}

    def admit(self, node: Term) -> None:
        """Let the names of a leaf, of an applied function or of a derivative mean what they mean there."""
        if node.op in ("symbol", "apply"):
            self._mean(node.name, node.shape if node.op == "symbol" else "a function")
        if node.op == "derivative":
            self._mean(node.value[0], ())
        if node.op == "symbol":  # one symbol has one shape, also below a Σ: c of n_k rows is no c^(k)
            for variable in set(variables_in(node.shape)).difference(variables_in(node.name)):
                self._mean(Name(variable), "an index")
        if node.op != "apply":
            for size in node.shape:
                if type(size) is Name:
                    self._mean(size, "a size")

    def admit_indices(self, term: Term) -> None:
        """Let the index variables of a whole term be free or bound, the same throughout."""
        for variables, meaning in ((term.free, "an index"), (term.bound, "the variable of a Σ or ∏")):
            for variable in variables:
                self._mean(Name(variable), meaning)

    def _mean(self, name: Name, meaning: object) -> None:
        key = family(name)
        members = self.known.setdefault(key, {})
        known = members.get(name)
        if known == meaning:
            return  # it fitted its family when it was met, and a family does not change
        if known is not None:
            raise Rejected(f"{name} has two meanings here, {_say(known)} and {_say(meaning)}: rename one")
        if key in self.families:
            self._fit(*self.families[key], name, meaning)
        elif is_indexed(name):
            for other, its in members.items():
                self._fit(name, meaning, other, its)
            self.families[key] = name, meaning
        members[name] = meaning  # only now: a search may go on after what is refused

    def _fit(self, member: Name, known: object, name: Name, meaning: object) -> None:
        expected = _moved(known, member.layer, name.layer)
        if expected != meaning:
            raise Rejected(f"{name} is {_say(expected)} if {member} is {_say(known)}, not {_say(meaning)}")


class Scope:
    """The definitions in force, and the names that have been met.

    Whatever comes in is made anew from its parts (:meth:`fresh`), so that it went through the checks of its making and
    nobody outside holds on to it.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.meanings = Meanings()
        self.definitions: list[Definition] = []
        self.bodies: dict[Term, Term] = {}
        self.recursions: dict[Family, Definition] = {}
        self.needs: dict[Term, tuple[Condition | Bound, ...]] = {}
        self.hidden: dict[Term, frozenset[str]] = {}
        self.exists: dict[Term, tuple[Condition | Bound, ...]] = {}
        self.mentioned: set[Name] = set()
        self.variables: dict[Name, None] = {}  # in which something is differentiated
        self.bare: dict[Term, Term] = {}  # defined symbols, and what they stand for without any
        self._known: dict[int, Term] = {}  # what came in, by its id, made anew
        self._seen: dict[int, Term] = {}  # the same as it came in, so that the ids stay
        self._made: dict[Term | tuple[Any, ...], Term] = {}  # by op and arguments; equal terms are made once
        # What a condition or a term says by itself is worked out once.
        self.is_open, self.constant_value = cache(is_open), cache(partial(constant_value, work=work))
        self.smooth: dict[int, Term] = {}  # by their ids, terms that were seen to have a derivative
        self._derived: dict[Term, tuple[Term, list[Term]]] = {}

    def fresh(self, given: Term) -> Term:
        """The same term, made anew, its names admitted."""
        if type(given) is not Term:
            raise Rejected("a step takes terms, and nothing else, as its terms")
        try:
            for node in postorder(given, seen=self._seen):
                if type(node) is not Term:
                    raise Rejected("an argument of a term is no term")
                op, args, value = node.op, tuple([self._known[id(a)] for a in node.args]), node.value
                # Python gives all multiples of 2^61 - 1 the same hash, but not their digits.
                key = (op, f"{value:x}" if type(value) is int else value, *map(id, args)) if args else node
                made = self._made.get(key)
                if made is None:
                    made = Term(op, args, _anew(value))
                    if op in _NAMING:
                        self.meanings.admit(made)
                    if op == "derivative":
                        self._bind(made.value[0])
                    self._made[key if args else made] = made
                self._known[id(node)] = self._known[id(made)] = self._seen[id(made)] = made
            made = self._known[id(given)]
        except (KeyError, TypeError, ArithmeticError, RecursionError) as error:
            raise Rejected(f"what was given is no term: {type(error).__name__}") from None
        self.meanings.admit_indices(made)
        self.measure(made)
        return made

    def _bind(self, name: Name) -> None:
        """Let a derivative bind a variable, which has to be arbitrary."""
        if self.bodies and self.is_defined(Term("symbol", (), (name, ()))):
            raise Rejected(f"{name} is defined, so nothing can be differentiated in it")
        self.variables[name] = None

    def admitted(self, term: Term) -> Term:
        """A term that a rule has made by replacing an index: its names are new, so they are looked at."""
        self.measure(term)
        for node in postorder(term):
            if node.op in _NAMING:
                self.meanings.admit(node)
            if node.op == "derivative":
                self._bind(node.value[0])
        self.meanings.admit_indices(term)
        return term

    def measure(self, *terms: Term, times: int = 1) -> None:
        """Count the nodes that are about to be looked at."""
        for term in terms:
            if term.size > LINE_LIMIT:
                raise Rejected(f"a term has more than {LINE_LIMIT:,} nodes when written out")
            self.work.charge(times * term.size)

    # Definitions.

    def define(self, given: Definition) -> None:
        """Admit only abbreviations: one definition a symbol, and bodies that mention nothing defined later."""
        if type(given) is not Definition:
            raise Rejected(f"it is {brief(given)}, not a Definition")
        definition = Definition(self.fresh(given.symbol), self.fresh(given.body))
        symbol, body = definition.symbol, definition.body
        used = {s.name for s in symbols(body)} | self.variables.keys()
        if is_indexed(symbol.name):
            self._define_recursion(definition, used)
        else:
            if symbol in self.bodies or family(symbol.name) in self.recursions:
                raise Rejected("it is defined twice")
            if symbol.name in used or symbol.name in self.mentioned:
                raise Rejected("it occurs in its own or in an earlier definition's body")
            conditions, hidden = self.conditions(body), self.free(body)
            if len(hidden) > INDEX_LIMIT:
                raise Rejected(f"it depends on more than {INDEX_LIMIT} indices")
            self.bodies[symbol] = body
            if hidden:
                self.hidden[symbol] = hidden
            if conditions:
                self.needs[symbol] = conditions
        self.mentioned |= used
        self.definitions.append(definition)

    def _define_recursion(self, definition: Definition, used: set[Name]) -> None:
        """a⁽ᵏ⁺¹⁾ := … in terms of a⁽ᵏ⁾ alone, after a⁽⁰⁾ := …, with nothing else of a defined or mentioned before."""
        name, body, key = definition.symbol.name, definition.body, family(definition.symbol.name)
        k = name.layer.variables[0] if type(name.layer) is Index else ""
        if name.layer != index(k or "k", offset=1) or name.entry:
            raise Rejected(f"a family is defined by its members 0 and k+1, not by {name}")
        self.work.charge(len(self.bodies) + len(self.mentioned))
        first = [s for s in self.bodies if family(s.name) == key]
        if [s.name.layer for s in first] != [0] or key in self.recursions:
            raise Rejected(f"before {name}, exactly {name.base}^(0) has to be defined")
        if any(family(n) == key and n.layer != 0 for n in self.mentioned):
            raise Rejected(f"{name.base} occurs in an earlier definition's body")
        if any(family(n) == key and n.layer != index(k) for n in used):
            raise Rejected(f"{name} may mention no member of {name.base} but {name.base}^({k}): it has to descend")
        if self.free(self.bodies[first[0]]) or self.free(body) - {k}:
            raise Rejected(f"{name} may depend on no index but {k}, and {name.base}^(0) on none")
        if self.conditions(body, self.bodies[first[0]]) or any(node.op == "derivative" for node in postorder(body)):
            raise Rejected(f"{name} may not divide by what could be zero, nor differentiate")
        self.recursions[key] = definition

    def is_defined(self, symbol: Term) -> bool:
        """Whether a symbol stands for something else."""
        return symbol in self.bodies or family(symbol.name) in self.recursions

    def body(self, term: Term) -> tuple[Term, tuple[Bound, ...]]:
        """What a defined symbol, a Σ or a ∏ is by definition, and the range of indices in which it is."""
        if term.op != "symbol":
            body, bounds = by_recursion(term)
            return self.admitted(body), bounds
        if term in self.bodies:
            return self.bodies[term], ()
        if family(term.name) not in self.recursions:
            raise Rejected(f"{term} has no definition")
        step, place = self.recursions[family(term.name)], term.name.layer
        below = shifted(place, -1)  # type: ignore[arg-type]
        variable = step.symbol.name.layer.variables[0]  # type: ignore[union-attr]
        return self.admitted(instance(step.body, variable, below)), holds_where(0, below)

    def check_families(self) -> None:
        """Let no member of a family have a definition of its own: ∏ over the family would silently depend on it."""
        for symbol in self.bodies:
            key = family(symbol.name)
            if key in self.meanings.families and key not in self.recursions:
                raise Rejected(f"{symbol.name} has a definition of its own, but {key[0]} is used with an index")

    # What terms depend on.

    def free(self, *terms: Term) -> frozenset[str]:
        """The index variables that terms depend on, through definitions too."""
        found = frozenset[str]().union(*(t.free for t in terms))
        if self.hidden:
            found = found.union(*(self.hidden[s] for s in symbols(*terms) if s in self.hidden))
        return found

    def conditions(self, *terms: Term) -> tuple[Condition | Bound, ...]:
        """Where the terms are defined, as written and in the bodies of the symbols that they mention."""
        found = [c for s in symbols(*terms) for c in self.needs.get(s, ())] if self.needs else []
        todo = [t for t in dict.fromkeys(terms) if t.partial]
        while todo:
            for node in postorder(todo.pop(), leaves=("derivative",)):
                if node.op == "derivative":
                    todo.append(node.args[1])
                    found += self.differentiable(node)
                elif node.partial and (needed := defined_where(node)) is not None:
                    found.append(needed)
        self.work.charge(len(found))
        return tuple(dict.fromkeys(filter(self.is_open, found)))

    def differentiable(self, term: Term) -> tuple[Condition | Bound, ...]:
        """Conditions under which a derivative exists: those of a line that says what it is, or those of its body."""
        if term not in self.exists:
            (body, point), (name, side) = term.args, term.value
            if side != "both":
                raise Rejected(f"no line says that there is a derivative from the {side} here: use one_sided")
            variable, body = Term("symbol", (), (name, ())), self.expanded(body)
            if point != variable:
                varies(body, name)  # or it is not known where the point is to be put
            nodes: dict[int, Term] = {}
            found = list(dict.fromkeys(differentiable_where(postorder(body, seen=nodes))))
            self.smooth.update(nodes)
            if any(c.free & body.bound for c in found):
                raise Rejected("a case distinction below a Σ or ∏ cannot be differentiated")
            self.work.charge(body.size + sum(c.term.size for c in found))
            if point != variable:
                found = [Condition(put(c.term, variable, point), c.relation) for c in found]
            self.exists[term] = tuple(found)
        return self.exists[term]

    def expanded(self, term: Term) -> Term:
        """The term with definitions put in, until none is left."""
        self.measure(term)
        if not self.definitions:
            return term
        todo = [s for s in symbols(term) if s in self.bodies]
        while todo:
            body = self.bodies[s := todo[-1]]
            waiting = [] if s in self.bare else [t for t in symbols(body) if t in self.bodies and t not in self.bare]
            todo += waiting
            if not waiting:
                self.work.charge(body.size)
                self.bare[todo.pop()] = substitute(body, self.bare)
        found = substitute(term, self.bare)
        self.measure(found)
        for s in symbols(found) if self.recursions else ():
            if family(s.name) in self.recursions:
                raise Rejected(f"{s.name} is defined by recursion: it cannot be differentiated")
        return found

    def signs(self, term: Term, given: Sequence[Condition | Bound]) -> int:
        """What the sign of a term can be as written, given conditions on others."""
        self.work.charge(sum(c.term.size for c in given if type(c) is Condition))
        known = [Condition(self.expanded(c.term), c.relation) for c in given if type(c) is Condition]
        return sign_set(self.expanded(term), facts_of(known), [c for c in given if type(c) is Bound])

    def at(self, term: Term, variable: Term, value: Term) -> Term:
        """The term with a value for a variable, through definitions too."""
        if value == variable:
            return term
        term = self.expanded(term)
        varies(term, variable.name)  # or it is not known whether it does
        return self.put(term, variable, value)

    def put(self, term: Term, symbol: Term, value: Term) -> Term:
        """The term with a value for a symbol, where no derivative binds what the value depends on."""
        binders = [node for node in postorder(term) if node.op == "derivative"] if term.partial else []
        for (name, _), body in ((node.value, node.args[0]) for node in binders):
            if name != symbol.name and symbol in symbols(body) and self.depends(value, name):
                raise Rejected(f"{name} is bound by a derivative there: rename one")
        return put(term, symbol, value)

    def depends(self, term: Term, name: Name) -> bool:
        """Whether a term depends on a variable, through definitions too."""
        return varies(self.expanded(term), name)

    def derived(self, term: Term) -> tuple[Term, list[Term]]:
        """What a derivative is by the rule for its body, and the derivatives in that."""
        if term not in self._derived:
            self.work.charge(4 * len(term.args[0].args) ** 2)  # the product rule writes every factor once a factor
            inner: list[Term] = []
            self._derived[term] = differentiated(term, self.depends, self.at, inner), inner
            for t in inner:
                self._known[id(t)] = self._seen[id(t)] = t
        return self._derived[term]

    # What the rules conclude with.

    def conclude(self, lhs: Term, rhs: Term, *premises: Claim, bounds: tuple[Condition | Bound, ...] = ()) -> Claim:
        """The line lhs = rhs with the conditions of both sides as written and all that its premises rest on."""
        conditions = [*(c for p in premises for c in p.conditions), *bounds]
        return self.line(lhs, rhs, conditions, [h for p in premises for h in p.hypotheses])

    def line(self, lhs: Term, rhs: Term, conditions: list[Condition | Bound], hypotheses: list[Equation]) -> Claim:
        """The line lhs = rhs with these conditions and those of both sides as written."""
        self.measure(lhs, rhs)
        return self._claim(Equation(lhs, rhs), [*conditions, *self.conditions(lhs, rhs)], hypotheses)

    def conclude_sign(self, said: Condition, *premises: Claim, needs: tuple[Condition | Bound, ...] = ()) -> Claim:
        """The line ``term > 0``, say, with the conditions of the term as written and all that its premises rest on."""
        self.measure(said.term)
        conditions = [*(c for p in premises for c in p.conditions), *needs, *self.conditions(said.term)]
        return self._claim(said, conditions, [h for p in premises for h in p.hypotheses])

    def _claim(
        self, said: Equation | Condition, conditions: list[Condition | Bound], hypotheses: list[Equation]
    ) -> Claim:
        self.work.charge(len(conditions) + len(hypotheses))
        rests = tuple(dict.fromkeys(filter(self.is_open, conditions))), tuple(dict.fromkeys(hypotheses))
        return Claim((said,), *rests) if type(said) is Equation else Claim((), *rests, (said,))  # type: ignore[arg-type]


def dependencies(definitions: Sequence[Definition], *terms: Term) -> set[Term]:
    """The symbols without a definition that terms stand for, through the definitions.

    A member of a family that is defined by recursion stands for what both its definitions mention, and Σ x_k for every
    x_1, x_2, … that is mentioned.

    >>> from symnet.term import symbol
    >>> s, x, y = symbol("s"), symbol("x"), symbol("y")
    >>> sorted(map(str, dependencies([Definition(s, x + x)], s * y)))
    ['x', 'y']
    """
    recursive = {family(d.symbol.name) for d in definitions if is_indexed(d.symbol.name)}
    bodies: dict[Term | Family, list[Term]] = {}
    for d in definitions:
        key = family(d.symbol.name)
        bodies.setdefault(key if key in recursive else d.symbol, []).append(d.body)
    members: dict[Family, list[Term]] = {}
    for s in symbols(*terms, *(d.body for d in definitions)):
        if not is_indexed(s.name):
            members.setdefault(family(s.name), []).append(s)
    found: set[Term] = set()
    todo, seen = list(symbols(*terms)), set()
    while todo:
        s = todo.pop()
        known = family(s.name) if family(s.name) in recursive else s
        if known in seen:
            continue
        seen.add(known)
        if known in bodies:
            todo += symbols(*bodies[known])
            continue
        found.add(s)
        if is_indexed(s.name):
            todo += members.pop(family(s.name), ())
    return found


def _moved(meaning: object, layer: Position | None, to: Position | None) -> object:
    """The shape of the member ``to`` of a family, from that of the member ``layer``."""
    if type(meaning) is not tuple or layer is None or to is None:
        return meaning
    return tuple(_moved_size(size, layer, to) for size in meaning)


def _moved_size(size: Size, layer: Position, to: Position) -> Size:
    if type(size) is not Name:
        return size

    def move(position: Position) -> Position:
        gap = difference(position, layer)
        distance = gap.pop("")
        follows = type(layer) is Index and not any(gap.values())
        return shifted(to, distance) if follows else position

    return Name(size.base, None if size.layer is None else move(size.layer), tuple(map(move, size.entry)))


def _say(meaning: object) -> str:
    return meaning if type(meaning) is str else f"a symbol of shape {describe(meaning)}"  # type: ignore[arg-type]


def _anew(value: Any) -> Any:
    """What a node carries, made anew: its Fraction, or the Names and Indices in it."""
    match value:
        case None | str() | int():
            return value
        case Name():
            return Name(value.base, _anew(value.layer), _anew(value.entry))
        case tuple():
            return tuple(map(_anew, value))
        case Index():
            return Index(value.variables, value.offset)
        case Fraction():
            return Fraction(value.numerator, value.denominator)
        case _:
            return value
