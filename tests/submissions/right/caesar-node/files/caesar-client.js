'use strict';
const net = require('net');

const [host, port, mode, geser, teks] = process.argv.slice(2);
let hasil = '';

const socket = net.createConnection({ host, port: Number(port) });
socket.setEncoding('utf8');
socket.on('connect', () => socket.write(mode + geser + teks + '.'));
socket.on('data', (data) => {
  hasil += data;
  if (hasil.includes('.')) {
    console.log('Hasil: %s', hasil);
    socket.end();
    process.exit(0);
  }
});
socket.on('error', (e) => {
  console.error(e.message);
  process.exit(1);
});
socket.on('close', () => {
  console.error('koneksi ditutup server');
  process.exit(1);
});
