// Klien echo: node echo-client.js HOST PORT PESAN
'use strict';
const net = require('net');

const [host, port, pesan] = process.argv.slice(2);
if (pesan === undefined) {
  console.error('pemakaian: node echo-client.js HOST PORT PESAN');
  process.exit(2);
}

let jawaban = '';
let selesai = false;

const sock = net.connect({ host, port: Number(port) }, () => {
  sock.write(pesan, 'utf8');
});

// huruf yang terpotong di batas segmen diurus oleh decoder-nya node
sock.setEncoding('utf8');

sock.on('data', (teks) => {
  jawaban += teks;
  if (!selesai && jawaban.length >= pesan.length) {
    selesai = true;
    console.log('dari server: ' + jawaban);
    sock.end();
  }
});

sock.on('end', () => {
  if (!selesai) {
    console.error(`server menutup koneksi setelah ${jawaban.length} dari ${pesan.length} karakter`);
    process.exitCode = 1;
  }
});

sock.on('error', (err) => {
  if (selesai) return;
  console.error('gagal: ' + err.message);
  process.exitCode = 1;
});
