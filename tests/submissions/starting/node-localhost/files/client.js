const net = require('net');
const pesan = Buffer.from(process.argv[4]);
const bagian = [];
let panjang = 0;
const s = net.connect(4242, 'localhost', () => s.write(pesan));
s.on('data', (d) => {
  bagian.push(d);
  panjang += d.length;
  if (panjang >= pesan.length) {
    console.log(Buffer.concat(bagian).toString());
    s.end();
  }
});
function gagal(e) {
  console.error(String(e));
  process.exit(1);
}
s.on('error', gagal);
s.on('end', () => panjang < pesan.length && gagal('gema terputus'));
