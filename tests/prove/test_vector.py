"""The vector functions: what is proved of them, held against torch, and what must be refused."""

from itertools import product as pairs

import pytest
import torch

from symnet.activations import find
from symnet.errors import Rejected, SymnetError, UsageError
from symnet.kernel import replay
from symnet.prove.lines import Lines
from symnet.prove.vector import MOST_INPUTS, vector_derivation
from symnet.term import (
    Bound,
    Condition,
    Definition,
    Derivation,
    Equation,
    Name,
    Step,
    Term,
    apply,
    derivative,
    fold,
    index,
    indexed_sum,
    instance,
    natural,
    number,
    substitute,
    symbol,
    symbols,
)

J, N, BEHIND_J = index("j"), index("j", "m"), index("d", "j", offset=1)
I_, LAST, BEHIND = index("i"), index("d", "i", "m", offset=1), index("d", "i", offset=1)
S, T = symbol("S"), symbol("T")
SUMMED = ("softmax", "softmin", "log_softmax")
NAMES = (*SUMMED, "glu")
TORCH = {"softmax": "Softmax", "softmin": "Softmin", "log_softmax": "LogSoftmax", "glu": "GLU"}


def z(*entry):
    return symbol(Name("z", entry=entry))


def weight(k):
    return apply("exp", z(k))


def summed(upper, lower=1):
    return indexed_sum("k", lower, upper, weight(index("k")))


def a(k, letter=S):
    return weight(k) / letter


def lines_of(name, n="n"):
    """What is shown, by label, and the whole replay."""
    found = vector_derivation(name, n)
    replayed = replay(found.derivation)
    assert replayed.goals == tuple(line for _, line in found.goals)
    return {label: replayed.lines[line] for label, line in found.goals}, replayed


# What is claimed.


@pytest.mark.parametrize(("name", "n"), [*pairs(NAMES, ("n", 1, 2, 3)), ("softmax", 6), ("softmin", MOST_INPUTS)])
def test_nothing_is_assumed(name, n):
    shown, replayed = lines_of(name, n)
    assert not replayed.claim.hypotheses
    assert set(replayed.claim.conditions) <= ({Bound(1, J)} if n == "n" else set())
    assert len(shown) == len(replayed.goals)


@pytest.mark.parametrize("name", SUMMED)
def test_what_is_differentiated_is_the_entry_of_the_table(name):
    shown, _ = lines_of(name)
    body = find(name).definition
    places = {"i = j": (J, N), "i > j": (BEHIND_J, N), "i < j": (I_, LAST)}
    for label, (i, n) in places.items():
        (entry,), (said,) = shown[f"entry, {label}"].equations, shown[label].equations
        assert entry.lhs == instance(instance(body, "i", i), "n", n)
        assert said.lhs == derivative(entry.rhs, z(BEHIND) if label == "i < j" else z(J))
        assert shown[label].conditions == ()


def test_the_three_cases_of_softmax():
    shown, replayed = lines_of("softmax")
    p, q, r, s = map(symbol, "pqrs")
    assert shown["i = j"].equations[0].rhs == p * (1 - p)
    assert shown["i > j"].equations[0].rhs == Term("multiply", (number(-1), q, p))
    assert shown["i < j"].equations[0].rhs == Term("multiply", (number(-1), r, s))
    split = Term("sum", (summed(index("j", offset=-1)), weight(J), summed(N, index("j", offset=1))))
    moved = instance(split, "j", BEHIND)
    shares = {p: a(J), q: a(BEHIND_J), r: a(I_, T), s: a(BEHIND, T)}
    assert {d.symbol: d.body for d in replayed.definitions} == {S: split, T: moved} | shares


def test_the_three_cases_of_log_softmax():
    shown, replayed = lines_of("log_softmax")
    p, s = map(symbol, "ps")
    assert [shown[label].equations[0].rhs for label in ("i = j", "i > j", "i < j")] == [1 - p, -p, -s]
    bodies = {d.symbol: d.body for d in replayed.definitions}
    assert (bodies[p], bodies[s]) == (a(J), a(BEHIND, T))


def test_the_jacobian_of_softmax_is_that_of_the_textbook():
    shown, _ = lines_of("softmax", 3)
    letters = {k: symbol(Name("a", entry=(k,))) for k in (1, 2, 3)}
    for i, j in pairs(letters, letters):
        (said,) = shown[f"i = {i}, j = {j}"].equations
        assert said.lhs == derivative(letters[i], z(j))
        off = Term("multiply", (number(-1), letters[i], letters[j]))
        assert said.rhs == (letters[i] * (1 - letters[i]) if i == j else off)
    assert shown["sum"].equations == (Equation(Term("sum", tuple(letters.values())), number(1)),)
    for k, letter in letters.items():
        assert shown[f"0 < a_{k}"].inequalities == (Condition(letter, ">"),)
        assert shown[f"a_{k} < 1"].inequalities == (Condition(1 - letter, ">"),)
        (said,) = shown[f"shift, i = {k}"].equations
        assert said.rhs == letter
        assert {s.name.base for s in symbols(said.lhs)} == {"z", "c"}


