"""Check: rules over a dossier, an ordered list. A rule is a function that yields what breaks it, named like the rule.

What a single file says wrongly (its keys, kinds, names) the readers have said before; here is what its records say of
one another (`RULES`), of the texts of their sources (`TEXT_RULES`), and of the quotations (`lock`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from briefing.check.attendance import (
    citation_outside_accounts,
    country_not_present,
    joint_of_one_country,
    no_accounts,
    speaker_not_participant,
)
from briefing.check.briefs import (
    draft_in_brief,
    handling_label,
    handling_too_low,
    rests_outside_brief,
    stance_moved_on,
)
from briefing.check.dates import (
    as_of_too_early,
    context_after_source,
    due_before_meeting,
    meeting_after_account,
    weekday,
)
from briefing.check.evidence import Texts, copied_words, hedge_lost, no_such_paragraph, translation
from briefing.check.names import same_file, same_surname
from briefing.check.style import gist_length, hidden_quotation, judged_fact, stance_by_gloss, topic_label
from briefing.diagnostics import Diagnostic
from briefing.lock import Verification
from briefing.model import Dossier

RULES: tuple[Callable[[Dossier], Iterable[Diagnostic]], ...] = (
    speaker_not_participant,
    country_not_present,
    joint_of_one_country,
    weekday,
    meeting_after_account,
    due_before_meeting,
    context_after_source,
    as_of_too_early,
    same_surname,
    same_file,
    topic_label,
    gist_length,
    stance_by_gloss,
    judged_fact,
    hidden_quotation,
    translation,
    no_accounts,
    citation_outside_accounts,
    handling_label,
    handling_too_low,
    rests_outside_brief,
    draft_in_brief,
    stance_moved_on,
)
TEXT_RULES: tuple[Callable[[Dossier, Texts], Iterable[Diagnostic]], ...] = (no_such_paragraph, copied_words, hedge_lost)


def check(dossier: Dossier, verification: Verification) -> tuple[Diagnostic, ...]:
    """Say everything that is wrong in a dossier, rule by rule."""
    return (
        *(found for rule in RULES for found in rule(dossier)),
        *verification.diagnostics,
        *(found for rule in TEXT_RULES for found in rule(dossier, verification.paragraphs)),
    )
