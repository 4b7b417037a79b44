import asyncio
import os
import sys


async def main():
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    fields = [os.fsencode(word).replace(b"\\", b"\\\\").replace(b"|", b"\\|") for word in sys.argv[3:8]]
    writer.write(b"|".join(fields) + b"\n")
    await writer.drain()
    answer = await reader.readline()
    if not answer.endswith(b"\n"):
        sys.exit("no whole answer")
    print(answer.decode(), end="")


asyncio.run(main())
