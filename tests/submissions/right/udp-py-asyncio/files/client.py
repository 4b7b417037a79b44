import asyncio
import sys


class Client(asyncio.DatagramProtocol):
    def __init__(self, message, answer):
        self.message = message
        self.answer = answer

    def connection_made(self, transport):
        transport.sendto(self.message)

    def datagram_received(self, data, addr):
        if not self.answer.done():
            self.answer.set_result(data)

    def error_received(self, error):
        if not self.answer.done():
            self.answer.set_exception(error)


async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    await loop.create_datagram_endpoint(
        lambda: Client(sys.argv[3].encode(), answer), remote_addr=(sys.argv[1], int(sys.argv[2]))
    )
    data = await asyncio.wait_for(answer, 4)
    sys.stdout.buffer.write(data)


asyncio.run(main())
