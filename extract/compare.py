"""Two documents of one source to the difference that a reader would call one.

Equal blocks go first, then re-wrapped text, then each rule of noise takes what it explains, with its name. What is left
is reported: whole block texts and the facts they hold.
"""

from __future__ import annotations

from extract.comparing.align import align
from extract.comparing.attention import attend
from extract.comparing.capture import failed_side, is_in_other_language
from extract.comparing.decorations import take_decorations, take_heads
from extract.comparing.gates import take_gated
from extract.comparing.gauges import take_gauges
from extract.comparing.imprint import take_imprints
from extract.comparing.limits import join_features
from extract.comparing.little import date_policy, name_noise, take_bare_noise, take_copies, take_edits
from extract.comparing.live_figures import take_figures
from extract.comparing.margin_changes import margin_changes, mark_changes
from extract.comparing.materiality import take_beside
from extract.comparing.rearranged import take_rearranged
from extract.comparing.redesign import take_redesign, was_redesigned
from extract.comparing.rewritten import take_rewritten
from extract.comparing.stages import take_stages
from extract.comparing.tallies import take_tallies
from extract.comparing.told_facts import told_facts
from extract.comparing.turns import take_known, take_openings, take_over, take_turns
from extract.comparing.work import Work, texts_of
from extract.document import CompareOptions, Document
from store.kinds import BlockKind, PageType
from store.records import Difference, Suppressed

OTHER_LANGUAGE = "other language"


def compare_documents(
    before: Document,
    after: Document,
    options: CompareOptions = CompareOptions(),  # noqa: B008
) -> Difference:
    """Return what is new, gone or different between two captures of one page, and what was noise and why."""
    page_type = after.page_type if after.page_type is not PageType.GENERIC else before.page_type
    if is_in_other_language(before, after):
        return _failed(page_type, before, after, "after", OTHER_LANGUAGE)
    if side := failed_side(before, after):
        return _failed(page_type, before, after, side)
    alignment = align(before.blocks, after.blocks)
    work = Work(added=list(alignment.added), removed=list(alignment.removed))
    dated = name_noise(work, alignment.equal)
    work.suppressed += [Suppressed(reason="re-wrapped", after=block.text) for block in alignment.rewrapped]
    if alignment.moved:
        work.suppressed.append(Suppressed(reason="reordered list"))
    _take_state(work, before, after)
    take_imprints(work)
    take_rearranged(work, before, after)
    take_heads(work, alignment, before, after)
    take_decorations(work)
    take_copies(work, before, after)
    take_known(work, options, (*before.facts, *after.facts))
    take_turns(work, options, before, after)
    take_bare_noise(work)
    take_gated(work)
    take_gauges(work, page_type)
    take_figures(work, page_type)
    take_over(work, before, after, options)
    take_rewritten(work)
    take_edits(work, before, after, page_type)
    take_tallies(work, page_type)
    take_stages(work, alignment.equal)
    take_openings(work, page_type)
    if page_type is PageType.POLICY and (work.added or work.removed):
        date_policy(work, dated)
    facts = join_features(
        take_redesign(work, list(told_facts(work, before, after)), before, after, page_type)
    )
    facts = take_beside(work, facts, before, after, page_type, options.threshold.beside)
    work.suppressed += margin_changes(before, after)
    if not (work.added or work.removed or facts or was_redesigned(work)):
        work.suppressed += mark_changes(before, after, quiet=not work.suppressed)
    difference = Difference(
        page_type=page_type,
        added=texts_of(work.added),
        removed=texts_of(work.removed),
        facts=tuple(facts) if work.added or work.removed else (),
        suppressed=tuple(dict.fromkeys(work.suppressed)),
    )
    return attend(difference, before.blocks, after.blocks, options)


def _take_state(work: Work, before: Document, after: Document) -> None:
    """Take the state of scripts where only one capture was read from it: the other shows its page drawn."""
    sides = [any(block.kind is BlockKind.STATE for block in side.blocks) for side in (before, after)]
    if sides[0] is sides[1] or not (before.blocks and after.blocks):
        return
    for block in [block for block in (*work.removed, *work.added) if block.kind is BlockKind.STATE]:
        work.drop("markup", block if sides[0] else None, block if sides[1] else None)


def _failed(
    page_type: PageType, before: Document, after: Document, side: str, reason: str = ""
) -> Difference:
    failed = before if side == "before" else after
    text = " ".join(block.text for block in failed.blocks)[:300]
    half = not failed.complete and len(failed.blocks) > 5
    reason = reason or ("half page" if half else "failed capture")
    sides = {side: text}
    return Difference(page_type=page_type, suppressed=(Suppressed(reason=reason, **sides),))
