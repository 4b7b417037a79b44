'use strict';
// Praktikum Jaringan - echo server
// node server.js HOST PORT
const net = require('net');

const [host, port] = process.argv.slice(2);
if (!port) {
  console.error('usage: node server.js HOST PORT');
  process.exit(2);
}

let jumlah = 0;

function mulaiEcho(sock, pertama) {
  const nama = `${sock.remoteAddress}:${sock.remotePort}`;
  console.log(`[${nama}] data pertama ${pertama.length} byte`);
  sock.on('error', (err) => {
    console.log(`[${nama}] error ${err.code}`);
    sock.destroy();
  });
  sock.write(pertama);
  sock.pipe(sock);
}

const server = net.createServer((sock) => {
  jumlah++;
  console.log('klien terhubung, sekarang', jumlah);
  sock.setNoDelay(true);
  sock.once('data', (d) => mulaiEcho(sock, d));
  sock.on('close', () => {
    jumlah--;
    console.log('klien pergi, sisa', jumlah);
  });
});

server.on('error', (e) => {
  console.error('server error:', e.message);
  process.exit(1);
});

server.listen(Number(port), host, () => {
  console.log('listening', server.address());
});
