"""What a reader sees before opening the mail: the subject, and the line that mail programs show beside it."""

from __future__ import annotations

from digest.record import Digest, Item
from digest.words import count, listed, plain

SUBJECT_HEADLINE = 80
SUBJECT_LIMIT = 110
PREHEADER_LIMIT = 140


def subject(digest: Digest) -> str:
    """Return the subject: the news itself, on one line, at most `SUBJECT_LIMIT` characters."""
    return plain(_subject(digest), SUBJECT_LIMIT)


def preheader(digest: Digest) -> str:
    """Return the preview line; it goes on where the subject ends, with the news in its first 40 characters."""
    return plain(" ".join(_preheader(digest)), PREHEADER_LIMIT)


def _subject(digest: Digest) -> str:
    items = digest.items
    if items:
        others = len(items) + digest.more - 1
        return plain(items[0].headline, SUBJECT_HEADLINE) + (f" (and {others} more)" if others else "")
    if digest.corrections:
        return f"Correction: {plain(digest.corrections[0].headline, SUBJECT_HEADLINE)}"
    if digest.accounts:
        first = digest.accounts[0]
        return (
            f"{first.name} is {first.band.value} at {first.score}"
            if first.score
            else f"{first.name}: open flags"
        )
    return f"Quiet {_length(digest)}: nothing new concerns your accounts"


def _preheader(digest: Digest) -> list[str]:
    if digest.empty:
        watch = digest.watch
        return [
            f"{watch.reached} of {count(watch.sources, 'source')} seen, {watch.unreached} could not be reached."
        ]
    fallen = [account for account in digest.accounts if account.worsened]
    parts = [f"{a.name} {a.score_before} → {a.score}, now {a.band.value}." for a in fallen[:2]]
    items = digest.items
    if items and items[0].affected and not fallen:
        parts.append(f"Concerns {_names(items[0])}.")
    parts += [f"{item.headline.rstrip('.')}." for item in items[1:3]]
    if digest.corrections and items:
        parts.append(f"{count(len(digest.corrections), 'correction')}.")
    return parts or [line.text for line in digest.summary[:1]]


def _names(item: Item) -> str:
    return listed([account.name for account in item.affected], 2)


def _length(digest: Digest) -> str:
    return {"monthly": "month", "quarterly": "quarter"}.get(digest.kind.value, "week")
