"""How text and LaTeX write each thing: two rows of one table, and the namer that keeps distinct names distinct.

Everything printed is a :class:`~symnet.render.piece.Piece`: a string, its estimated width (columns in text, em in
LaTeX, never less than what it will take), and what it means for line breaking. A new output format is a new
:class:`Notation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from symnet.errors import SymnetError
from symnet.render.digits import decimal, digits, ratio
from symnet.render.functions import LATEX_FUNCTIONS, TEXT_FUNCTIONS, Functions
from symnet.render.piece import Kind, Piece
from symnet.term import Index, Name, Position, Shape, Size

#: Greek names: what text prints; LaTeX prints the name after a backslash.
GREEK: Final = dict(
    pair.split("=")
    for line in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ",
        "lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ",
        "chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω",
    )
    for pair in line.split()
)
#: The functions that LaTeX knows by name.
_OPERATORS: Final = frozenset({"arctan", "cos", "cosh", "exp", "ln", "log", "max", "min", "sin", "sinh", "tan", "tanh"})
SUPERSCRIPT: Final = str.maketrans(
    "0123456789()+−abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
SUBSCRIPT: Final = str.maketrans("0123456789+−=aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


#: The direction of a product where a page has both.
DIRECTIONS: Final = ("descending", "ascending")


@dataclass(frozen=True, slots=True)
class Notation:
    """One row: how one format writes each thing. ``fraction`` is None where fractions are written with a slash."""

    base: Callable[[str], Piece]
    function: Callable[[str], Piece]
    position: Callable[[Position], Piece]
    index: Callable[[Index], Piece]
    entries: Callable[[Sequence[Piece], bool], Piece]
    scripts: Callable[[Piece, Piece | None, Piece | None], Piece]
    binder: Callable[[str, Piece, Piece, Piece], Piece]
    subscripted: Callable[[str, Piece], Piece]
    number: Callable[[Fraction], Piece]
    exponent: Callable[[int], Piece]
    size: Callable[[int], Piece]
    plus: Piece
    minus: Piece
    negative: Piece
    space: Piece
    thin: Piece
    dot: Piece
    times: Piece
    slash: Piece
    brackets: tuple[Piece, Piece]
    tall: tuple[Piece, Piece]
    around: tuple[tuple[Piece, Piece], ...]
    transpose: Piece
    group: tuple[str, str]
    constants: dict[str, str]
    fraction: tuple[Piece, Piece, Piece] | None
    cases: tuple[Piece, Piece, Piece, Piece, Piece]
    comparisons: dict[str, Piece]
    relations: dict[str, Piece]
    analysis: Functions


# Text: a column a character.


def _plain(text: str) -> Piece:
    return Piece(text, len(text))


def _cut(text: str, kind: Kind, lead: str) -> Piece:
    return Piece(text, len(text), kind, lead, len(lead))


def _moved(text: str, table: dict[int, int], mark: str) -> str:
    """A string raised or lowered where Unicode has each of its characters so, else behind ``^`` or ``_``.

    >>> _moved("L+1", SUPERSCRIPT, "^"), _moved("k−1", SUBSCRIPT, "_"), _moved("L", SUBSCRIPT, "_")
    ('ᴸ⁺¹', 'ₖ₋₁', '_L')
    """
    if all(ord(c) in table or c == "," for c in text):
        return text.translate(table)
    return mark + (text if len(text) == 1 or text[0] == "(" else f"{{{text}}}")


@lru_cache(1024)
def _text_position(position: Position) -> Piece:
    return _plain("".join(_index(position, lambda v: GREEK.get(v, v), "−")))


def _index(position: Position, variable: Callable[[str], str], minus: str) -> list[str]:
    """The parts of a position: 2k+i−1 as 2, k, +, i, −, 1."""
    if not isinstance(position, Index):
        return [minus, str(-position)] if position < 0 else [str(position)]
    found: list[str] = []
    for name in dict.fromkeys(position.variables):
        count = position.variables.count(name)
        found += ["+"] * bool(found) + [str(count)] * (count > 1) + [variable(name)]
    if position.offset:
        found += ["+" if position.offset > 0 else minus, str(abs(position.offset))]
    return found


def _text_entries(entries: Sequence[Piece], commas: bool) -> Piece:
    return _plain(("," if commas else "").join(e.text for e in entries))


def _text_scripts(base: Piece, entry: Piece | None, layer: Piece | None) -> Piece:
    below = _moved(entry.text, SUBSCRIPT, "_") if entry else ""
    above = _moved(f"({layer.text})", SUPERSCRIPT, "^") if layer else ""
    return _plain(base.text + below + above)


_TEXT_BINDERS: Final = {"sigma": "∑", "pi": "∏", "descending": "∏↓", "ascending": "∏↑"}


def _text_binder(kind: str, variable: Piece, lower: Piece, upper: Piece) -> Piece:
    start, stop = f"{variable.text}={lower.text}", upper.text
    below, above = _moved(start, SUBSCRIPT, "_"), _moved(stop, SUPERSCRIPT, "^")
    if "_" in below + above or "^" in below + above:
        below, above = f"_{{{start}}}", f"^{{{stop}}}"
    return _plain(f"{_TEXT_BINDERS[kind]}{below}{above} ")


def _text_subscripted(base: str, index: Piece) -> Piece:
    return _plain(base + (index.text.translate(SUBSCRIPT) if index.text.isdigit() else _lowered(index.text)))


def _lowered(size: str) -> str:
    """n₀ as ₙ₀; in brackets what Unicode cannot lower, and what would read as something else once lowered."""
    low = size[0].translate(SUBSCRIPT)
    plain_index = all(c in "₀₁₂₃₄₅₆₇₈₉" for c in size[1:])
    return low + size[1:] if low != size[0] and plain_index else f"[{size}]"


TEXT: Final = Notation(
    base=lambda name: _plain(GREEK.get(name, name)),
    function=lambda name: _plain(GREEK.get(name, name)),
    position=_text_position,
    index=lambda position: _plain(" ".join(_index(position, lambda v: GREEK.get(v, v), "−"))),
    entries=_text_entries,
    scripts=_text_scripts,
    binder=_text_binder,
    subscripted=_text_subscripted,
    number=lambda value: _plain(ratio(value)),
    exponent=lambda value: _plain(digits(value).translate(SUPERSCRIPT)),
    size=lambda value: _plain(str(value)),
    plus=_cut(" + ", Kind.SIGN, "+ "),
    minus=_cut(" − ", Kind.SIGN, "− "),
    negative=_plain("−"),
    space=_cut(" ", Kind.FACTOR, "· "),
    thin=_cut(" ", Kind.FACTOR, "· "),
    dot=_cut(" · ", Kind.FACTOR, "· "),
    times=_plain("×"),
    slash=_cut("/", Kind.FACTOR, "/ "),
    brackets=(_cut("(", Kind.OPEN, ""), _cut(")", Kind.CLOSE, "")),
    tall=(_cut("(", Kind.OPEN, ""), _cut(")", Kind.CLOSE, "")),
    around=((_cut("(", Kind.OPEN, ""), _cut(")", Kind.CLOSE, "")),),
    transpose=_plain("ᵀ"),
    group=("", ""),
    constants={"identity": "𝐈", "zero": "𝟎", "ones": "𝟏"},
    fraction=None,
    cases=(
        _cut("{", Kind.OPEN, ""),
        _plain(" if "),
        _cut("; ", Kind.SIGN, "; "),
        _plain(" otherwise"),
        _cut("}", Kind.CLOSE, ""),
    ),
    comparisons={"<": _plain(" < "), "<=": _plain(" ≤ "), ">": _plain(" > "), ">=": _plain(" ≥ ")},
    relations={r: _plain(f"{r} ") for r in ("=", ":=", "≠", "≤", "≥", "<", ">")},
    analysis=TEXT_FUNCTIONS,
)


# LaTeX: em, at the size of the surrounding formula. The letters are those of Latin Modern Math, rounded up.

_WIDTHS: Final = (("mMW@%", 1.0), ("+-=", 0.8), ("w", 0.75), ("ijltfrI", 0.43), ("()[]", 0.4), (".,:;!'| ", 0.34))
_WIDTH: Final = {char: width for chars, width in _WIDTHS for char in chars}
_SCRIPT: Final = 0.76


def latex_width(text: str) -> float:
    """An upper estimate, in em, of the width of letters and digits set in a serif font."""
    return sum(_WIDTH.get(c, 0.83 if c.isupper() else 0.57 if c.isalpha() else 0.51) for c in text)


def _latex_base(name: str) -> Piece:
    if name in GREEK:
        return Piece(f"\\{name}", 0.85)
    if len(name) == 1:
        return Piece(name, latex_width(name) + 0.08)
    if name.isalpha():
        return Piece(f"\\mathit{{{name}}}", latex_width(name) + 0.1)
    return Piece("\\mathtt{" + name.replace("_", r"\_") + "}", 0.54 * len(name))


def _latex_function(name: str) -> Piece:
    if name in _OPERATORS:
        return Piece(f"\\{name}", latex_width(name) + 0.2)
    if name in GREEK or len(name) == 1:
        return _latex_base(name)
    return Piece("\\operatorname{" + name.replace("_", r"\_") + "}", latex_width(name) + 0.2)


def _braced(index: str) -> str:
    return index if len(index) == 1 else f"{{{index}}}"


@lru_cache(1024)
def _latex_position(position: Position) -> Piece:
    found = _latex_index_parts(position)
    return Piece("".join(piece.text for piece in found), sum(piece.width for piece in found))


def _latex_index(position: Index) -> Piece:
    """The index itself, as a number in a formula: there its signs have spaces around them."""
    found = _latex_index_parts(position)
    return Piece(" ".join(piece.text for piece in found), sum(piece.width for piece in found) + 0.23 * len(found))


def _latex_index_parts(position: Position) -> list[Piece]:
    parts = _index(position, str, "-")
    return [_latex_base(p) if p[0].isalpha() else Piece(p, latex_width(p)) for p in parts]


def _latex_entries(entries: Sequence[Piece], commas: bool) -> Piece:
    text, width = (",", latex_width(",")) if commas else ("", 0.0)
    if not commas and any("\\" in e.text for e in entries):
        text = " "
    return Piece(text.join(e.text for e in entries), sum(e.width + width for e in entries) - width)


def _latex_scripts(base: Piece, entry: Piece | None, layer: Piece | None) -> Piece:
    below = f"_{_braced(entry.text)}" if entry else ""
    above = f"^{{({layer.text})}}" if layer else ""
    reach = max(entry.width if entry else 0, layer.width + latex_width("()") if layer else 0)
    return Piece(base.text + below + above, base.width + _SCRIPT * reach + (0.06 if reach else 0))


_LATEX_BINDERS: Final = {
    "sigma": "\\sum",
    "pi": "\\prod",
    "descending": "\\mathop{\\overleftarrow{\\prod}}",
    "ascending": "\\mathop{\\overrightarrow{\\prod}}",
}


def _latex_binder(kind: str, variable: Piece, lower: Piece, upper: Piece) -> Piece:
    """The limits stand above and below in a display, and at the side elsewhere."""
    text = f"{_LATEX_BINDERS[kind]}_{{{variable.text}={lower.text}}}^{{{upper.text}}} "
    limits = _SCRIPT * max(variable.width + latex_width("=") + lower.width, upper.width)
    width = max(1.45, limits)
    return Piece(text, width + 0.36, Kind.BIG, "", 1.15 + limits - width)


def _latex_number(value: Fraction) -> Piece:
    if written := decimal(value):
        return Piece(written, 0.52 * len(written))
    numerator, denominator = digits(value.numerator), digits(value.denominator)
    if value.denominator == 1:
        return Piece(numerator, 0.52 * len(numerator))
    return Piece(f"\\frac{{{numerator}}}{{{denominator}}}", 0.52 * max(len(numerator), len(denominator)) + 0.4)


LATEX: Final = Notation(
    base=_latex_base,
    function=_latex_function,
    position=_latex_position,
    index=_latex_index,
    entries=_latex_entries,
    scripts=_latex_scripts,
    binder=_latex_binder,
    subscripted=lambda base, index: Piece(f"{base}_{{{index.text}}}", 0.65 + _SCRIPT * index.width),
    number=_latex_number,
    exponent=lambda value: Piece(f"^{{{digits(value)}}}", _SCRIPT * latex_width(digits(value)) + 0.08),
    size=lambda value: Piece(str(value), latex_width(str(value))),
    plus=Piece(" + ", 1.24, Kind.SIGN, "+ ", 1.24),
    minus=Piece(" - ", 1.24, Kind.SIGN, "- ", 1.24),
    negative=Piece("-", 0.8),
    space=Piece(" ", 0.02, Kind.FACTOR, "\\cdot ", 0.75),
    thin=Piece(" \\, ", 0.2, Kind.FACTOR, "\\cdot ", 0.75),
    dot=Piece(" \\cdot ", 0.75, Kind.FACTOR, "\\cdot ", 0.75),
    times=Piece(" \\times ", 1.25),
    slash=Piece(" / ", 0.55, Kind.FACTOR, "/ ", 0.55),
    brackets=(Piece("(", 0.4, Kind.OPEN), Piece(")", 0.4, Kind.CLOSE)),
    tall=(Piece("\\left(", 0.9, Kind.OPEN), Piece("\\right)", 0.9, Kind.CLOSE)),
    around=tuple(
        (Piece(f"\\{size}l(", width, Kind.OPEN), Piece(f"\\{size}r)", width, Kind.CLOSE))
        for size, width in (("Big", 0.65), ("bigg", 0.78), ("Bigg", 0.85))
    ),
    transpose=Piece("^{\\top}", 0.7),
    group=("{", "}"),
    constants={"identity": "\\mathbf{I}", "zero": "\\mathbf{0}", "ones": "\\mathbf{1}"},
    fraction=(Piece("\\frac{", 0.0, Kind.STACK), Piece("}{", 0.0, Kind.NEXT), Piece("}", 0.4, Kind.UNSTACK)),
    cases=(
        Piece("\\begin{cases} ", 0.0, Kind.STACK),
        Piece(" & \\text{if } ", 1.9),
        Piece(" \\\\ ", 0.0, Kind.NEXT),
        Piece(" & \\text{otherwise}", 5.0),
        Piece(" \\end{cases}", 1.2, Kind.UNSTACK),
    ),
    comparisons={
        "<": Piece(" < ", 1.4),
        "<=": Piece(" \\le ", 1.4),
        ">": Piece(" > ", 1.4),
        ">=": Piece(" \\ge ", 1.4),
    },
    relations={
        "=": Piece("= ", 1.4),
        ":=": Piece(":= ", 1.8),
        "≠": Piece("\\neq ", 1.4),
        "≤": Piece("\\le ", 1.4),
        "≥": Piece("\\ge ", 1.4),
        "<": Piece("< ", 1.4),
        ">": Piece("> ", 1.4),
    },
    analysis=LATEX_FUNCTIONS,
)


def raised(notation: Notation) -> Notation:
    """The notation of an exponent: fractions have a slash there, and brackets one height."""
    return replace(notation, fraction=None, tall=notation.brackets, around=(notation.brackets,), slash=_SLASH)


_SLASH: Final = Piece("/", 0.55)


class Namer:
    """Prints the names of one page, and makes sure that no two of them print alike.

    ``names`` are all names on the page: symbols, functions, sizes, and the variables of indices. Indices of one digit,
    or of one letter, are written without commas, unless two names would then print alike. Raises
    :class:`~symnet.errors.SymnetError` when commas do not help.

    >>> Namer(TEXT, [Name("w", 1, (1, 2))])(Name("w", 1, (1, 2))).text
    'w₁₂⁽¹⁾'
    >>> Namer(TEXT, [Name("w", None, (1, 2)), Name("w", None, (12,))])(Name("w", None, (1, 2))).text
    'w₁,₂'
    """

    def __init__(self, notation: Notation, names: Iterable[Name]) -> None:
        self.notation = notation
        self.commas = False
        self._piece = cache(self._write)
        distinct = tuple(dict.fromkeys(names))
        if self._alike(distinct):
            self.commas = True
            self._piece = cache(self._write)
        if self.commas and (alike := self._alike(distinct)):
            raise SymnetError(f"{alike[0]} and {alike[1]} would print alike; rename one")

    def __call__(self, name: Name, function: bool = False) -> Piece:
        """The piece that prints a symbol or a size, or the name of a function."""
        return self._piece(name, function)

    def size(self, size: Size) -> Piece:
        """The piece that prints a size."""
        return self(size) if isinstance(size, Name) else self.notation.size(size)

    def shape(self, shape: Shape) -> Piece:
        """The piece that prints ``3×n₀``."""
        sizes, times = [self.size(s) for s in shape], self.notation.times
        return Piece(
            times.text.join(s.text for s in sizes), sum(s.width for s in sizes) + times.width * (len(sizes) - 1)
        )

    def _alike(self, names: tuple[Name, ...]) -> tuple[Name, Name] | None:
        seen: dict[str, Name] = {}
        for name in names:
            other = seen.setdefault(self(name).text, name)
            if other is not name:
                return other, name
        return None

    def _write(self, name: Name, function: bool) -> Piece:
        notation = self.notation
        base = (notation.function if function else notation.base)(name.base)
        entry = notation.entries([notation.position(p) for p in name.entry], self._has_commas(name))
        layer = None if name.layer is None else notation.position(name.layer)
        return notation.scripts(base, entry if name.entry else None, layer)

    def _has_commas(self, name: Name) -> bool:
        """Whether its indices are set apart: but for several digits, or several letters, they have to be."""
        digits = all(type(p) is int and p < 10 for p in name.entry)
        letters = all(type(p) is Index and p == Index((p.variables[0][0],)) for p in name.entry)
        return self.commas or not (digits or letters)
