import asyncio
import sys


async def main():
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    greeting = await reader.read()
    if not greeting:
        sys.exit("no greeting came")
    sys.stdout.buffer.write(greeting)
    writer.write(sys.argv[3].encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
