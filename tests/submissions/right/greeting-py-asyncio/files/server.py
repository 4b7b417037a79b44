import asyncio
import sys


async def greet(reader, writer):
    try:
        writer.write(b"Halo dari asyncio\r\n")
        await writer.drain()
        writer.write_eof()
        await asyncio.wait_for(reader.read(), 1)
    except (OSError, asyncio.TimeoutError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(greet, sys.argv[1], int(sys.argv[2]))
    await server.serve_forever()


asyncio.run(main())
