'use strict';
const net = require('net');

function geser(teks, n) {
  return teks.replace(/[a-z]/g, (h) =>
    String.fromCharCode(((h.charCodeAt(0) - 97 + n + 260) % 26) + 97));
}

function jawab(permintaan) {
  const mode = permintaan[0];
  const angka = permintaan.slice(1, 3);
  const n = /^[0-9]{2}$/.test(angka) ? Number(angka) : 0;
  return geser(permintaan.slice(3), mode === 'd' ? -n : n);
}

const server = net.createServer((socket) => {
  socket.setEncoding('latin1');
  let buffer = '';
  let selesai = false;
  socket.on('data', (data) => {
    if (selesai) return;
    buffer += data;
    const titik = buffer.indexOf('.');
    if (titik >= 0) {
      selesai = true;
      socket.end(jawab(buffer.slice(0, titik + 1)), 'latin1');
    }
  });
  socket.on('error', (e) => console.log('putus', e.code));
});

server.listen(Number(process.argv[3]), process.argv[2]);
