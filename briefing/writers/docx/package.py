"""The package: python-docx opens the base document and holds its parts, relationships and properties."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import cast

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from briefing import opc
from briefing.document import Properties
from briefing.writers.docx.elements import clean, declarations

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

# The least that python-docx opens. Its own template would bring 164 styles, a thumbnail and another author's name.
_BASE = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
    f'<Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE.WML_DOCUMENT_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONSHIP_TYPE.OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f"<w:document {declarations()}><w:body/></w:document>",
}

_KINDS = {
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "theme": (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    "app": (CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES),
    "custom": (CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES),
}


def open_base() -> WordDocument:
    """Open the base document: one empty body."""
    return docx.Document(io.BytesIO(opc.write_package({name: text.encode() for name, text in _BASE.items()})))


def add_part(document: WordDocument, kind: str, content: BaseOxmlElement | bytes) -> tuple[Part, str]:
    """Add a part of a kind there is one of in a file; give it and its relationship to the main part."""
    content_type, relationship = _KINDS[kind]
    package, name = document.part.package, PackURI(f"/word/{kind}.xml")
    if isinstance(content, bytes):
        part = Part(name, content_type, content, package)
    else:
        part = XmlPart(name, content_type, content, package)
    return part, document.part.relate_to(part, relationship)


def add_properties(document: WordDocument, kind: str, content: bytes) -> None:
    """Add a part that says something of the file (`app`, `custom`)."""
    content_type, relationship = _KINDS[kind]
    package = document.part.package
    package.relate_to(Part(PackURI(f"/docProps/{kind}.xml"), content_type, content, package), relationship)


def set_core_properties(document: WordDocument, properties: Properties) -> None:
    """Write the core properties (ECMA-376 part 2, 11); both dates are the brief's, never the clock's."""
    core = document.core_properties
    core.created = core.modified = datetime.combine(properties.created, time())
    texts = {
        "title": properties.title,
        "creator": properties.author,
        "lastModifiedBy": properties.author,
        "subject": properties.subject,
        "keywords": properties.keywords,
        "language": properties.language,
        "version": properties.version,
    }
    part = cast("XmlPart", document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES))
    for name, text in texts.items():  # past the properties of python-docx, which take no more than 255 characters
        getattr(part.element, f"get_or_add_{name}")().text = clean(text)


class Links:
    """The relationships of one part to addresses outside, one for each address."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._known: dict[str, str] = {}

    def relate(self, address: str) -> str:
        """Give the relationship to an address. python-docx would search them all for each new one."""
        if address not in self._known:
            name = self._known[address] = f"link{len(self._known) + 1}"
            self._part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
        return self._known[address]


def save(document: WordDocument) -> bytes:
    """Pack the parts, stamped: the same document gives the same bytes in every run."""
    package = document.part.package
    types = [f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>']
    blobs = {"_rels/.rels": package.rels.xml}
    for part in sorted(package.iter_parts(), key=lambda part: str(part.partname)):
        types.append(f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>')
        blobs[part.partname.membername] = part.blob
        if part.rels:
            blobs[part.partname.rels_uri.membername] = part.rels.xml
    blobs["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types">{"".join(types)}</Types>'.encode()
    return opc.write_package(opc.stamp(blobs))
