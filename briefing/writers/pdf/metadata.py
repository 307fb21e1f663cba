"""What a file says of itself: information dictionary, XMP packet (ISO 16684-1), output intent, viewer preferences.

The XMP identifies the file as PDF/UA-1 and PDF/A-3a. PDF/A-3 asks that the property pdfuaid:part, which it does not
know, be described in the packet itself (ISO 19005-3, 6.6.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from briefing import files
from briefing.document import Properties
from briefing.writers.pdf.file import Stream, TaggedDocument, set_entry
from briefing.writers.pdf.source import text_string

_PROFILE = Path(__file__).with_name("srgb.icc")
_PROFILE_LIMIT = 100_000  # bytes
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

_EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{_NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def describe(document: TaggedDocument, properties: Properties, producer: str) -> str:
    """Put metadata, output intent and viewer preferences into the catalog; returns the information dictionary."""
    profile = document.add(Stream("/N 3", files.read_bytes(_PROFILE, _PROFILE_LIMIT)))
    set_entry(
        document.Catalog,
        "OutputIntents",
        "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile}>>]",
    )
    packet = Stream("/Type/Metadata/Subtype/XML", xmp(properties, producer).encode(), packed=False)
    set_entry(document.Catalog, "Metadata", packet)
    set_entry(document.Catalog, "MarkInfo", "<</Marked true>>")
    set_entry(document.Catalog, "ViewerPreferences", "<</DisplayDocTitle true>>")
    return _information(properties, producer)


def _information(properties: Properties, producer: str) -> str:
    date = f"D:{properties.created:%Y%m%d}000000Z"
    entries = {
        "Title": properties.title,
        "Author": properties.author,
        "Subject": properties.subject,
        "Keywords": properties.keywords,
        "Handling": properties.handling,
        "Version": properties.version,
        "Creator": producer,
        "Producer": producer,
        "CreationDate": date,
        "ModDate": date,
    }
    return "<<" + "".join(f"/{key}{text_string(value)}" for key, value in entries.items() if value) + ">>"


def xmp(properties: Properties, producer: str) -> str:
    """Write the XMP packet; its values agree with the information dictionary, as PDF/A asks."""
    date = f"{properties.created:%Y-%m-%d}T00:00:00Z"
    namespaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    elements = (
        _element("pdfaid:part", "3"),
        _element("pdfaid:conformance", "A"),
        _element("pdfuaid:part", "1"),
        _element("dc:format", "application/pdf"),
        _array("dc:title", "Alt", [properties.title], ' xml:lang="x-default"'),
        _array("dc:creator", "Seq", [properties.author]),
        _array("dc:description", "Alt", [properties.subject], ' xml:lang="x-default"'),
        _array("dc:language", "Bag", [properties.language]),
        _element("pdf:Keywords", properties.keywords),
        _element("pdf:Producer", producer),
        _element("xmp:CreatorTool", producer),
        _element("xmp:CreateDate", date),
        _element("xmp:ModifyDate", date),
        _EXTENSION,
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{namespaces}>\n' + "\n".join(filter(None, elements)) + "\n</rdf:Description>"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value, quote=False)}</{name}>" if value else ""


def _array(name: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
    items = "".join(f"<rdf:li{attribute}>{escape(value, quote=False)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
