import asyncio
import sys


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)

    # client lambat: berhenti membaca dulu
    def pause_writing(self):
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()

    def eof_received(self):
        return False  # transport ditutup setelah buffer habis


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, sys.argv[1], int(sys.argv[2]))
    await server.serve_forever()

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print('bye')
