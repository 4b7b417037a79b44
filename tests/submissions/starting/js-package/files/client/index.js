const { connect } = require('net');
const { akhir } = require('./akhir');

const [host, port, pesan] = process.argv.slice(2);
let isi = '';
process.exitCode = 1;

const s = connect(port, host, () => s.end(pesan));
s.setEncoding('utf8');
s.on('data', (d) => {
  isi += d;
  if (akhir(isi)) {
    process.exitCode = 0;
    console.log(isi);
    s.destroy();
  }
});
s.on('error', (e) => console.error(String(e)));
s.on('end', () => {
  if (process.exitCode) console.error('jawaban tidak lengkap');
});
