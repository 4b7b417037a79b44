#!/usr/bin/env node
/* Echo server, framing: uint32 BE + payload */
const net = require('net');

const MAX = 16 * 1024 * 1024;

class Parser {
  constructor(onFrame) {
    this.onFrame = onFrame;
    this.head = Buffer.alloc(4);
    this.headLen = 0;
    this.body = null;
    this.bodyLen = 0;
  }

  // returns false when the stream is garbage
  push(chunk) {
    let pos = 0;
    while (pos < chunk.length) {
      if (this.body === null) {
        const n = chunk.copy(this.head, this.headLen, pos);
        this.headLen += n;
        pos += 4;
        if (this.headLen < 4) break;
        const len = this.head.readUInt32BE(0);
        if (len > MAX) return false;
        this.body = Buffer.allocUnsafe(len);
        this.bodyLen = 0;
      } else {
        const n = chunk.copy(this.body, this.bodyLen, pos);
        this.bodyLen += n;
        pos += n;
      }
      if (this.body && this.bodyLen === this.body.length) {
        const head = Buffer.from(this.head);
        const body = this.body;
        this.body = null;
        this.headLen = 0;
        this.onFrame(head, body);
      }
    }
    return true;
  }
}

const server = net.createServer((sock) => {
  const id = `${sock.remoteAddress}:${sock.remotePort}`;
  console.log('+', id);
  const parser = new Parser((head, body) => {
    sock.write(head);
    if (body.length && !sock.write(body)) sock.pause();
  });
  sock.on('drain', () => sock.resume());
  sock.on('data', (chunk) => {
    if (!parser.push(chunk)) {
      console.log('!', id, 'frame too long');
      sock.destroy();
    }
  });
  sock.on('error', (e) => console.log('!', id, e.code));
  sock.on('close', () => console.log('-', id));
});

server.on('error', (e) => { console.error(e.message); process.exit(1); });
server.listen({ host: process.argv[2], port: +process.argv[3] }, () => {
  console.log('listening', server.address());
});
