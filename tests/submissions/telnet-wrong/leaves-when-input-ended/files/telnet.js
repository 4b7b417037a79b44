#!/usr/bin/env node
// telnet mini
// node telnet.js HOST PORT
const net = require('net');

if (process.argv.length < 4) {
  console.error('node telnet.js HOST PORT');
  process.exit(2);
}
const host = process.argv[2];
const port = parseInt(process.argv[3], 10);

const socket = new net.Socket();
let selesai = false;

socket.connect(port, host, () => {
  console.error(`Connected to ${host}.`);
  process.stdin.on('data', (chunk) => {
    if (!socket.write(chunk)) {
      process.stdin.pause();
    }
  });
  socket.on('drain', () => process.stdin.resume());
  process.stdin.on('end', () => {
    // kita sudah tidak punya apa-apa lagi untuk dikirim
    selesai = true;
    socket.end(() => setTimeout(keluar, 500));
  });
});

socket.on('data', (chunk) => {
  process.stdout.write(chunk);
});

socket.on('error', (err) => {
  console.error('telnet:', err.message);
  process.exit(1);
});

socket.on('close', keluar);

function keluar() {
  console.error(selesai ? 'Bye.' : 'Connection closed by foreign host.');
  process.exit(0);
}
