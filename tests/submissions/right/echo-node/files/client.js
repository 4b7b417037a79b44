const net = require('net');

const [, , host, port, pesan] = process.argv;
const data = Buffer.from(pesan, 'utf8');
const balasan = [];
let diterima = 0;

const socket = net.connect(Number(port), host, () => socket.write(data));

socket.on('data', (potongan) => {
  balasan.push(potongan);
  diterima += potongan.length;
  if (diterima >= data.length) {
    console.log('Dari server: ' + Buffer.concat(balasan).toString('utf8'));
    socket.destroy();
  }
});
socket.on('end', () => {
  if (diterima < data.length) {
    console.error(`server selesai setelah ${diterima} byte`);
    process.exitCode = 1;
  }
});
socket.on('error', (err) => {
  console.error('Gagal: ' + err.message);
  process.exitCode = 1;
});
