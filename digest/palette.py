"""The colours of a mail, light and dark. Every text colour has a contrast of at least 4.5:1 on its ground (tested)."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#eef1f4",
    "card": "#ffffff",
    "ink": "#1a2430",
    "mute": "#55616e",
    "accent": "#0b5a8c",
    "line": "#dfe4e9",
    "lost": "#aebac6",
    "soft": "#f3f7fa",
    "red": "#9b1c1c",
    "red_ground": "#fdeaea",
    "yellow": "#744700",
    "yellow_ground": "#fdf0cf",
    "amber": "#c98500",
    "green": "#17603a",
    "green_ground": "#e2f3e8",
    "grey": "#4a5561",
    "grey_ground": "#e8ecf0",
}

DARK: Mapping[str, str] = {
    "page": "#0f141a",
    "card": "#19212a",
    "ink": "#e8ecf0",
    "mute": "#a8b3be",
    "accent": "#83bdea",
    "line": "#323d49",
    "lost": "#5d6b79",
    "soft": "#212c37",
    "red": "#ffb7b1",
    "red_ground": "#4b2022",
    "yellow": "#ffdb8f",
    "yellow_ground": "#44350f",
    "amber": "#e0a93b",
    "green": "#a3e2bb",
    "green_ground": "#173b28",
    "grey": "#c6ced6",
    "grey_ground": "#323c47",
}

#: Which text colours stand on which ground.
PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "mute", "accent") for ground in ("card", "soft", "page")),
    *((band, f"{band}_ground") for band in ("red", "yellow", "green", "grey")),
    *((band, "card") for band in ("red", "yellow", "green", "grey")),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
