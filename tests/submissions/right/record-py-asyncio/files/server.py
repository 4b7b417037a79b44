import asyncio
import re
import sys

FIELD = re.compile(rb"(?:[^|\\]|\\[|\\])*", re.S)


def answer(line):
    fields, at = [], 0
    while True:
        found = FIELD.match(line, at)
        fields.append(re.sub(rb"\\(.)", rb"\1", found[0], flags=re.S))
        at = found.end()
        if at == len(line):
            break
        if line[at:at + 1] != b"|":
            return b"ERR bad escape\n"
        at += 1
    if len(fields) != 5:
        return b"ERR %d fields\n" % len(fields)
    return b"OK %d\n" % len(fields[4])


async def serve(reader, writer):
    try:
        while (line := await reader.readline()).endswith(b"\n"):
            writer.write(answer(line[:-1]))
            await writer.drain()
    except (OSError, ValueError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(serve, sys.argv[1], int(sys.argv[2]), limit=1 << 20)
    await server.serve_forever()


asyncio.run(main())
