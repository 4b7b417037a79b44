const net = require('net');
net.createServer({ allowHalfOpen: true }, s => {
  let buf = Buffer.alloc(0);
  s.on('data', d => {
    buf = Buffer.concat([buf, d]);
    while (buf.length >= 4) {
      const n = buf.readUInt32BE(0);
      if (n > 16777216) return s.destroy();
      if (buf.length < 4 + n) return;
      s.write(buf.subarray(0, 4 + n));
      buf = buf.subarray(4 + n);
    }
  });
  s.on('end', () => s.end());
  s.on('error', () => {});
}).listen(process.argv[3], process.argv[2]);
