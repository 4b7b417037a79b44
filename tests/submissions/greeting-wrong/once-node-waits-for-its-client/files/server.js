'use strict';
// One greeting for one visitor.
const net = require('net');

const [host, portText] = process.argv.slice(2);
const port = Number(portText);
if (!host || !Number.isInteger(port) || port < 1 || port > 65535) {
  console.error('usage: node server.js HOST PORT');
  process.exit(2);
}

const door = net.createServer();

door.once('connection', (visitor) => {
  door.close();                       // nobody else is let in
  visitor.on('error', (err) => console.error('visitor: ' + err.message));
  visitor.end('Selamat datang! It is ' + new Date().toISOString() + '\n');
});

door.on('error', (err) => {
  console.error('door: ' + err.message);
  process.exit(1);
});

door.listen(port, host, () => {
  console.error(`open on ${host}:${port}`);
});
