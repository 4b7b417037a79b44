import asyncio
import os
import sys


async def main():
    message = os.fsencode(sys.argv[2])
    reader, writer = await asyncio.open_unix_connection(sys.argv[1])
    writer.write(message)
    await writer.drain()
    sys.stdout.buffer.write(await reader.readexactly(len(message)) + b"\n")
    writer.close()


asyncio.run(main())
