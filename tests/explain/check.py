#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the explanations of the diagnoses: that each has its page in each language, in one form, and that
its fragments of programs compile.

    check.py ROOT     ROOT: of the repository; CC: the C compiler (cc where it is not set)

A fragment is the same code in every language, comments apart; so one language's are compiled.
"""
import concurrent.futures
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tokenize
import unicodedata
import warnings

LANGUAGES = ["en", "id"]
WIDEST = 80  # columns
LONGEST = 20  # lines of a fragment
SECONDS = 120  # for one run of the compiler
FLAGS = ["-std=gnu17", "-Wall", "-Wextra", "-Wno-unused-function", "-Werror", "-fsyntax-only"]

C_PRELUDE = "".join(
    f"#include <{header}>\n"
    for header in """
        arpa/inet.h ctype.h errno.h netdb.h netinet/in.h poll.h pthread.h signal.h stdbool.h stddef.h
        stdint.h stdio.h stdlib.h string.h sys/socket.h sys/types.h sys/un.h sys/wait.h time.h unistd.h
    """.split()
)
PYTHON_PRELUDE = "import os, select, signal, socket, struct, subprocess, sys, threading"

# what a section holds, its heading in each language
TEXT, ITEMS = "text", "items"
MEANS = (TEXT, ["What it means", "Artinya"])
WIRE = ("wire", ["On the wire", "Di jaringan"])
WHY = (TEXT, ["Why it happens", "Penyebabnya"])
READ_ON = (ITEMS, ["Read on", "Bacaan lanjutan"])
# The wrong and the right fragment, by the name of their fence.
FRAGMENTS = {
    "c": ["in C", "dalam C"],
    "python": ["in Python", "dalam Python"],
    "make": ["in a Makefile", "dalam Makefile"],
    "yaml": ["in submission.yaml", "dalam submission.yaml"],
}
JUDGED = [["Wrong", "Salah"], ["Right", "Benar"]]

USUAL = ["c", "python"]
# The diagnoses that make no sense in one of these languages.
UNUSUAL = {
    "build-failed": ["make"],
    "no-such-program": ["yaml"],
    "crashed": ["c"],
    "memory-error": ["c"],
    "uncaught-exception": ["python"],
    "forbidden": [],
}

problems = []


def complain(page, line, text):
    problems.append(f"{page}:{line}: {text}" if line else f"{page}: {text}")


class Fragment:
    def __init__(self, page, line, fence, text):
        self.page, self.line, self.fence, self.text = page, line, fence, text


class Section:
    """A heading and what stands below it: plain lines, and blocks between fences."""

    def __init__(self, heading, line):
        self.heading, self.line = heading, line
        self.plain, self.blocks = [], []


def sections_of(page, text):
    """The sections of a page; the first is its title's."""
    sections, block = [], None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("```"):
            if block:
                block = None
            elif not sections:
                complain(page, number, "a fence before the title")
            else:
                block = Fragment(page, number + 1, line[3:], "")
                sections[-1].blocks.append(block)
        elif block:
            block.text += line + "\n"
        elif line.startswith("#"):
            sections.append(Section(line, number))
        elif sections:
            sections[-1].plain.append(line)
        elif line:
            complain(page, number, "text before the title")
    if block:
        complain(page, block.line - 1, "a fence that is not closed")
    return sections


def expected_form(code, language):
    """The sections that a page has, in their order: what each holds, its heading."""
    rows = [MEANS, WIRE, WHY]
    for fence in UNUSUAL.get(code, USUAL):
        for judged in JUDGED:
            rows.append((fence, [f"{a}, {b}" for a, b in zip(judged, FRAGMENTS[fence])]))
    rows.append(READ_ON)
    return [(holds, "## " + headings[language]) for holds, headings in rows]


def check_summary(page, section):
    paragraphs = "\n".join(section.plain).strip().split("\n\n")
    if len(paragraphs) != 1 or not paragraphs[0].endswith("."):
        complain(page, section.line, "below the title stands one sentence, and nothing else")
    if section.blocks:
        complain(page, section.line, "a fence below the title")


def check_items(page, section):
    lines = [line for line in section.plain if line]
    count = sum(line.startswith("- ") for line in lines)
    if section.blocks or not all(line.startswith(("- ", "  ")) for line in lines):
        complain(page, section.line, f"'{section.heading}' holds a list, and nothing else")
    elif not 2 <= count <= 4:
        complain(page, section.line, f"'{section.heading}' has 2 to 4 pointers, found {count}")


def check_block(page, section, fence):
    plain = any(section.plain)
    if plain or len(section.blocks) != 1 or section.blocks[0].fence != fence:
        complain(page, section.line, f"'{section.heading}' holds one block ```{fence}, and nothing else")
        return
    block = section.blocks[0]
    if not block.text.strip():
        complain(page, block.line, "an empty block")
    if fence != WIRE[0] and block.text.count("\n") > LONGEST:
        complain(page, block.line, f"a fragment has at most {LONGEST} lines")


def check_section(page, section, holds):
    if holds == ITEMS:
        check_items(page, section)
    elif holds == TEXT:
        if section.blocks or not any(section.plain):
            complain(page, section.line, f"'{section.heading}' holds text, and nothing else")
    else:
        check_block(page, section, holds)


