import asyncio
import sys

served = 0
counting = asyncio.Lock()


async def echo(reader, writer):
    global served
    async with counting:
        served += 1
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
    writer.close()


async def main():
    server = await asyncio.start_server(echo, sys.argv[1], int(sys.argv[2]))
    await server.serve_forever()


asyncio.run(main())
