# A program that may make raw sockets has that one right, in its own network, and none beyond.
# attack: status=passed rungs=full assignment=ping role=client case=four-replies refused=unshare(),setns(),mount()
import errno
import fcntl
import struct
import time

from attack import *

SOL_PACKET, RX_RING, TX_RING, VERSION, FANOUT, ALL = 263, 5, 13, 10, 18, 3
NET_RAW = 1 << 13

status = dict(line.split(":\t") for line in open("/proc/self/status") if ":\t" in line)
for name in ("CapPrm", "CapEff", "CapAmb"):
    if int(status[name], 16) != NET_RAW:
        escaped(f"has {name} {status[name]}")
if status["NoNewPrivs"].strip() != "1":
    escaped("may get new privileges")
must_fail("unshare", 0x40000000)
must_fail("unshare", 0x10000000)
must_fail("setns", 0, 0)
must_fail("mount", b"none", b"/tmp", b"tmpfs", 0, 0)

devices = {line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line}
if devices != {"lo", "eth0"}:
    escaped(f"sees {devices}")
packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
for option in (RX_RING, TX_RING, VERSION, FANOUT):
    attempt(f"set option {option} of a packet socket", packets.setsockopt, SOL_PACKET, option, struct.pack("4I", 1 << 20, 1, 1 << 20, 1))
# The address of the device, its flags, a route: all of that is CAP_NET_ADMIN's.
request = struct.pack("16sH22x", b"eth0", 0)
attempt("took eth0 down", fcntl.ioctl, packets, 0x8914, request)
for family, kind, protocol in ((socket.AF_INET6, socket.SOCK_RAW, 58), (40, socket.SOCK_STREAM, 0), (38, 5, 0)):
    attempt(f"made a socket of family {family}", socket.socket, family, kind, protocol)
packets.close()

# Whatever it sends to the outside, it is its own network that it sends it to.
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
port = OUTSIDE["udp"][-1] if isinstance(OUTSIDE["udp"], list) else OUTSIDE["udp"]
raw.sendto(struct.pack("!HHHH", 1, port, 8, 0), ("127.0.0.1", 0))
say("TRIED")


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


host, count, me = sys.argv[1], int(sys.argv[2]), os.getpid() & 0xFFFF
with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as sock:
    sock.settimeout(5)
    for number in range(1, count + 1):
        head = struct.pack("!BBHHH", 8, 0, 0, me, number)
        sock.sendto(struct.pack("!BBHHH", 8, 0, checksum(head), me, number), (host, 0))
        sock.recv(1500)
        print("reply", number)