def test_the_sigmoid_is_softmax_of_two():
    shown, _ = lines_of("softmax", 2)
    (said,) = shown["a_1 as a sigmoid"].equations
    assert said == Equation(
        symbol(Name("a", entry=(1,))), substitute(find("sigmoid").definition, {symbol("z"): z(1) - z(2)})
    )
    assert "a_1 as a sigmoid" not in lines_of("softmax", 3)[0]


def test_one_input_alone_is_not_below_one():
    assert "a_1 < 1" not in lines_of("softmax", 1)[0]
    lines = Lines()
    line = lines.elementary(lines.start(1 - weight(1) / weight(1)), number(0) / weight(1))
    assert lines[lines.write("sign", (line,))].inequalities[0].relation == ">="


# Held against torch.


def value(term, values):
    """The value of a term, as a tensor that knows where it came from."""

    def combine(node, args):
        match node.op:
            case "number":
                return torch.tensor(float(node.value), dtype=torch.float64)
            case "symbol":
                return values[node.name]
            case "sum":
                return torch.stack(args).sum()
            case "multiply":
                return torch.stack(args).prod()
            case "power":
                return args[0] ** node.value
            case "divide":
                return args[0] / args[1]
            case "apply":
                return getattr(torch, node.name.base)(args[0])
            case "sigma":
                k, lower, upper = node.value
                parts = [value(instance(node.args[0], k, i), values) for i in range(lower, upper + 1)]
                return torch.stack(parts).sum() if parts else torch.zeros((), dtype=torch.float64)
        raise AssertionError(node.op)

    return fold(term, combine, leaves=("sigma",))


def slope(term, values):
    """The value of a derivative at its variable, by autograd."""
    body, variable = term.args
    (found,) = torch.autograd.grad(value(body, values), values[variable.name], allow_unused=True)
    return torch.zeros((), dtype=torch.float64) if found is None else found


def inputs(name, n):
    """Tensors by name, and torch's Jacobian, by the names of the inputs."""
    generator = torch.Generator().manual_seed(n)
    bases = ("u", "v") if name == "glu" else ("z",)
    values = {
        Name(base, entry=(k,)): torch.randn((), dtype=torch.float64, generator=generator, requires_grad=True)
        for base in bases
        for k in range(1, n + 1)
    }
    module = getattr(torch.nn, TORCH[name])(dim=-1)
    given = torch.stack(list(values.values())).detach()
    return values, dict(zip(values, torch.autograd.functional.jacobian(module, given).T, strict=True))


def closed(term, replayed, numbers=()):
    """The term with definitions put in, and numbers for its indices."""
    bodies = {d.symbol: d.body for d in replayed.definitions}
    while (more := substitute(term, bodies)) != term:
        term = more
    for variable, at in numbers:
        term = instance(term, variable, at)
    return term


def agree(equation, replayed, values, jacobian, i, numbers=()):
    left, right = (closed(side, replayed, numbers) for side in (equation.lhs, equation.rhs))
    expected = jacobian[left.args[1].name][i - 1]
    assert slope(left, values).item() == pytest.approx(expected.item(), abs=1e-12)
    assert value(right, values).item() == pytest.approx(expected.item(), abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_agree_with_torch(name):
    shown, replayed = lines_of(name)
    for j, d, m in pairs((1, 2, 3), (0, 1), (0, 2)):
        for label, (i, where, n) in {
            "i = j": (j, j, j + m),
            "i > j": (j + d + 1, j, j + d + 1 + m),
            "i < j": (j, j + d + 1, j + d + 1 + m),
        }.items():
            numbers = {"j": j, "d": d, "m": n - where} if label != "i < j" else {"i": j, "d": d, "m": m}
            values, jacobian = inputs(name, n)
            for said in (line for key, line in shown.items() if key.split(",")[0] == label):
                agree(said.equations[0], replayed, values, jacobian, i, numbers.items())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 2, 4])
def test_every_entry_agrees_with_torch(name, n):
    shown, replayed = lines_of(name, n)
    values, jacobian = inputs(name, n)
    for i, j in pairs(range(1, n + 1), repeat=2):
        found = [line for label, line in shown.items() if label.split(", ")[:2] == [f"i = {i}", f"j = {j}"]]
        assert len(found) == len(values) // n
        for line in found:
            agree(line.equations[0], replayed, values, jacobian, i)


