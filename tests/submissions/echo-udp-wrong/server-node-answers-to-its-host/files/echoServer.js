const { createSocket } = require('node:dgram');

const host = process.argv[2];
const port = parseInt(process.argv[3], 10);

if (!host || Number.isNaN(port)) {
  process.stderr.write('usage: echoServer.js HOST PORT\n');
  process.exit(1);
}

const server = createSocket('udp4');

server.on('error', (e) => {
  process.stderr.write(`server error: ${e.stack}\n`);
  server.close();
  process.exitCode = 1;
});

server.on('message', (msg, client) => {
  server.send(msg, client.port, host, (e) => {
    if (e) process.stderr.write(`reply failed: ${e.message}\n`);
  });
});

server.on('listening', () => {
  const at = server.address();
  process.stdout.write(`listening on ${at.address}:${at.port}\n`);
});

server.bind({ address: host, port });
