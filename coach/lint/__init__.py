"""Finds what is wrong with cards beyond their schema."""

from coach.lint.rules import Finding, lint, lint_own

__all__ = ["Finding", "lint", "lint_own"]
