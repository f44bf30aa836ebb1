"""Words of closed sets that configuration files may hold and that stages above define.

`store.kinds` has the same words as enums; a test holds the two together, because imports point down only.
"""

from __future__ import annotations

#: What a signal may be about, in the order in which people read them; ``none`` cannot be subscribed to.
CATEGORIES = (
    "launch",
    "pricing",
    "leadership",
    "partnership",
    "event",
    "regulatory",
    "media",
    "hiring",
    "finance",
    "acquisition",
    "expansion",
    "customer",
    "positioning",
)

#: The reasons of an exposure whose weights ``linking.weights`` may set.
REASON_CODES = (
    "named",
    "their_customer",
    "rival_present",
    "product_overlap",
    "same_market",
    "stakeholder_moved",
)
