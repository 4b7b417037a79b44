const net = require('net');

const LARGEST = 16 * 1024 * 1024;

net.createServer((socket) => {
  let frame = Buffer.alloc(256 * 1024);
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4) {
      const length = pending.readUInt32BE(0);
      if (length > LARGEST) {
        socket.destroy();
        return;
      }
      if (pending.length < 4 + length) return;
      if (frame.length < 4 + length) frame = Buffer.alloc(4 + length);
      pending.copy(frame, 0, 0, 4 + length);
      pending = pending.subarray(4 + length);
      socket.write(frame.subarray(0, 4 + length));
    }
  });
  socket.on('end', () => socket.end());
  socket.on('error', () => {});
}).listen({ host: process.argv[2], port: Number(process.argv[3]) });
