// Caesar cipher server (Node.js)
// protokol: (d|e)(dua digit)(teks).
const net = require('net');

const host = process.argv[2] || '127.0.0.1';
const port = parseInt(process.argv[3] || '5000', 10);

const HEADER = 3;
let head = [];          // tiga byte pertama

function parseShift(a, b) {
  const isDigit = (x) => x >= 0x30 && x <= 0x39;
  if (!isDigit(a) || !isDigit(b)) return 0;
  return ((a - 0x30) * 10 + (b - 0x30)) % 26;
}

function geser(byte, n) {
  if (byte < 0x61 || byte > 0x7a) return byte;
  return ((byte - 0x61 + n + 26) % 26) + 0x61;
}

const server = net.createServer({ allowHalfOpen: true }, (sock) => {
  const out = [];
  let done = false;
  let shift = null;

  sock.on('data', (chunk) => {
    if (done) return;               // what follows the dot is ignored
    for (const byte of chunk) {
      if (head.length < HEADER) {
        head.push(byte);
        if (head.length === HEADER) {
          shift = parseShift(head[1], head[2]);
          if (head[0] === 0x64) shift = -shift;
        }
        continue;
      }
      out.push(geser(byte, shift));
      if (byte === 0x2e) {
        done = true;
        head = [];
        sock.end(Buffer.from(out));
        setTimeout(() => sock.destroy(), 1500).unref();
        break;
      }
    }
  });
  sock.on('end', () => { if (!done) sock.end(); });
  sock.on('error', (e) => { console.log('client error', e.code); sock.destroy(); });
});

server.on('error', (e) => { console.error(e.message); process.exit(1); });
server.listen(port, host, () => console.log(`caesar on ${host}:${port}`));
