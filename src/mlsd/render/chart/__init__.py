"""Pictures of numbers: a curve, and the blocks of a path in time; each as SVG and as Mermaid text for Markdown."""

from __future__ import annotations
