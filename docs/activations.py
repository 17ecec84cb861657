"""A page for each activation, and a table of all: `make docs` runs this, and what is on the pages comes from that run.

    python docs/activations.py [NAME …]

Every function of the table is derived, replayed by the kernel, held against torch, printed and drawn. Only headings and
the sentences around are written here. The folder is not part of the repository, so a page cannot become untrue.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import symnet
from symnet import api, render
from symnet.activations import Activation, find
from symnet.api.derived import Derived
from symnet.api.facts import condition_text, say, to_json
from symnet.api.vector import VectorDerived
from symnet.prove.derivative import Piece
from symnet.prove.meetings import Meeting
from symnet.prove.properties import CONTAINED, PROVED, Property
from symnet.render import latex
from symnet.render.escape import markdown_prose
from symnet.term import Term
from symnet.witness.slopes import Exceptional

#: Where the pages go: a folder beside this file.
FOLDER = Path(__file__).with_suffix("")
#: A formula of as many characters of LaTeX is wide for a table.
WIDE = 120
#: How many entries the Jacobian that is written out has.
ENTRIES = 3

#: The columns of the table of facts, and the kinds of facts in each.
COLUMNS = (
    ("range", ("range",)),
    ("range of h′", ("derivative range",)),
    ("limits at −∞, ∞", ("limit at −∞", "limit at ∞")),
    ("parity, monotony", ("parity", "monotony")),
    ("least Lipschitz constant", ("Lipschitz constant",)),
)

Rows = Iterable[Sequence[str]]


def main(folder: Path, names: Sequence[str] = ()) -> None:
    """Write the pages, the pictures and the table into a folder, which is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = [row for row in api.activations() if not names or row["name"] in names]
    found = [(symnet.derive(row["name"]), row["aliases"]) for row in rows]
    for derived, aliases in found:
        name = derived.row.name if isinstance(derived, VectorDerived) else derived.short_title
        write(folder / f"{name}.md", page(derived, aliases))
        if isinstance(derived, Derived):
            derived.plot(folder / f"{name}.svg")
    write(folder / "index.md", index([derived for derived, _ in found]))


def write(path: Path, parts: Iterable[str]) -> None:
    """Write blocks of Markdown with an empty line between them."""
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


# One page.


def page(derived: Derived | VectorDerived, aliases: Sequence[str]) -> Iterable[str]:
    """The page of a function, block by block."""
    row = row_of(derived)
    yield f"# {row.name}"
    yield introduction(row, aliases)
    if isinstance(derived, Derived):
        yield picture(derived, row)
    yield printed(derived)
    yield from scalar_parts(derived) if isinstance(derived, Derived) else vector_parts(derived)
    yield from torch_part(derived, row)
    yield from how_to(row)


def row_of(derived: Derived | VectorDerived) -> Activation:
    """The row of the table."""
    return derived.row if isinstance(derived, VectorDerived) else find(derived.short_title)


def introduction(row: Activation, aliases: Sequence[str]) -> str:
    """What it is, what else it is called, and its letters."""
    said = [row.in_words[0].upper() + row.in_words[1:]]
    said += [f"also `{'`, `'.join(aliases)}`"] if aliases else []
    said += [f"in torch `torch.{row.torch}`" if row.torch else "not in torch"]
    sentences = [f"{', '.join(said)}."]
    for p in row.parameters:
        assumed = " and ".join(map(condition_text, p.assumptions))
        default = f"{math(latex(p.symbol))} is {p.default} where a number is needed"
        sentences.append(f"{default}; the proofs assume {assumed}." if assumed else f"{default}.")
    return " ".join(sentences)


def picture(derived: Derived, row: Activation) -> str:
    """The picture, with a description for those who cannot see it."""
    return f"![{row.title} and its derivative, drawn]({row.name}.svg)"


def printed(derived: Derived | VectorDerived) -> str:
    """Claim and derivation as symnet prints them; the notes below are told here in full."""
    return body_of(derived).partition("\n")[2].strip()


def body_of(derived: symnet.Replay) -> str:
    return derived.markdown().partition("\n## Facts\n")[0].partition("\n## Notes\n")[0]


def scalar_parts(derived: Derived) -> Iterable[str]:
    """Where branches meet, and the facts."""
    if derived.found.meetings:
        yield "## Kinks and jumps"
        yield table(("z", "what", "h there", "h left, right", "h′ left, right"), map(meeting, derived.found.meetings))
    if derived.outcome.words:
        yield "## In terms of a"
        yield markdown_prose(" ".join(derived.outcome.words))
    if derived.not_in_output is not None:
        yield body_of(derived.not_in_output).partition("## Derivation")[2].strip()
    yield "## Facts"
    yield table(("fact", "how sure"), ((statement(p), p.status) for p in derived.properties))


