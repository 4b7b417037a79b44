const net = require('net');

const port = process.env.PORT || 3000;
const host = process.env.HOST || '0.0.0.0';
if (process.env.NODE_ENV !== 'production') {
  console.error('mode pengembangan tidak didukung');
  process.exit(1);
}

net.createServer((socket) => {
  let data = Buffer.alloc(0);
  socket.on('readable', () => {
    let d;
    while ((d = socket.read()) !== null) {
      data = Buffer.concat([data, d]);
      const i = data.indexOf('.');
      if (i >= 0) {
        socket.removeAllListeners('readable');
        socket.end(data.subarray(0, i + 1));
        socket.resume();
        return;
      }
    }
  });
  socket.on('error', (e) => console.error(e.message));
}).listen(port, host, () => console.log(`siap di ${host}:${port}`));
