"""From what the kernel has just checked to what a person reads: Unicode text, LaTeX and Markdown.

A printer never invents a line: every formula comes from a term that was replayed, every reason from its step.
"""

from symnet.render.expression import claim_text, equation_latex, equation_text, latex, text
from symnet.render.formats import latex_document, latex_fragment, markdown, plain
from symnet.render.page import Page
from symnet.render.short import introduced, latex_summary, parts, printer, statement, summary

__all__ = [
    "Page",
    "claim_text",
    "equation_latex",
    "equation_text",
    "introduced",
    "latex",
    "latex_document",
    "latex_fragment",
    "latex_summary",
    "markdown",
    "parts",
    "plain",
    "printer",
    "statement",
    "summary",
    "text",
]