# What is asked for.


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("softmax", 0), "from 1 to 8, not 0"),
        (("softmax", 9), "from 1 to 8, not 9"),
        (("softmax", 2.0), "not 2.0"),
        (("softmax", True), "not True"),
        (("softmax", "j"), "j means something else"),
        (("softmax", "n n"), "a name is a letter"),
        (("sigmoid",), "the vector functions are softmax, softmin, log_softmax, glu"),
        (("softmaxx",), "did you mean 'softmax'"),
    ],
)
def test_what_has_no_derivation(arguments, message):
    with pytest.raises(UsageError, match=message):
        vector_derivation(*arguments)


def test_another_name_and_another_letter():
    found = vector_derivation("soft_max", "K")
    assert found.derivation == vector_derivation("softmax").derivation
    assert found.words[1].startswith("There are K inputs")


# What must be refused: another end of a true derivation.


AI, AJ = a(BEHIND_J), a(J)
MIN_I, MIN_J = (substitute(t, {z(k): -z(k)}) for t, k in ((AI, BEHIND_J), (AJ, J)))
SIGMA = 1 / (1 + apply("exp", -symbol(Name("v", entry=(J,)))))
U = symbol(Name("u", entry=(J,)))
SHARES = {k: weight(k) / S for k in (1, 2)}
SIGMOID_OF_THE_OPPOSITE = 1 / (1 + apply("exp", -(z(2) - z(1))))

WRONG_ENDS = {
    "a minus is missing, i > j": ("softmax", "n", "i > j", AI * AJ),
    "a minus is missing, i < j": ("softmax", "n", "i < j", a(I_, T) * a(BEHIND, T)),
    "a_i (δ − a_i) instead of a_i (δ − a_j), i > j": ("softmax", "n", "i > j", -(AI * AI)),
    "a_j (δ − a_j) instead of a_i (δ − a_j), i > j": ("softmax", "n", "i > j", -(AJ * AJ)),
    "a_i (δ − a_i), i < j": ("softmax", "n", "i < j", -(a(I_, T) * a(I_, T))),
    "i = j is ignored": ("softmax", "n", "i = j", -(AJ * AJ)),
    "the sum is taken for a constant": ("softmax", "n", "i = j", AJ),
    "1 + a_j": ("softmax", "n", "i = j", AJ * (1 + AJ)),
    "the first factor is dropped": ("softmax", "n", "i = j", 1 - AJ),
    "softmin with the sign of softmax, i = j": ("softmin", "n", "i = j", MIN_J * (1 - MIN_J)),
    "softmin with the sign of softmax, i > j": ("softmin", "n", "i > j", -(MIN_I * MIN_J)),
    "δ is missing from log softmax": ("log_softmax", "n", "i = j", -AJ),
    "δ is too much in log softmax": ("log_softmax", "n", "i > j", 1 - AJ),
    "a_i instead of a_j in log softmax": ("log_softmax", "n", "i > j", -AI),
    "the gate's derivative without its second factor": ("glu", "n", "i = j, v", U * SIGMA),
    "the gate's derivative with a plus": ("glu", "n", "i = j, v", Term("multiply", (U, SIGMA, 1 + SIGMA))),
    "the factor of another entry": ("softmax", 3, "i = 1, j = 1", SHARES[1] * (1 - SHARES[2])),
    "an entry off the diagonal without its minus": ("softmax", 3, "i = 1, j = 2", SHARES[1] * SHARES[2]),
    "an entry off the diagonal with its own square": ("softmax", 3, "i = 1, j = 2", -(SHARES[1] * SHARES[1])),
    "the entries add up to n": ("softmax", 2, "sum", number(2)),
    "the sigmoid of the opposite difference": ("softmax", 2, "a_1 as a sigmoid", SIGMOID_OF_THE_OPPOSITE),
    "a shift that scales": ("softmax", 2, "shift, i = 1", apply("exp", symbol("c")) * SHARES[1]),
    "a shift that permutes": ("softmax", 2, "shift, i = 1", SHARES[2]),
}


def with_another_end(name, n, label, target=None):
    """The derivation up to the normal form that leads to a goal, which is said to be another."""
    found = vector_derivation(name, n)
    steps, line = found.derivation.steps, dict(found.goals)[label]
    while steps[line].rule not in ("elementary", "regroup"):
        line = steps[line].premises[0]
    last = steps[line] if target is None else Step(steps[line].rule, steps[line].premises, (target,))
    return Derivation(found.derivation.definitions, (*steps[:line], last), (line,))


