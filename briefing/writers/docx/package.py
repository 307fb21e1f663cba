"""The package: python-docx opens the base document and holds its parts, relationships and properties."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time
from typing import cast

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from briefing import opc
from briefing.document import Properties
from briefing.writers.docx.elements import clean, element, part

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

# The least that python-docx opens. Its own template would bring 164 styles, a thumbnail and another author's name.
_BASE = opc.write_package(
    {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE.WML_DOCUMENT_MAIN}"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONSHIP_TYPE.OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": part("document", (element("body"),)),
    }
)

# The parts that the main part relates to, one of a kind, in the order of their relationships.
_RELATED = {
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "endnotes": (CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES),
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "theme": (CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
}
_DESCRIBING = {
    "app": (CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES),
    "custom": (CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES),
}


def relationship(kind: str) -> str:
    """Name the relationship of the main part to its one part of a kind (`header`)."""
    return f"rId{list(_RELATED).index(kind) + 1}"


class Links:
    """The relationships of one part to addresses outside, one for each address."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def relate(self, address: str) -> str:
        """Give the relationship to an address."""
        return self._names.setdefault(address, f"link{len(self._names) + 1}")

    def add_to(self, holder: Part) -> None:
        """Give the part its relationships. Under names of ours: python-docx would search them all for each new one."""
        for address, name in self._names.items():
            holder.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)


def pack(parts: Mapping[str, bytes], links: Mapping[str, Links], properties: Properties) -> bytes:
    """Pack the parts of a file, given by kind (`document`, `header`, `app` ...), with the links of those with text.

    The file is stamped, and the same to the byte for the same parts."""
    word = docx.Document(io.BytesIO(_BASE))
    main, package = word.part, word.part.package
    _set_core_properties(word, properties)
    for kind, (content_type, related) in _RELATED.items():
        added = Part(PackURI(f"/word/{kind}.xml"), content_type, parts[kind], package)
        main.load_rel(related, added, relationship(kind))
        if kind in links:
            links[kind].add_to(added)
    links["document"].add_to(main)
    for kind, (content_type, related) in _DESCRIBING.items():
        package.relate_to(Part(PackURI(f"/docProps/{kind}.xml"), content_type, parts[kind], package), related)
    return _save(word, parts["document"])


def _set_core_properties(word: WordDocument, properties: Properties) -> None:
    """Write the core properties (ECMA-376 part 2, 11); both dates are the brief's, never the clock's."""
    core = word.core_properties
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
    described = cast("XmlPart", word.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES))
    for name, text in texts.items():  # past the properties of python-docx, which take no more than 255 characters
        getattr(described.element, f"get_or_add_{name}")().text = clean(text)


def _save(word: WordDocument, document: bytes) -> bytes:
    """Pack what python-docx holds, but for the main part, whose body there is the empty one of the base."""
    package = word.part.package
    types = [f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>']
    blobs = {"_rels/.rels": package.rels.xml}
    for held in sorted(package.iter_parts(), key=lambda held: str(held.partname)):
        types.append(f'<Override PartName="{held.partname}" ContentType="{held.content_type}"/>')
        blobs[held.partname.membername] = document if held is word.part else held.blob
        if held.rels:
            blobs[held.partname.rels_uri.membername] = held.rels.xml
    blobs["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types">{"".join(types)}</Types>'.encode()
    return opc.write_package(opc.stamp(blobs))
