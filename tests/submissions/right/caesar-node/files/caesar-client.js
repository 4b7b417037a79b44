'use strict';
const net = require('net');

const [host, port, mode, geser, teks] = process.argv.slice(2);
let hasil = '';
process.exitCode = 1; // sampai jawabannya utuh

const socket = net.createConnection({ host, port: Number(port) });
socket.setEncoding('utf8');
socket.on('connect', () => socket.write(mode + geser + teks + '.'));
socket.on('data', (data) => {
  hasil += data;
  if (hasil.includes('.')) {
    console.log('Hasil: %s', hasil);
    process.exitCode = 0;
    socket.destroy();
  }
});
socket.on('error', (e) => console.error(e.message));
socket.on('close', () => {
  if (process.exitCode) console.error('koneksi selesai sebelum waktunya');
});
