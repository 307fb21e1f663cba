"""Invented articles with the shapes of real ones."""

from __future__ import annotations

from briefing.quotes import paragraphs

ARTICLE = """\
(2nd LD) Harbour envoy says ‘gravely troubled’ by the closing of the strait

The envoy of the islands called the visit a "very useful" step on Monday and said he was "gravely troubled"
by the delays, which the mainland can't explain.

"We will not hesitate in raising tariffs," Lee Won said. "Nobody can deny that it is a non-starter."

"These deliveries ... will prolong the shortage," Ana Park told reporters.

Ana Park (L), envoy of the islands, greets Lee Won at the harbour office on May 3, 2031. (Harbour News)

Ana Park (L), envoy of the islands, greets Lee Won at the harbour office on May 3, 2031. (Harbour News)

Officials said the suspected shipment of 1,000 crates weighs on the talks.

"It hurts our security, too. We will keep working together, and we are deeply concerned

Lee vowed to act "without conditions" and spoke of a "so-called 'grey fleet' of tankers."

大臣は「恒久的な停戦が必要ではない」と述べた。 Le ministre a parlé d’« une paix durable » hier.

He said 'our allies' interests,' in the '90s, were 'better' served.
"""
PARAGRAPHS = paragraphs(ARTICLE)
