"""The quotation lock: what stands in `quote:` was quoted there, in that paragraph, word for word.

Pure functions over a source's text; nothing here knows a dossier.

    source text ──text──▶ paragraphs, words ──marks──▶ quoted stretches ──find──▶ Found │ Missing, with the `nearest`
    Claim, Found, `lockfile` ──judge──▶ Verdict         summaries and short quotations ──sense──▶ warnings"""

from briefing.quotes.find import Found, Missing, find
from briefing.quotes.judge import Claim, Status, Verdict, judge, lock_entry
from briefing.quotes.lockfile import LockEntry, read_lock, write_lock
from briefing.quotes.marks import quoted
from briefing.quotes.sense import copied_words, cut_sense, hidden_quotations, lost_hedge, sentence
from briefing.quotes.text import SourceText, clean, paragraphs, read_source_text, same_words, text_hash

__all__ = [
    "Claim",
    "Found",
    "LockEntry",
    "Missing",
    "SourceText",
    "Status",
    "Verdict",
    "clean",
    "copied_words",
    "cut_sense",
    "find",
    "hidden_quotations",
    "judge",
    "lock_entry",
    "lost_hedge",
    "paragraphs",
    "quoted",
    "read_lock",
    "read_source_text",
    "same_words",
    "sentence",
    "text_hash",
    "write_lock",
]
