'use strict';
// length-prefixed echo. usage: node server.js HOST PORT
const net = require('net');

const [host, port] = process.argv.slice(2);
const LIMIT = 16 * 1024 * 1024;

const rx = { parts: [], size: 0 };

function push(chunk) {
  rx.parts.push(chunk);
  rx.size += chunk.length;
}

function clear() {
  rx.parts.length = 0;
  rx.size = 0;
}

function peekLength() {
  if (rx.size < 4) return -1;
  while (rx.parts[0].length < 4) rx.parts.splice(0, 2, Buffer.concat(rx.parts.slice(0, 2)));
  return rx.parts[0].readUInt32BE(0);
}

function take(n) {
  const all = Buffer.concat(rx.parts, rx.size);
  clear();
  if (all.length > n) push(all.subarray(n));
  return all.subarray(0, n);
}

const server = net.createServer({ allowHalfOpen: true }, (sock) => {
  const name = `${sock.remoteAddress}:${sock.remotePort}`;
  console.log('open ', name);

  sock.on('data', (chunk) => {
    push(chunk);
    for (;;) {
      const len = peekLength();
      if (len < 0) return;
      if (len > LIMIT) {
        console.log('too long', name, len);
        clear();
        sock.destroy();
        return;
      }
      if (rx.size < 4 + len) return;
      if (!sock.write(take(4 + len))) {
        sock.pause();
        sock.once('drain', () => sock.resume());
      }
    }
  });
  sock.on('end', () => {
    if (rx.size) console.log('frame cut short', name);
    clear();
    sock.end();
  });
  sock.on('error', (err) => console.log('error', name, err.code));
  sock.on('close', () => console.log('close', name));
});

server.on('error', (err) => {
  console.error(err.message);
  process.exit(1);
});
server.listen(Number(port), host, () => console.log('listening', server.address()));
