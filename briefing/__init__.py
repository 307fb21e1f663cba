"""Briefing turns structured summaries of meetings into a policy brief: a PDF to hand out, a Word file to edit.

How data flows, each step named after the module that does it:

    sources/*.yaml ──readers──▶ Dossier ──check, quotes──▶ Diagnostics
                                   │
                                compare ──▶ Comparison      who stands where, on what, since when
                                   │            │
    templates/ ─────────────── compose ◀────────┘
                                   │
                                Document ──writers──▶ .pdf  .docx ──readers──▶ Document
                                   └───────────────── twins ─────────────────────┘

Four nouns: Dossier (`model`, the facts), Comparison (`compare`), Document (`document`, the page before it is PDF or
Word), Diagnostic (`diagnostics`: what is wrong, where, and what to do). `build` is the pipeline in order, `cli` what a
user types. Below them all: `files` (the one place that meets the disk's faults), `shipped` (where templates, the
example dossier and the fonts are), `anchor` (the mark that leads from a printed field back to its source)."""

__version__ = "0.1.0"
