import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

host, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def probe(port):
    try:
        with socket.create_connection((host, port), timeout=1):
            return port
    except OSError:
        return None


print(f"Scanning {host} from port {first} to {last} ...")
begin = time.time()
with ThreadPoolExecutor(16) as pool:
    found = [port for port in pool.map(probe, range(first, last + 1)) if port]
for port in found:
    print(f"[+] {port}/tcp open")
print(f"{last - first + 1} ports scanned, {len(found)} open, in {time.time() - begin:.2f} s")
