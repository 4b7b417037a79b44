const net = require('net');

const [host, port, teks] = process.argv.slice(2);
const pesan = Buffer.from(teks, 'utf8');
let terima = Buffer.alloc(0);

const sock = net.connect({ host, port: Number(port) }, () => {
  sock.write(pesan);
});

sock.on('data', (chunk) => {
  terima = Buffer.concat([terima, chunk]);
  if (terima.length >= pesan.length) {
    console.log('Balasan: ' + terima.toString('utf8'));
  }
});

sock.on('error', (e) => {
  console.error('gagal: ' + e.message);
  process.exit(1);
});

sock.on('close', () => {
  if (terima.length < pesan.length) {
    console.error('balasan terpotong');
    process.exit(1);
  }
});
