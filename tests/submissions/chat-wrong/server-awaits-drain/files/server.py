import asyncio
import sys

everybody = set()


async def serve(reader, writer):
    everybody.add(writer)
    try:
        while (line := await reader.readline()).endswith(b"\n"):
            for other in list(everybody):
                if other is not writer:
                    try:
                        other.write(line)
                        await other.drain()
                    except ConnectionError:
                        pass
    except ConnectionError:
        pass
    finally:
        everybody.discard(writer)
        writer.close()


async def main():
    server = await asyncio.start_server(serve, sys.argv[1], int(sys.argv[2]), limit=1 << 22)
    await server.serve_forever()


asyncio.run(main())
