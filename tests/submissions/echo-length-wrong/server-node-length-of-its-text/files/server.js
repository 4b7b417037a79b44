const net = require('net');
net.createServer({ allowHalfOpen: true }, s => {
  let buf = Buffer.alloc(0);
  s.on('data', d => {
    buf = Buffer.concat([buf, d]);
    while (buf.length >= 4) {
      const n = buf.readUInt32BE(0);
      if (n > 16777216) return s.destroy();
      if (buf.length < 4 + n) return;
      const text = buf.toString('utf8', 4, 4 + n);
      const out = Buffer.from(text);
      const head = Buffer.alloc(4);
      head.writeUInt32BE(out.length);
      s.write(head); s.write(out);
      buf = buf.subarray(4 + n);
    }
  });
  s.on('end', () => s.end());
  s.on('error', () => {});
}).listen(process.argv[3], process.argv[2]);
