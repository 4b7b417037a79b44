const net = require('net');

function caesar(buf, shift) {
  const hasil = Buffer.from(buf);
  for (let i = 0; i < hasil.length; i++) {
    if (hasil[i] >= 97 && hasil[i] <= 122) {
      hasil[i] = 97 + ((hasil[i] - 97 + shift) % 26 + 26) % 26;
    }
  }
  return hasil;
}

net.createServer((sock) => {
  let pesan = Buffer.alloc(0);
  let selesai = false;
  sock.on('error', () => {});
  sock.on('data', (d) => {
    if (selesai) return;
    pesan = Buffer.concat([pesan, d]);
    const titik = pesan.indexOf('.');
    if (titik < 0) return;
    selesai = true;
    if (titik < 3) {
      sock.end();
      return;
    }
    let shift = 0;
    for (const c of pesan.subarray(1, 3)) {
      const angka = c - 48;
      shift = angka >= 0 && angka <= 9 ? angka : 0;
    }
    if (pesan[0] === 100) shift = -shift;
    sock.end(caesar(pesan.subarray(3, titik + 1), shift));
  });
}).listen(process.argv[3], process.argv[2]);
