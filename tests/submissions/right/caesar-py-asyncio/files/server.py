import asyncio
import sys


def caesar(teks: bytes, n: int) -> bytes:
    return bytes((b - 97 + n) % 26 + 97 if 97 <= b <= 122 else b for b in teks)


async def tangani(reader, writer):
    try:
        req = await reader.readuntil(b'.')
        digit = req[1:3]
        n = int(digit) if all(48 <= d <= 57 for d in digit) else 0
        writer.write(caesar(req[3:], -n if req[:1] == b'd' else n))
        await writer.drain()
    except (asyncio.IncompleteReadError, ValueError, ConnectionError) as e:
        print('dibatalkan:', repr(e))
    finally:
        writer.close()


async def main():
    srv = await asyncio.start_server(tangani, sys.argv[1], sys.argv[2], limit=1 << 20)
    async with srv:
        await srv.serve_forever()

asyncio.run(main())
