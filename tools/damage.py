"""Damage to files: what people and strangers type, what programs stumble over, what another program saves.

`damage` takes its decisions from a `Random`, whoever is behind it: hypothesis, or a number that atheris gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Chance = random.Random
Way = Callable[[Chance, bytes, Sequence[str]], bytes]

SIGNS = (
    *"<>&\"'`{}[]()*\\|#@!%:-?,.=~^_\t\r\n\0\x85\x1b/;$+0",
    *"\u00a0\u2028\u2029\u202e\u2066\ufeff\ufdd0\ufdd2\ufffe\U0001f600\u0645\u200d\u0301\u00ad\u2212\u0130\u1e9e\u3000",
    *"“”‘’«…—²٣",
    *("- - - - ", ">-\n", "|\n", "? ", "---\n", "...\n", "&a ", "<<: *a", "a" * 300, "가" * 50, "https://" + "a" * 400),
    *"""{{ }} {% {# ]]> <!-- --> <![CDATA[ &amp; &#0; &#xD800; *a !!python/object:os.system =cmd() %s %n ../
    /etc/passwd con \\x00 "\\ud800" NO null ~ yes 1e999 -1 99999999999999999999 0x10 2031-02-30 0000-00-00 9999-12-31
    24:00 __class__ [x](http://y) ** *** unknown all none US KR quotas harbour-2031 [...] {a:{""".split(),
    *("harbour-2031 para 0", "harbour-2031 para 9999999999"),
)
JINJA = r"""
{{ brief }}
{{ brief.title }}
{{ brief.__class__ }}
{{ self }}
{{ 9 ** 9 ** 9 }}
{{ 1 // 0 }}
{{ 'a' * 9 }}
{{ [1] * 9 }}
{{ '%999999999d' % 1 }}
{{ '{:>9}'.format(1) }}
{{ x | e }}
{{ brief.title | join('x') }}
{{ brief.title | replace('', 'x') }}
{{ brief.title | int }}
{{ brief | sort }}
{{ brief | groupby('x') }}
{{ 1 | slice(0) | list }}
{{ 'a'.join }}
{{ {} [[]] }}
{% for x in brief %}
{% endfor %}
{% if brief %}
{% endif %}
{% raw %}
{% include '/etc/passwd' %}
{% include 'parts.html.jinja' %}
{% import 'x' as y %}
{% extends 'policy-brief.html.jinja' %}
{% set x = x %}
{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
{% call m() %}{% endcall %}
<p>
</p>
<h1>
<td>
<table title="x">
<a href="#x">
<note ref="x"></note>
<br/>
<script>
<p id="x">
""".strip().splitlines()
PROSE = ("*", "**", "[", "](http://a.b)", "\\", "word ", "a")


def damage(chance: Chance, data: bytes, signs: Sequence[str] = SIGNS) -> bytes:
    """Change a text in one to four places, by bytes or by lines."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(_WAYS)(chance, data, signs)
    return data


def damage_line(chance: Chance, data: bytes, signs: Sequence[str]) -> bytes:
    """Change a line of text in one to forty places: cut, and insert."""
    for _ in range(chance.randrange(1, 40)):
        data = chance.choice((_cut, _insert, _insert, _insert))(chance, data, signs)
    return data


def damage_binary(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    """Change single bytes, mostly at the beginning, where tables are listed, and cut the end off."""
    changed = bytearray(data)
    for _number in range(chance.choice((0, 1, 8, 200)) if changed else 0):
        changed[chance.choice((chance.randrange(min(400, len(changed))), chance.randrange(len(changed))))] = (
            chance.randrange(256)
        )
    kept = chance.choice((len(data), len(data), chance.randrange(len(data) + 1), chance.randrange(600)))
    return bytes(changed[:kept])


def _span(chance: Chance, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 2, 5, 30, 400)))


def _cut(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:start] if chance.randrange(5) == 0 else data[:start] + data[end:]


def _flip(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + chance.randbytes(end - start if chance.randrange(3) == 0 else 1) + data[start + 1 :]


def _insert(chance: Chance, data: bytes, signs: Sequence[str]) -> bytes:
    start, _ = _span(chance, data)
    return data[:start] + chance.choice(signs).encode() * chance.choice((1, 1, 1, 3, 70)) + data[start:]


def _double(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _line(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    """Take a line out, move it, double it, or move it to the right or left."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    place = chance.randrange(len(lines))
    line = lines.pop(place)
    match chance.randrange(5):
        case 0:
            lines.insert(chance.randrange(len(lines) + 1), line)
        case 1:
            lines[place:place] = [line, line]
        case 2:
            lines.insert(place, b" " * chance.randrange(1, 9) + line)
        case 3:
            lines.insert(place, line[chance.randrange(1, 5) :])
    return b"".join(lines)


def _value(chance: Chance, data: bytes, signs: Sequence[str]) -> bytes:
    """Put another value behind a colon or an equals sign: a sign of ours, or the value of another line."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    sign = b"=" if b"=" in lines[place] else b":"
    key, colon, _ = lines[place].partition(sign)
    value = lines[other].partition(sign)[2] if chance.randrange(5) < 2 else b" " + chance.choice(signs).encode() + b"\n"
    lines[place] = key + colon + value
    return b"".join(lines)


def _encode(chance: Chance, data: bytes, _: Sequence[str]) -> bytes:
    """Save it as another program would; mostly leave it as it is."""
    match chance.randrange(12):
        case 0:
            return data.decode(errors="replace").encode("utf-16")
        case 1:
            return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
        case 2:
            return data.decode(errors="replace").encode("cp1252", errors="replace")
        case 3:
            return b""
    return data


_WAYS: tuple[Way, ...] = (_cut, _flip, _insert, _insert, _double, _line, _line, _value, _value, _value, _encode)