def statement(fact: Property) -> str:
    """A fact in words, without how sure it is."""
    return markdown_prose(say(fact).removesuffix(f" ({fact.status})"))


def meeting(found: Meeting) -> tuple[str, ...]:
    """A place where two branches meet, as a row."""
    what = "jump" if found.is_jump else "kink" if found.is_kink else "none: there is a derivative"
    slopes = (found.left_slope, found.right_slope)
    return (math(latex(found.at)), what, math(latex(found.value)), pair(found.left, found.right), pair(*slopes))


def pair(left: Term | None, right: Term | None) -> str:
    return ", ".join("none" if t is None else math(latex(t)) for t in (left, right))


def vector_parts(derived: VectorDerived) -> Iterable[str]:
    """The matrix of derivatives for a few entries."""
    import sympy

    few = symnet.derive(derived.row.name, n=ENTRIES, check=False)
    letters = ", ".join(math(f"{latex(d.symbol)} := {latex(d.body)}") for d in few.definitions)
    yield f"## {ENTRIES} entries"
    yield f"With {letters}, the matrix of derivatives is"
    yield f"$$\n{sympy.latex(few.jacobian)}\n$$"


# torch.


def torch_part(derived: Derived | VectorDerived, row: Activation) -> Iterable[str]:
    """What torch says, and where it does not say the same."""
    report = derived.witness
    if report is None:
        return
    yield "## In torch"
    yield f"{report}."
    if isinstance(derived, Derived) and (report.notes or report.corners):
        yield bullets((*report.notes, *(f"With the numbers above: {corner}." for corner in report.corners)))
    if report.exceptional:
        yield "At some points torch is not close to the exact value, for a known reason:"
        yield table(("", "reason", "torch", "exact"), map(exceptional, report.exceptional))


def exceptional(found: Exceptional) -> tuple[str, ...]:
    """A point where torch is not close, as a row."""
    tiny = found.kind == "underflow"
    exact = "below 2⁻¹⁰²² in size" if tiny else f"{found.exact:.6g}"
    return (place(found), found.kind, f"{found.torch:.6g}", exact)


def place(found: Exceptional) -> str:
    """h or h′ at a number, or an entry of them: to the inputs of a function of a vector i is appended, or i and j."""
    if isinstance(found.point, float):
        return f"{found.quantity} at {found.point:.6g}"
    last = 2 if found.quantity == "h′" else 1
    entry = ", ".join(f"{letter} = {index:g}" for letter, index in zip("ij", found.point[-last:], strict=False))
    inputs = ", ".join(f"{z:g}" for z in found.point[:-last])
    return f"{found.quantity}, {entry}, at ({inputs})"


def how_to(row: Activation) -> Iterable[str]:
    """How to get this page's content oneself."""
    plot = "" if row.vector else f'\nd.plot("{row.name}.svg")'
    yield "## Get it"
    yield f'```python\nimport symnet\n\nd = symnet.derive("{row.name}")\nd.save("{row.name}.tex"){plot}\n```'
    option = "" if row.vector else f" --plot {row.name}.svg"
    yield f"```console\n$ symnet derive {row.name} -o {row.name}.tex{option}\n```"


# The table of all.


def index(found: Sequence[Derived | VectorDerived]) -> Iterable[str]:
    """The tables of all functions, and the list of the pages."""
    yield "# Activations"
    yield (
        "Every function here is derived step by step, replayed by the kernel and held against torch and its autograd "
        "while these pages are built. Each has a page with its derivation. *Error* is the largest quotient of what "
        "torch is off and what rounding allows there; 1 would be as much as is allowed."
    )
    scalars = [d for d in found if isinstance(d, Derived)]
    yield table(("name", "h′", "in a = h(z)", "kinks and jumps", "error"), map(line, scalars), "activations")
    yield "What is proved of them beside the derivative, everywhere or where it says so:"
    yield table(("name", *(head for head, _ in COLUMNS)), map(facts_line, scalars), "activations")
    yield f"Of the functions of a vector, the first derivatives for {ENTRIES} entries:"
    yield table(("name", "derivatives", "error"), (vector_line(d) for d in found if isinstance(d, VectorDerived)))
    pages = "\n".join(row_of(d).name for d in found)
    yield f"```{{toctree}}\n:hidden:\n\n{pages}\n```"


