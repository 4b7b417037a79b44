// greeting server (loop)
const net = require('net');

const [host, port] = [process.argv[2] || '127.0.0.1', Number(process.argv[3] || 5000)];
let count = 0;

const server = net.createServer((client) => {
  count += 1;
  const who = `${client.remoteAddress}:${client.remotePort}`;
  console.log(`#${count} ${who} connected`);

  client.on('error', (err) => console.log(`${who}: ${err.code}`));
  client.on('close', () => console.log(`${who} closed`));

  client.end(`Selamat datang, tamu ke-${count}! Sekarang ${new Date().toISOString()}\r\n`);
});

server.on('error', (err) => {
  console.error('server:', err.message);
  process.exit(1);
});

server.listen(port, host, () => console.log('listening on', server.address()));
