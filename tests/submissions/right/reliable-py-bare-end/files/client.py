import socket
import sys

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
try:
    with open(name, "rb") as file:
        data = file.read()
except OSError as error:
    sys.exit(str(error))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    client.settimeout(0.2)
    for number, start in enumerate(range(0, len(data), 1024)):
        datagram = number.to_bytes(4, "big") + data[start:start + 1024]
        for attempt in range(12):
            client.sendto(datagram, (host, port))
            try:
                while client.recvfrom(16)[0] != datagram[:4]:
                    pass
                break
            except TimeoutError:
                pass
        else:
            sys.exit("nobody answers")
    for _ in range(5):
        client.sendto(b"", (host, port))
