// node client.js HOST PORT MESSAGE
const net = require('net');

if (process.argv.length < 5) {
  console.error('usage: node client.js HOST PORT MESSAGE');
  process.exit(2);
}
const [, , host, port, message] = process.argv;

const body = Buffer.from(message, 'utf8');
const head = Buffer.alloc(4);
head.writeUInt32BE(body.length, 0);

let header = Buffer.alloc(0);
let left = -1; // payload bytes still to come, -1: header not complete
let done = false;

const sock = net.connect(Number(port), host, () => {
  sock.write(head);
  sock.write(body);
});

function show(piece) {
  process.stdout.write(piece.toString());
}

sock.on('data', (data) => {
  if (left < 0) {
    header = Buffer.concat([header, data]);
    if (header.length < 4) return;
    left = header.readUInt32BE(0);
    data = header.subarray(4);
  }
  const piece = data.subarray(0, left);
  left -= piece.length;
  show(piece);
  if (left === 0 && !done) {
    done = true;
    process.stdout.write('\n');
    sock.end();
  }
});

sock.on('error', (e) => {
  if (done) return;
  console.error('error: ' + e.message);
  process.exit(1);
});

sock.on('close', () => {
  if (!done) {
    console.error('connection closed before the whole answer came');
    process.exitCode = 1;
  }
});
