"""Pages about derivatives: exact output, and what they look like in every form."""

import pytest

from symnet import render
from symnet.kernel import replay
from symnet.render.page import Display, blocks
from symnet.term import Derivation, Step, number
from tests.render.calculus import DERIVATIVES, D, Writing, exp, z
from tests.render.test_page import complaints

SIGMOID = """\
The sigmoid

Claim:

  a′ = e^(−z)/(1 + e^(−z))²
     = a (1 − a)

where

  a := u/v
  u := 1
  v := 1 + e^(−z)

Here z is any real number.

A prime stands for the derivative with respect to z.

Derivation:

  u′ = d/dz 1 = 0                     (a constant)
  v′ = d/dz (1 + e^(−z)) = −e^(−z)    (chain rule)

  a′ = (u/v)′                                              (definition of a)
     = (u′ v − u v′)/v²                                    (quotient rule)
     = (0 · (1 + e^(−z)) − 1 · (−e^(−z)))/(1 + e^(−z))²    (substitute u′, v′, u and v)
     = e^(−z)/(1 + e^(−z))²                                (simplify)
     = (1/(1 + e^(−z))) (1 − 1/(1 + e^(−z)))               (rearrange)
     = a (1 − a)                                           (with a = 1/(1 + e^(−z)))

All of this is defined, since 1 + e^(−z) > 0.
"""

SIGMOID_LATEX = r"""\begin{align*}
a' &= \left(\frac{u}{v}\right)' \tag*{$\text{(definition of }a\text{)}$} \\
&= \frac{u' v - u v'}{v^{2}} \tag*{$\text{(quotient rule)}$} \\
&= \frac{0 \cdot (1 + e^{-z}) - 1 \cdot (-e^{-z})}{(1 + e^{-z})^{2}} \tag*{$\text{SUBSTITUTE}$} \\
&= \frac{e^{-z}}{(1 + e^{-z})^{2}} \tag*{$\text{(simplify)}$} \\
&= \frac{1}{1 + e^{-z}} \biggl(1 - \frac{1}{1 + e^{-z}}\biggr) \tag*{$\text{(rearrange)}$} \\
&= a (1 - a) \tag*{$\text{(with }a = \frac{1}{1 + e^{-z}}\text{)}$}
\end{align*}
"""

SUBSTITUTE = r"(substitute }u'\text{, }v'\text{, }u\text{ and }v\text{)"

SIGMOID_MARKDOWN = r"""$$
\begin{aligned}
u' &= \frac{d}{dz} \, 1 = 0 && \text{(a constant)} \\
v' &= \frac{d}{dz} (1 + e^{-z}) = -e^{-z} && \text{(chain rule)}
\end{aligned}
$$
"""

ELU = """\
ELU

Claim:

      a′ = 1        (for z > 0)
      a′ = α e^z    (for z < 0)
         = a + α
         {0 if 0 < 0; α (e^0 − 1) otherwise}
             = 0    (a at z = 0)
  a′₋(0) = α
  a′₊(0) = 1

where

  a := {z if z > 0; α (e^z − 1) otherwise}

Here z, α are real numbers. This holds for all their real values.

A prime stands for the derivative with respect to z. a′₋(0) and a′₊(0) are the derivatives from the
left and from the right.

Derivation:

For z > 0,

  a′ = d/dz z = 1    (derivative of z)

For z < 0,

  a′ = d/dz (α (e^z − 1))    (definition of a)
     = α e^z                 (derivative of exp)
     = α (e^z − 1) + α       (distribute)
     = a + α                 (with a = α (e^z − 1))

At z = 0, a is

   {0 if 0 < 0; α (e^0 − 1) otherwise}
       = α (e^0 − 1)    (since 0 ≥ 0)
       = 0              (since e^0 = 1)

At z = 0, from the right,

  a′₊(0) = (d/dz z)|z=0 = 1    (since a = z for z > 0 and at z = 0; derivative of z)

At z = 0, from the left,

  a′₋(0) = (d/dz α (e^z − 1))|z=0 = α    (since a = α (e^z − 1) for z ≤ 0; derivative of exp)
"""

PROPERTIES = """\
Derivation:

  a = 1/(1 + e^(−z)) > 0    (every part is positive)

All of this is defined, since 1 + e^(−z) > 0.

  1 − a = 1 − 1/(1 + e^(−z))     (definition of a)
        = e^(−z)/(1 + e^(−z))    (simplify)
        > 0                      (every part is positive)

  a′ = d/dz (1/(1 + e^(−z)))                                          (definition of a)
     = (0 · (1 + e^(−z)) − 1 · (0 + e^(−z) (−1 · 1)))/(1 + e^(−z))²   (quotient rule and chain rule)
     = (1/(1 + e^(−z))) (1 − 1/(1 + e^(−z)))                          (simplify)
     = a (1 − a)                                                      (with a = 1/(1 + e^(−z)))
     > 0                                                              (since 0 < a < 1)

  1/(1 + e^(−y)) > 1/(1 + e^(−x))    (mean value theorem)
          tanh y > tanh x            (tanh is increasing)
          tanh z < 1                 (tanh lies between −1 and 1)

For z ≥ 0,

  |z| = z ≥ 0

For z < 0,

  |z| = −z > 0
"""

SUMMARY = """\
a > 0
a < 1
a′ > 0
1/(1 + e^(−y)) > 1/(1 + e^(−x)) if y > x and 1 + e^(−y) ≠ 0 and 1 + e^(−x) ≠ 0
tanh y > tanh x if y > x
tanh z < 1
|z| ≥ 0 if z ≥ 0
|z| > 0 if z < 0
  where a = 1/(1 + e^(−z))"""


