import asyncio
import sys


async def serve(reader, writer):
    try:
        while True:
            header = await reader.readexactly(4)
            length = int.from_bytes(header, "big")
            if length > 16 << 20:
                break
            writer.write(header + await reader.readexactly(length))
            await writer.drain()
    except (asyncio.IncompleteReadError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(serve, sys.argv[1], int(sys.argv[2]))
    await server.serve_forever()


asyncio.run(main())