def check_form(page, code, language, sections):
    if not sections or sections[0].heading != f"# {code}" or sections[0].line != 1:
        complain(page, 1, f"the first line is '# {code}'")
        return False
    form = expected_form(code, language)
    found = [section.heading for section in sections[1:]]
    if found != [heading for _, heading in form]:
        for section, (_, heading) in zip(sections[1:], form):
            if section.heading != heading:
                complain(page, section.line, f"'{heading}' is due here, found '{section.heading}'")
                return False
        missing = [heading for _, heading in form[len(found):]]
        more = found[len(form):]
        complain(page, 0, f"missing at the end: {missing}" if missing else f"too much at the end: {more}")
        return False
    check_summary(page, sections[0])
    for section, (holds, _) in zip(sections[1:], form):
        check_section(page, section, holds)
    return True


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_lines(page, text):
    for number, line in enumerate(text.split("\n"), 1):
        if columns(line) > WIDEST:
            complain(page, number, f"{columns(line)} columns wide; {WIDEST} is the most")
        if line != line.rstrip():
            complain(page, number, "blanks at the end of the line")
    if not text.endswith("\n") or text.endswith("\n\n"):
        complain(page, 0, "ends with one newline")


def check_references(page, text, codes):
    for found in re.finditer(r"sockgrade explain ([a-z0-9-]+)", text):
        if found[1] not in codes:
            complain(page, text.count("\n", 0, found.start()) + 1, f"no diagnosis '{found[1]}'")


def read_page(root, code, language, codes):
    """The fragments of a page that is in its form, by section; None where it is not."""
    page = pathlib.Path("explain", LANGUAGES[language], f"{code}.md")
    try:
        text = (root / page).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        complain(page, 0, f"cannot be read: {error}")
        return None
    check_lines(page, text)
    check_references(page, text, codes)
    sections = sections_of(page, text)
    if not check_form(page, code, language, sections):
        return None
    return [block for section in sections for block in section.blocks if block.fence in FRAGMENTS]


def c_without_comments(text):
    literal_or_comment = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?\*/|//[^\n]*'
    text = re.sub(literal_or_comment, lambda m: " " if m[0][0] == "/" else m[0], text, flags=re.S)
    return text.split()


def python_without_comments(text):
    left_out = (tokenize.COMMENT, tokenize.NL)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.type, token.string) for token in tokens if token.type not in left_out]


def lines_without_comments(text):
    return [re.sub(r"\s*#.*", "", line) for line in text.split("\n")]


WITHOUT_COMMENTS = {"c": c_without_comments, "python": python_without_comments}


def check_same(ours, theirs):
    bare = WITHOUT_COMMENTS.get(ours.fence, lines_without_comments)
    try:
        if bare(ours.text) != bare(theirs.text):
            complain(theirs.page, theirs.line, f"not the same code as {ours.page}:{ours.line}")
    except (tokenize.TokenError, SyntaxError) as error:
        complain(theirs.page, theirs.line, f"cannot be read as Python: {error}")


def check_python(fragment):
    # The prelude stands in the line before, so that errors name the line of the page.
    source = "\n" * (fragment.line - 2) + PYTHON_PRELUDE + "\n" + fragment.text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(source, str(fragment.page), "exec")
    except (SyntaxError, Warning) as error:
        complain(fragment.page, getattr(error, "lineno", fragment.line), f"Python: {error}")


def compile_c(compiler, files):
    command = compiler + FLAGS + files
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace",
                              timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{compiler[0]}: {error}"
    return (done.stderr or f"status {done.returncode}") if done.returncode else ""


def check_c(fragments):
    """Each is a translation unit of its own; as many compilers as processors share them."""
    compiler = os.environ.get("CC", "cc").split()
    workers = min(os.cpu_count() or 1, 8)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, fragment in enumerate(fragments):
            file = pathlib.Path(folder, f"{number}.c")
            file.write_text(f'{C_PRELUDE}#line {fragment.line} "{fragment.page}"\n{fragment.text}')
            files.append(str(file))
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            shares = [files[i::workers] for i in range(workers) if files[i::workers]]
            for errors in pool.map(lambda share: compile_c(compiler, share), shares):
                if errors:
                    problems.append(errors.rstrip())


def codes_of(root):
    try:
        text = (root / "harness/result/codes.h").read_text(encoding="utf-8")
    except OSError as error:
        sys.exit(f"no codes: {error}")
    return re.findall(r'\bX\(\w+,\s*"([a-z0-9-]+)"\)', text)


def check_strangers(root, codes):
    for language in LANGUAGES:
        for path in sorted((root / "explain" / language).glob("*")):
            if path.suffix != ".md" or path.stem not in codes:
                complain(path.relative_to(root), 0, "no diagnosis is called so")


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ROOT")
    root = pathlib.Path(sys.argv[1])
    codes = codes_of(root)
    if not codes:
        sys.exit("no codes found in harness/result/codes.h")
    check_strangers(root, codes)
    fragments = []
    for code in codes:
        pages = [read_page(root, code, language, codes) for language in range(len(LANGUAGES))]
        if None in pages:
            continue
        fragments += pages[0]
        for page in pages[1:]:
            for ours, theirs in zip(pages[0], page):
                check_same(ours, theirs)
    for fragment in fragments:
        if fragment.fence == "python":
            check_python(fragment)
    in_c = [fragment for fragment in fragments if fragment.fence == "c"]
    check_c(in_c)

    for problem in problems:
        print(problem)
    in_python = sum(fragment.fence == "python" for fragment in fragments)
    counts = (f"{len(codes)} diagnoses in {len(LANGUAGES)} languages, {len(in_c)} fragments in C and "
              f"{in_python} in Python")
    print(f"{counts}: {len(problems)} wrong" if problems else f"{counts}: all right")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
