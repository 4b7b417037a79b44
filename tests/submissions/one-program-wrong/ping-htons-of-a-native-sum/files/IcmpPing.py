import os
import select
import socket
import struct
import sys
import time


def checksum(string):
    csum = 0
    count = 0
    while count < len(string) // 2 * 2:
        csum += string[count + 1] * 256 + string[count]
        csum &= 0xFFFFFFFF
        count += 2
    if count < len(string):
        csum += string[len(string) - 1]
    csum = (csum >> 16) + (csum & 0xFFFF)
    csum += csum >> 16
    answer = ~csum & 0xFFFF
    return answer


def do_one(host, timeout):
    sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    ident = os.getpid() & 0xFFFF
    header = struct.pack("bbHHh", 8, 0, 0, ident, 1)
    data = struct.pack("d", time.time())
    header = struct.pack("bbHHh", 8, 0, socket.htons(checksum(header + data)), ident, 1)
    sock.sendto(header + data, (host, 1))
    ready = select.select([sock], [], [], timeout)
    if ready[0] == []:
        return "Request timed out."
    packet, addr = sock.recvfrom(1024)
    kind, code, _, packet_id, _ = struct.unpack("bbHHh", packet[20:28])
    if kind == 0 and packet_id == ident:
        sent = struct.unpack("d", packet[28:36])[0]
        return "RTT %f" % (time.time() - sent)
    return "no match"


results = [do_one(sys.argv[1], 1) for _ in range(int(sys.argv[2]))]
print("\n".join(results))
sys.exit(0 if any(r.startswith("RTT") for r in results) else 1)
