"""Derivations to and from JSON, and files written whole or not at all.

The terms of a derivation form one table in which every entry refers to earlier entries only, so a file is as long as
the derivation has distinct nodes, and nothing in it nests. What is read is distrusted: sizes are bounded, every entry
is rebuilt by :class:`~symnet.term.Term` and its checks, and a fault ends in one :class:`~symnet.errors.ParseError` that
says where. Reading a derivation proves nothing; :func:`symnet.kernel.replay` does.

>>> from symnet.term import symbol
>>> x = symbol("x")
>>> derivation = Derivation((), (Step("start", (), (x + x,)),), (0,))
>>> decode(encode(derivation)) == derivation
True
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, Final, TypeVar

from symnet.errors import ParseError, SymnetError, UsageError, brief
from symnet.term import Definition, Derivation, Index, Name, Position, Shape, Size, Step, Term, postorder

FORMAT: Final = "symnet derivation"
VERSION: Final = 1
#: Bounds on what is read.
MAX_BYTES: Final = 64 * 2**20
MAX_ENTRIES: Final = 1_000_000
MAX_NODES: Final = 10_000_000

_DIGITS: Final = 4000
_RATIONAL: Final = re.compile(rf"-?\d{{1,{_DIGITS}}}(/[1-9]\d{{0,{_DIGITS - 1}}})?", re.ASCII)

Entry = TypeVar("Entry")


# Writing.


def encode(derivation: Derivation) -> dict[str, Any]:
    """A derivation as JSON data."""
    positions: dict[Term, int] = {}
    table: list[list[Any]] = []
    roots = [t for d in derivation.definitions for t in (d.symbol, d.body)]
    roots += [t for step in derivation.steps for t in step.terms]
    for node in postorder(*roots):
        if node not in positions:
            positions[node] = len(table)
            table.append([node.op, [positions[a] for a in node.args], _encode_value(node)])
    return {
        "format": FORMAT,
        "version": VERSION,
        "terms": table,
        "definitions": [[positions[d.symbol], positions[d.body]] for d in derivation.definitions],
        "steps": [[s.rule, list(s.premises), [positions[t] for t in s.terms]] for s in derivation.steps],
        "goals": list(derivation.goals),
    }


def _encode_name(name: Name) -> list[Any]:
    layer = None if name.layer is None else _encode_position(name.layer)
    return [name.base, layer, list(map(_encode_position, name.entry))]


def _encode_position(position: Position) -> Any:
    return [list(position.variables), position.offset] if isinstance(position, Index) else position


def _encode_size(size: Size) -> Any:
    return _encode_name(size) if isinstance(size, Name) else size


def _encode_value(node: Term) -> Any:
    match node.op:
        case "number":
            if max(map(abs, node.value.as_integer_ratio())).bit_length() > _DIGITS * 3:
                raise UsageError(f"a number of more than {_DIGITS:,} digits is too long for a file")
            return str(node.value)
        case "symbol":
            return [_encode_name(node.name), [_encode_size(s) for s in node.shape]]
        case "identity" | "ones":
            return _encode_size(node.value)
        case "zero":
            return [_encode_size(s) for s in node.value]
        case "apply":
            return _encode_name(node.value)
        case "cases":
            return list(node.value)
        case "index":
            return _encode_position(node.value)
        case "sigma" | "pi":
            variable, lower, upper, *direction = node.value
            return [variable, _encode_position(lower), _encode_position(upper), *direction]
        case "derivative":
            return [_encode_name(node.value[0]), node.value[1]]
        case _:
            return node.value


def write_file(path: str | os.PathLike[str], parts: Iterable[str]) -> None:
    """Write a text file as it comes, whole or not at all: to a temporary file beside it, which then takes its name."""
    write_bytes(path, (part.encode() for part in parts))


def write_bytes(path: str | os.PathLike[str], parts: Iterable[bytes]) -> None:
    """Write a file as it comes, whole or not at all."""
    target = os.fspath(path)
    temporary = os.path.join(os.path.dirname(target), f".symnet-{os.getpid()}-{time.monotonic_ns()}")
    try:
        file = open(temporary, "xb")  # noqa: SIM115 (closed below; opening fails in its own ways)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {target}: {getattr(error, 'strerror', error)}") from None
    try:
        with file:
            file.writelines(parts)
        os.replace(temporary, target)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


# Reading.


def read_file(path: str | os.PathLike[str]) -> Derivation:
    """The derivation in a file that ``save`` wrote, or anybody else."""
    source = os.fspath(path)
    try:
        if not os.path.isfile(source):
            raise ParseError(f"{source}: {'not a file' if os.path.exists(source) else 'there is no such file'}")
        with open(source, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ParseError(f"{source}: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise ParseError(f"{source}: larger than {MAX_BYTES // 2**20} MiB")
    try:
        return loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ParseError(f"{source}: not UTF-8 at byte {error.start}") from None
    except ParseError as error:
        raise ParseError(f"{source}: {error}") from None


def loads(text: str) -> Derivation:
    """The derivation in a JSON text: the object itself, or the member ``"derivation"`` of a saved proof."""
    if not text.strip():
        raise ParseError("the file is empty")
    try:
        data = json.loads(text, parse_float=_Inexact, parse_constant=_Inexact, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ParseError(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ParseError("nested too deeply for a derivation") from None
    except ParseError:
        raise
    except ValueError:
        raise ParseError("a number has too many digits") from None
    if isinstance(data, dict) and "derivation" in data:
        data = data["derivation"]
    return decode(data)


class _Inexact:
    """A number with a decimal point or an exponent: fine in a summary, of no use in a derivation."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text[:40]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError("a member occurs twice in one object")
    return found


