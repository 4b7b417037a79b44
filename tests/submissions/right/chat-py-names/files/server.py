import asyncio
import sys

members = {}


def tell(line):
    for writer in members:
        if writer.transport.get_write_buffer_size() < 1 << 20:
            writer.write(line)


async def serve(reader, writer):
    name = None
    try:
        writer.write(b"Your name? ")
        name = (await reader.readuntil(b"\n")).strip()
        writer.write(b"Welcome, " + name + b"\n")
        members[writer] = name
        tell(b"* " + name + b" has joined\n")
        while True:
            tell(name + b": " + await reader.readuntil(b"\n"))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        pass
    finally:
        if members.pop(writer, None):
            tell(b"* " + name + b" has left\n")
        writer.close()


async def main():
    server = await asyncio.start_server(serve, sys.argv[1], int(sys.argv[2]), limit=1 << 20)
    await server.serve_forever()


asyncio.run(main())
