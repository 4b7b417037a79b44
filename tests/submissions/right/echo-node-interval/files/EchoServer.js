const net = require('net');

let aktif = 0, total = 0;

const server = net.createServer({ allowHalfOpen: true }, (s) => {
  aktif++;
  s.on('data', (d) => {
    total += d.length;
    if (!s.write(d)) s.pause();
  });
  s.on('drain', () => s.resume());
  s.on('end', () => s.end());
  s.on('error', (e) => console.log('error', e.message));
  s.on('close', () => aktif--);
});

setInterval(() => console.log(`${aktif} client, ${total} byte`), 2000);

server.listen(parseInt(process.argv[3], 10), process.argv[2]);
