# SPDX-License-Identifier: MIT
"""sniff COUNT: prints source, destination, ports and length of COUNT TCP segments that pass by."""
import socket
import struct
import sys

ALL, IPV4, TCP = 0x0003, 0x0800, 6


def show(frame):
    """Prints the segment that the frame holds; False where it holds none."""
    kind, = struct.unpack("!H", frame[12:14])
    packet = frame[14:]
    if kind != IPV4 or packet[9] != TCP:
        return False
    total, = struct.unpack("!H", packet[2:4])
    segment = packet[(packet[0] & 0xF) * 4:total]
    source, destination = socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20])
    from_port, to_port = struct.unpack("!HH", segment[:4])
    data = segment[(segment[12] >> 4) * 4:]
    print(f"{source}:{from_port} -> {destination}:{to_port} length {len(data)}")
    return True


def main():
    count = int(sys.argv[1])
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL)) as sock:
        while count:
            frame, (_, _, direction, _, _) = sock.recvfrom(65535)
            if direction != socket.PACKET_OUTGOING and show(frame):
                count -= 1


if __name__ == "__main__":
    main()
