import asyncio
import sys


async def main():
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    message = sys.argv[3].encode()
    writer.write(len(message).to_bytes(4, "big") + message)
    await writer.drain()
    length = int.from_bytes(await reader.readexactly(4), "big")
    sys.stdout.buffer.write(await reader.readexactly(length))
    writer.close()


asyncio.run(main())