def decode(data: Any) -> Derivation:
    """A derivation from JSON data."""
    keys = {"format", "version", "terms", "definitions", "steps", "goals"}
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ParseError(f"not a {FORMAT}: the member 'format' should say so")
    if data.get("version") != VERSION or type(data["version"]) is not int:
        raise ParseError(f"version {_short(data.get('version'))} is not {VERSION}, the one this symnet reads")
    if set(data) != keys:
        raise ParseError(f"the members of a derivation are {', '.join(sorted(keys))}")
    terms: list[Term] = []
    for entry in _entries(data, "terms", lambda e: _term(e, terms)):
        terms.append(entry)  # noqa: PERF402 (each entry may refer to the earlier ones)
    return Derivation(
        tuple(_entries(data, "definitions", lambda e: Definition(*_pick(terms, e, 2)))),
        tuple(_entries(data, "steps", lambda e: _step(e, terms))),
        tuple(_entries(data, "goals", _natural)),
    )


def _entries(data: dict[str, Any], member: str, read: Callable[[Any], Entry]) -> Any:
    """Each entry of a list, read; a fault names the member and the position."""
    entries = data[member]
    if type(entries) is not list or len(entries) > MAX_ENTRIES:
        raise ParseError(f"{member} is not a list of at most {MAX_ENTRIES:,} entries")
    for index, entry in enumerate(entries):
        try:
            yield read(entry)
        except SymnetError as error:
            raise ParseError(f"{member}[{index}]: {error}") from None


def _term(entry: Any, earlier: list[Term]) -> Term:
    op, args, value = _list(entry, 3)
    if type(op) is not str:
        raise ParseError(f"{_short(op)} is not the name of an op")
    term = Term(op, tuple(_pick(earlier, args)), _value(op, value))
    if term.size > MAX_NODES:
        raise ParseError(f"a term of more than {MAX_NODES:,} nodes when written out")
    return term


def _value(op: str, value: Any) -> Any:
    match op:
        case "number":
            if type(value) is not str or not _RATIONAL.fullmatch(value):
                raise ParseError(f"{_short(value)} is not a ratio of whole numbers such as '-71/400'")
            return Fraction(value)
        case "symbol":
            name, shape = _list(value, 2)
            return _name(name), _shape(shape)
        case "identity" | "ones":
            return _size(value)
        case "zero":
            return _shape(value)
        case "apply":
            return _name(value)
        case "cases":
            return tuple(_list(value))
        case "index":
            return _position(value)
        case "sigma" | "pi":
            variable, lower, upper, *direction = _list(value, 3 if op == "sigma" else 4)
            return (variable, _position(lower), _position(upper), *direction)
        case "derivative":
            name, side = _list(value, 2)
            return _name(name), side
        case _:
            return value


def _name(value: Any) -> Name:
    base, layer, entry = _list(value, 3)
    return Name(base, _position(layer), tuple(map(_position, _list(entry))))


def _position(value: Any) -> Any:
    if type(value) is not list:
        return value
    variables, offset = _list(value, 2)
    return Index(tuple(_list(variables)), offset)


def _size(value: Any) -> Size:
    return _name(value) if type(value) is list else value


def _shape(value: Any) -> Shape:
    return tuple(_size(s) for s in _list(value))


def _step(entry: Any, terms: list[Term]) -> Step:
    rule, premises, picked = _list(entry, 3)
    if type(rule) is not str:
        raise ParseError(f"{_short(rule)} is not the name of a rule")
    return Step(rule, tuple(_natural(p) for p in _list(premises)), tuple(_pick(terms, picked)))


def _pick(terms: list[Term], positions: Any, count: int | None = None) -> list[Term]:
    found = []
    for position in _list(positions, count):
        if _natural(position) >= len(terms):
            raise ParseError(f"term {position} is not an earlier entry of the table")
        found.append(terms[position])
    return found


def _natural(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ParseError(f"{_short(value)} is not a whole number from 0")
    return value


def _list(value: Any, count: int | None = None) -> list[Any]:
    if type(value) is not list or (count is not None and len(value) != count):
        raise ParseError(f"{_short(value)} is not a list{'' if count is None else f' of {count}'}")
    return value


def _short(value: Any) -> str:
    if type(value) is _Inexact:
        return repr(value)
    return json.dumps(value)[:40] if type(value) in (str, bool, type(None)) else brief(value)
