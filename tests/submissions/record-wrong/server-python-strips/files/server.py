import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:
                if not line.endswith(b"\n"):
                    return
                self.wfile.write(self.answer(line.strip()))
        except OSError:
            pass

    def answer(self, line):
        count, fields, escaped = 0, 1, False
        for byte in line:
            if escaped:
                escaped = False
                count += 1
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x7C:
                fields, count = fields + 1, 0
            else:
                count += 1
        return b"OK %d\n" % count if fields == 5 else b"ERR fields\n"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
