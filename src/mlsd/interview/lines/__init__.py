"""The one-line notations of the interview: `ranker: ranking, online` and thirty others, read and written back.

Pure text to plain data and back; nothing here knows a terminal or a file.
"""

from __future__ import annotations

from mlsd.interview.lines import ab_test, agent, data, deploy, llm, metrics, model, pipeline, problem
from mlsd.interview.lines.line import Line

LINES: dict[str, Line] = {
    line.name: line
    for stage in (problem, metrics, data, pipeline, model, llm, agent, deploy, ab_test)
    for line in stage.LINES
}
"""Every notation by its name."""

__all__ = ["LINES", "Line"]
