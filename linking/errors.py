"""What linking raises.

InputError
└── EvaluationError      a folder of labelled cases cannot be read
"""

from __future__ import annotations

from config.errors import InputError


class EvaluationError(InputError):
    """A folder of labelled cases cannot be read; the message names the file and the line."""
