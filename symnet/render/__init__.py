"""From what the kernel has just checked to what a person reads: Unicode text, LaTeX and Markdown.

A printer never invents a line: every formula comes from a term that was replayed, every reason from its step.
"""

from symnet.render.blocks import Fact, Page
from symnet.render.expanded import expanded_parts
from symnet.render.expression import claim_text, equation_latex, equation_text, latex, text
from symnet.render.formats import (
    latex_document,
    latex_fragment,
    latex_parts,
    markdown,
    markdown_parts,
    plain,
    plain_parts,
)
from symnet.render.polynomial import polynomial_lines
from symnet.render.short import introduced, latex_summary, parts, printer, statement, summary
from symnet.render.wording import Formula

__all__ = [
    "Fact",
    "Formula",
    "Page",
    "claim_text",
    "equation_latex",
    "equation_text",
    "expanded_parts",
    "introduced",
    "latex",
    "latex_document",
    "latex_fragment",
    "latex_parts",
    "latex_summary",
    "markdown",
    "markdown_parts",
    "parts",
    "plain",
    "plain_parts",
    "polynomial_lines",
    "printer",
    "statement",
    "summary",
    "text",
]
