const net = require('net');

const s = net.connect(Number(process.argv[3]), process.argv[2]);
let hasil = '';
s.write('Isi pesan.');
s.on('data', (d) => {
  hasil += d;
  if (hasil.includes('.')) {
    console.log('balasan server: ' + hasil);
    process.exit(0);
  }
});
s.on('end', () => {
  console.error('server menutup koneksi');
  process.exit(1);
});
s.on('error', (e) => {
  console.error(e.message);
  process.exit(1);
});