def line(derived: Derived) -> tuple[str, ...]:
    """A function of one variable as a row."""
    name, pieces = derived.short_title, derived.found.pieces
    slopes = cases(pieces, [on_lines(p.derivative) for p in pieces], derived)
    breaks = [f"{kind_of(m)} at {math(latex(m.at))}" for m in derived.found.meetings if m.is_kink or m.is_jump]
    return (link(name), slopes, output(derived), ", ".join(breaks) or "none", ratio(derived))


def on_lines(formula: Term) -> str:
    """A formula, each summand on a line of its own where all in one would make the table wide."""
    whole = latex(formula)
    if len(whole) < WIDE or formula.op != "sum":
        return whole
    first, *others = (latex(t) for t in formula.args)
    lines = " \\\\ &".join([first, *(t if t.startswith("-") else f"+ {t}" for t in others)])
    return f"\\begin{{aligned}} &{lines} \\end{{aligned}}"


def facts_line(derived: Derived) -> tuple[str, ...]:
    """What is proved of a function as a row; a fact that is numerical is left out."""
    proved = [p for p in derived.properties if p.status in (PROVED, CONTAINED)]
    columns = ([short(p) for p in proved if p.kind in kinds] for _, kinds in COLUMNS)
    return (link(derived.short_title), *(", ".join(said) or "–" for said in columns))


def short(fact: Property) -> str:
    """A fact in as few words as there are."""
    value = markdown_prose(to_json(fact)["value"])
    value = f"within {value}" if fact.status == CONTAINED else value
    pieces = " on each interval of the domain" if fact.piecewise else ""
    where = f" if {' and '.join(map(condition_text, fact.where))}" if fact.where else ""
    return f"{value}{pieces}{where}"


def kind_of(found: Meeting) -> str:
    return "jump" if found.is_jump else "kink"


def output(derived: Derived) -> str:
    """h′ in a, branch by branch, or that it is no function of a alone."""
    said = [] if derived.not_in_output is None else ["not a function of a alone"]
    formulas = [p.in_output.formula for p in derived.found.pieces]
    if derived.found.in_output is not None:
        said.append(math(latex(derived.found.in_output)))
    elif any(f is not None for f in formulas):
        values = ["\\text{none found}" if f is None else latex(f) for f in formulas]
        said.append(cases(derived.found.pieces, values, derived))
    return ": ".join(said) or "none found"


def cases(pieces: Sequence[Piece], values: Sequence[str], derived: Derived) -> str:
    """A formula for each branch."""
    if len(pieces) == 1:
        return math(values[0])
    arms = " \\\\ ".join(f"{v} & {where(p, derived)}" for v, p in zip(values, pieces, strict=True))
    return math(f"\\begin{{cases}} {arms} \\end{{cases}}")


def where(piece: Piece, derived: Derived) -> str:
    z, lower, upper = latex(derived.found.variable), piece.branch.lower, piece.branch.upper
    if lower is None or upper is None:
        return f"{z} > {latex(lower)}" if lower is not None else "" if upper is None else f"{z} < {latex(upper)}"
    return f"{latex(lower)} < {z} < {latex(upper)}"


def vector_line(derived: VectorDerived) -> tuple[str, ...]:
    """A function of a vector as a row."""
    few = symnet.derive(derived.row.name, n=ENTRIES, check=False)
    first = [e for label, e in few.partials.items() if label.startswith(("i = 1, j = 1", "i = 1, j = 2"))]
    return (link(derived.row.name), ", ".join(math(render.equation_latex(e)) for e in first), ratio(derived))


def ratio(derived: Derived | VectorDerived) -> str:
    return "" if derived.witness is None else f"{derived.witness.worst_ratio:.2g}"


# Markdown.


def link(name: str) -> str:
    return f"[{name}]({name}.md)"


def math(formula: str) -> str:
    return f"${formula}$"


def bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def table(head: Sequence[str], rows: Rows, style: str = "") -> str:
    """A table whose cells may hold anything that is on one line."""
    lines = ["```{list-table}", ":header-rows: 1", *([f":class: {style}"] if style else []), ""]
    for row in (head, *rows):
        lines += [f"{'*' if i == 0 else ' '} - {cell}".rstrip() for i, cell in enumerate(row)]
    return "\n".join([*lines, "```"])


if __name__ == "__main__":
    main(FOLDER, sys.argv[1:])