@pytest.mark.parametrize("case", WRONG_ENDS)
def test_another_end_is_refused(case):
    *where, target = WRONG_ENDS[case]
    with pytest.raises(Rejected, match=r"the two sides do not have the same normal form"):
        replay(with_another_end(*where, target))
    assert replay(with_another_end(*where))


# What must be refused: another way.


def split_at(before, behind):
    """The derivation with S as a sum up to j + before, the term at j, and a sum from j + behind."""
    parts = Term("sum", (summed(index("j", offset=before)), weight(J), summed(N, index("j", offset=behind))))
    found = vector_derivation("softmax").derivation
    (right,) = (d.body for d in found.definitions if d.symbol == S)
    definitions = tuple(Definition(S, parts) if d.symbol == S else d for d in found.definitions)
    steps = tuple(Step(s.rule, s.premises, (parts,)) if s.terms == (right,) else s for s in found.steps)
    return replay(Derivation(definitions, steps, found.goals))


def test_the_split_that_is_right():
    assert split_at(-1, 1).claim == lines_of("softmax")[1].claim


def differentiated(body, variable):
    lines = Lines()
    return lines.differentiate(lines.start(derivative(body, variable)))


def taken_for_empty():
    """Σ_{k=1}^{j+m} is not 0 only where 1 ≤ j + m."""
    lines = Lines()
    return lines.write("discharge", (lines.start(1 / summed(N)),))


def captured_by_the_sum():
    """A sum up to j at j = k, where k is the variable of the sum."""
    lines = Lines()
    return lines.write("instantiate", (lines.start(summed(J)),), (natural(J), natural(index("k"))))


def put_into_a_derivative(value, variable):
    """∂w/∂z_j = 0 for every number w, but not for every function of z_j."""
    lines = Lines()
    line = lines.differentiate(lines.start(derivative(symbol("w"), variable)))
    return lines.write("instantiate", (line,), (symbol("w"), value))


#: z_{j+k+1} for k = m − 1, which is z_j at m = 0
BELOW_ZERO = indexed_sum("k", index("m", offset=-1), index("m", offset=-1), z(index("j", "k", offset=1)))


def without_a_base():
    """The induction from m = 1."""
    found = vector_derivation("softmax").derivation
    steps = list(found.steps)
    at = next(i for i, s in enumerate(steps) if s.rule == "induct")
    steps[at] = Step("induct", (at - 1, at - 1), steps[at].terms)
    return replay(Derivation(found.definitions, tuple(steps), found.goals))


WRONG_WAYS = {
    "split before j − 1": (lambda: split_at(-2, 1), "normal form"),
    "split behind j + 1": (lambda: split_at(-1, 2), "normal form"),
    "the sum before includes j": (lambda: split_at(0, 1), "normal form"),
    "the sum behind includes j": (lambda: split_at(-1, 0), "normal form"),
    "a sum up to j does not depend on z_j": (lambda: differentiated(summed(J), z(J)), "depends on their indices"),
    "a sum from j does not depend on z_j": (lambda: differentiated(summed(N, J), z(J)), "depends on their indices"),
    "the whole sum does not depend on z_j": (lambda: differentiated(a(J, summed(N)), z(J)), "depends on their indices"),
    "a sum up to j + 1": (lambda: differentiated(summed(index("j", offset=1)), z(J)), "depends on their indices"),
    "i is not j because it is written i": (lambda: differentiated(weight(I_), z(J)), "depends on their indices"),
    "j + d is not j": (lambda: differentiated(weight(index("d", "j")), z(J)), "depends on their indices"),
    "entry k differentiated in z_k": (lambda: differentiated(a(index("k"), summed(N)), z(index("k"))), "two meanings"),
    "the sum differentiated in z_k": (lambda: differentiated(summed(N), z(index("k"))), "two meanings"),
    "the split sum at j = k": (captured_by_the_sum, "k has two meanings"),
    "a sum whose index may be −1": (lambda: differentiated(BELOW_ZERO, z(J)), "depends on their indices"),
    "z_i for a number, in ∂/∂z_j": (lambda: put_into_a_derivative(z(I_), z(J)), "depends on their indices"),
    "a sum for a number, in ∂/∂z_1": (lambda: put_into_a_derivative(summed(2), z(1)), "depends on their indices"),
    "an empty sum is not 0": (taken_for_empty, "no condition"),
    "the induction without its base": (without_a_base, "not the hypothesis at m = 0"),
}


@pytest.mark.parametrize("case", WRONG_WAYS)
def test_another_way_is_refused(case):
    attempt, message = WRONG_WAYS[case]
    with pytest.raises(SymnetError, match=message):
        attempt()
