'use strict';
const net = require('net');

const HOST = process.argv[2];
const PORT = parseInt(process.argv[3], 10);

function caesar(req) {
  // req: Buffer from the mode letter to the dot
  let k = /^\d\d$/.test(req.toString('latin1', 1, 3)) ? Number(req.toString('latin1', 1, 3)) : 0;
  if (req[0] === 0x64) k = -k;
  k = ((k % 26) + 26) % 26;
  const out = Buffer.from(req.subarray(3));
  for (let i = 0; i < out.length; i++) {
    if (out[i] >= 97 && out[i] <= 122) out[i] = 97 + ((out[i] - 97 + k) % 26);
  }
  return out;
}

class Session {
  constructor(sock) {
    this.sock = sock;
    this.parts = [];
    sock.setNoDelay(true);
    sock.on('data', (d) => this.onData(d));
    sock.on('error', (e) => console.log('error', e.code));
    sock.on('close', () => { clearTimeout(this.t1); clearTimeout(this.t2); });
  }

  onData(d) {
    const dot = d.indexOf('.');
    if (dot < 0) {
      this.parts.push(d);
      return;
    }
    this.parts.push(d.subarray(0, dot + 1));
    const req = Buffer.concat(this.parts);
    this.parts = [];
    if (req.length < 4) {
      this.sock.destroy();
      return;
    }
    this.sock.write(caesar(req));
    // a short pause, so that the client can read before we hang up
    this.t1 = setTimeout(() => this.sock.end(), 300);
    this.t2 = setTimeout(() => this.sock.destroy(), 1800);
  }
}

net.createServer((s) => new Session(s)).listen(PORT, HOST, () => {
  console.log(`Caesar server di ${HOST}:${PORT}`);
});
