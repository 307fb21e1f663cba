"""Ask a YAML language server what an editor would show: `python .ci/editor.py SERVER MEETING...`.

Each meeting names its schema in its first line, as every generated file does. The server speaks to us as to an editor:
JSON messages over its standard input and output, after the Language Server Protocol 3.17. A sound meeting must come
out without a complaint; in it a key and a stance must be completed, a key with its help, and a misspelt key and a wrong
stance must be marked, on their lines. Prints what is wrong as JSON, file by file."""

from __future__ import annotations

import itertools
import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

Message = Mapping[str, Any]

PATIENCE = 60  # seconds that the server may take for an answer; it takes one or two for the first
MISSPELT, WRONG = "sumary", "opose"


class Editor:
    """An editor in conversation with a language server."""

    def __init__(self, server: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._ids = itertools.count(1)
        self._inbox: queue.Queue[Message | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        snippets = {"completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}}
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={"textDocument": snippets})
        self._send({"method": "initialized", "params": {}})

    def close(self) -> None:
        """Say goodbye; a server that does not go is ended."""
        self._send({"method": "exit"})
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def ask(self, method: str, **params: object) -> Any:
        """Put a question; its answer. Raises TimeoutError where none comes."""
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": params})
        return self._await(lambda message: message.get("id") == number and "method" not in message)["result"]

    def open(self, name: str, text: str) -> list[Message]:
        """Open a file as an editor would, with this text; what the server marks in it."""
        document = {"uri": name, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        marked = self._await(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == name
        )
        found: list[Message] = marked["params"]["diagnostics"]
        return found

    def completions(self, name: str, line: int, column: int) -> dict[str, str]:
        """Ask what could stand at a place; each with its help."""
        place = {"line": line, "character": column}
        answer = self.ask("textDocument/completion", textDocument={"uri": name}, position=place)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {item["label"]: _text(item.get("documentation", "")) for item in items}

    def _send(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = _open(self._process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        pipe.flush()

    def _listen(self) -> None:
        pipe = _open(self._process.stdout)
        while header := pipe.readline():
            length = int(header.split(b":")[1])
            while pipe.readline().strip():
                pass
            self._inbox.put(json.loads(pipe.read(length)))
        self._inbox.put(None)

    def _await(self, wanted: Any) -> Message:
        """Read on until a wanted message comes; what the server asks meanwhile has an empty answer."""
        while True:
            try:
                message = self._inbox.get(timeout=PATIENCE)
            except queue.Empty as silence:
                raise TimeoutError("the language server does not answer") from silence
            if message is None:
                raise TimeoutError("the language server has ended")
            if wanted(message):
                return message
            if "id" in message and "method" in message:
                asked = message.get("params") or {}
                self._send({"id": message["id"], "result": [None for _ in asked.get("items", ())]})


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("a pipe to the language server is missing")
    return pipe


def _text(documentation: str | Message) -> str:
    return documentation if isinstance(documentation, str) else str(documentation["value"])


def faults(editor: Editor, file: Path) -> Iterator[str]:
    """What is missing when a meeting is written with this server, or marked though it is sound."""
    text = file.read_text(encoding="utf-8")
    for marked in editor.open(file.as_uri(), text):
        yield f"line {marked['range']['start']['line'] + 1}: {marked['message']}"
    stance = re.search(r"^ +stance: (\w+)$", text, re.MULTILINE)
    summary = re.search(r"^ +(summary):", text, re.MULTILINE)
    if not text.startswith("# yaml-language-server: $schema=") or stance is None or summary is None:
        yield "not a meeting to try an editor with: it needs its schema line, a summary and a stance"
        return
    yield from unmarked(editor, file, text, summary.span(1), MISSPELT)
    yield from unmarked(editor, file, text, stance.span(1), WRONG)
    yield from incomplete(editor, file, text, stance.span(1), "", {"support", "oppose", "unclear"})
    key = (stance.start() + stance[0].index("stance"), stance.end())
    yield from incomplete(editor, file, text, key, "sta", {"stance"})


def changed(text: str, span: tuple[int, int], new: str) -> tuple[str, int, int]:
    """Put other words in a place; the text, and line and column behind the new words."""
    head = text[: span[0]] + new
    return head + text[span[1] :], head.count("\n"), len(head) - head.rfind("\n") - 1


def unmarked(editor: Editor, file: Path, text: str, span: tuple[int, int], wrong: str) -> Iterator[str]:
    """Write something wrong, and complain if the server does not mark its line."""
    text, line, _ = changed(text, span, wrong)
    marked = editor.open(f"{file.as_uri()[: -len('.yaml')]}-{wrong}.yaml", text)
    if line not in [each["range"]["start"]["line"] for each in marked]:
        yield f"{wrong!r} in line {line + 1} is not marked"


def incomplete(
    editor: Editor, file: Path, text: str, span: tuple[int, int], typed: str, wanted: set[str]
) -> Iterator[str]:
    """Begin to type, and complain if the server does not offer what is wanted, or a key without its help."""
    text, line, column = changed(text, span, typed)
    name = f"{file.as_uri()[: -len('.yaml')]}-typing-{typed or 'value'}.yaml"
    editor.open(name, text)
    offered = editor.completions(name, line, column)
    if missing := sorted(wanted - offered.keys()):
        yield f"line {line + 1}, behind {typed or 'the key'!r}: no completion {', '.join(missing)}"
    elif typed and not all(offered[each] for each in wanted):
        yield f"line {line + 1}: completed without its help"


def main(server: str, names: list[str]) -> None:
    files = [Path(name).resolve() for name in names]
    editor = Editor(server, files[0].parent)
    try:
        print(json.dumps({str(file): list(faults(editor, file)) for file in files}))
    finally:
        editor.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
