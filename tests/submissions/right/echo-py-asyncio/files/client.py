import asyncio
import sys


async def main(host, port, pesan):
    reader, writer = await asyncio.open_connection(host, port)
    data = pesan.encode()
    writer.write(data)
    await writer.drain()
    balasan = await reader.readexactly(len(data))
    print(balasan.decode())
    writer.close()


if len(sys.argv) != 4:
    print('python3 client.py HOST PORT PESAN', file=sys.stderr)
    sys.exit(1)
try:
    asyncio.run(main(*sys.argv[1:]))
except (OSError, asyncio.IncompleteReadError) as e:
    print('Gagal:', e, file=sys.stderr)
    sys.exit(1)