@pytest.fixture(scope="module", params=DERIVATIVES)
def page(request):
    return render.Page(request.param, DERIVATIVES[request.param]())


def named(name, title=""):
    return render.Page(title or name, DERIVATIVES[name]())


def test_the_sigmoid():
    page = named("sigmoid", "The sigmoid")
    assert render.plain(page) == SIGMOID
    assert SIGMOID_LATEX.replace("SUBSTITUTE", SUBSTITUTE) in render.latex_document(page)
    assert SIGMOID_MARKDOWN in render.markdown(page)


def test_branches_stand_apart():
    assert render.plain(named("elu", "ELU")) == ELU


def test_inequalities():
    page = named("properties")
    assert render.plain(page).endswith(PROPERTIES)
    assert render.summary(page) == SUMMARY


def test_each_part_of_a_claim_has_its_own_conditions():
    parts = render.parts(named("elu"))
    assert parts["claim"][:3] == ["a′ = 1 if z > 0", "a′ = α e^z if z < 0", "a′ = a + α if z < 0"]
    assert parts["conditions"] == []
    assert r"a' &= 1 && \text{(for }z > 0\text{)}" in render.latex_summary(named("elu"))


def test_conditions_of_the_whole_claim_stand_below_it():
    page = named("softplus")
    assert "\nif\n\n  β ≠ 0\n\nwhere\n" in render.plain(page)
    assert "real values that satisfy the conditions above." in render.plain(page)
    assert render.summary(page).splitlines()[0].endswith("if β ≠ 0")


def test_what_erf_is_is_said():
    assert "erf is the error function: erf 0 = 0 and d/dx\nerf x = (2/√π) e^(−x²)." in render.plain(named("gelu"))


def test_a_document_compiles_without_any_warning(page, tmp_path):
    assert complaints(render.latex_document(page), tmp_path) == []


@pytest.mark.parametrize("options", ["10pt", "12pt"])
def test_a_pasted_page_fits_an_article(options, tmp_path):
    bare = rf"\documentclass[{options}]{{article}}\usepackage{{amsmath}}\begin{{document}}%s\end{{document}}"
    pages = "".join(render.latex_fragment(named(name)) for name in DERIVATIVES)
    assert complaints(bare % pages, tmp_path) == []


def test_plain_text_is_at_most_a_hundred_columns_wide(page):
    assert max(map(len, render.plain(page).splitlines())) <= 100


def test_every_form_prints(page):
    for form in (render.markdown, render.summary, render.statement, render.latex_summary, render.parts):
        assert form(page)


def test_formulas_on_a_page_are_those_of_checked_lines(page):
    """Displays hold sides of lines, definitions and conditions, and nothing else."""
    replayed = page.replayed
    sides = {side for line in replayed.lines for e in line.equations for side in (e.lhs, e.rhs)}
    sides |= {side for d in replayed.definitions for side in (d.symbol, d.body)}
    shown = [row for block in blocks(page) if isinstance(block, Display) for row in block.rows]
    rows = [row for found in shown for row in (found.rows if hasattr(found, "rows") else (found,))]
    equations = [row for row in rows if row.relation in ("=", ":=")]
    assert len(equations) > 2
    assert all(side in sides for row in equations for side in (row.left, row.right) if side is not None)


# The order of the steps does not matter.


def reordered(replayed, order):
    """The same derivation, its steps in another order."""
    place = {old: new for new, old in enumerate(order)}
    steps = [replayed.steps[i] for i in order]
    steps = [Step(s.rule, tuple(place[p] for p in s.premises), s.terms) for s in steps]
    return replay(Derivation(replayed.definitions, tuple(steps), tuple(place[g] for g in replayed.goals)))


def depth_first(replayed):
    """Every line as late as possible: what a step needs comes right before it."""
    order: list[int] = []
    todo = [(g, False) for g in reversed(replayed.goals)]
    while todo:
        i, ready = todo.pop()
        if i in order:
            continue
        if ready:
            order.append(i)
        else:
            todo += [(i, True), *((p, False) for p in reversed(replayed.steps[i].premises))]
    return order


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "gelu"])
def test_a_page_does_not_depend_on_the_order_of_its_steps(name):
    replayed = DERIVATIVES[name]()
    order = depth_first(replayed)
    assert order != list(range(len(replayed.steps)))
    assert render.plain(render.Page(name, reordered(replayed, order))) == render.plain(named(name))


def test_what_nobody_uses_is_not_on_the_page():
    replayed = DERIVATIVES["sigmoid"]()
    steps = (
        *replayed.steps,
        Step("start", (), (D(exp(z)),)),
        Step("differentiate", (len(replayed.steps),), (D(exp(z)),)),
    )
    longer = replay(Derivation(replayed.definitions, steps, replayed.goals))
    assert render.plain(render.Page("sigmoid", longer)) == render.plain(named("sigmoid"))


def test_helpful_lines_are_not_on_the_page():
    """That z + 1 is not 0 where z > 0 is clear; that it is needed shows in no row."""
    write = Writing()
    body = 1 / (z + 1)
    line = write.run(("start", D(body)), ("differentiate", D(body), D(number(1)), D(z + 1)))
    line = write("regroup", (line,), -1 * (1 / (z + 1) ** 2))
    nonzero = write("sign", (write("start", (), z + 1), write("suppose", (), z)))
    text = render.plain(render.Page("x", write.replayed(write("discharge", (line, nonzero)))))
    assert "z + 1 >" not in text
    assert "if\n\n  z > 0\n" in text
