const dgram = require('dgram');
const fs = require('fs');
const dns = require('dns');

// node client.js HOST PORT FILE
const [, , HOST, PORT, FILE] = process.argv;
const WAKTU = 200;
const BATAS = 40;

function mati(pesan) {
  console.error(pesan);
  process.exit(1);
}
if (FILE === undefined) mati('node client.js HOST PORT FILE');

let data;
try {
  data = fs.readFileSync(FILE);
} catch (e) {
  mati(e.message);
}

const sock = dgram.createSocket('udp4');
let alamat;

function paket(nomor, isi) {
  const kepala = Buffer.alloc(4);
  kepala.writeUInt32BE(nomor, 0);
  return Buffer.concat([kepala, isi]);
}

// kirim sampai ack dengan nomor yang sama datang
function kirim(nomor, isi) {
  return new Promise((resolve, reject) => {
    const p = paket(nomor, isi);
    let kali = 0;
    let timer;
    const dengar = (msg) => {
      if (msg.length !== 4 || msg.readUInt32BE(0) !== nomor) return;
      clearTimeout(timer);
      sock.removeListener('message', dengar);
      resolve();
    };
    const coba = () => {
      if (isi.length > 0 && kali >= BATAS) {
        sock.removeListener('message', dengar);
        return reject(new Error(`datagram ${nomor} tidak pernah di-ack`));
      }
      kali++;
      sock.send(p, Number(PORT), alamat);
      timer = setTimeout(coba, WAKTU);
    };
    sock.on('message', dengar);
    coba();
  });
}

async function main() {
  alamat = (await dns.promises.lookup(HOST, { family: 4 })).address;
  let nomor = 0;
  for (let i = 0; i < data.length; i += 1024) {
    await kirim(nomor++, data.subarray(i, i + 1024));
  }
  await kirim(nomor, Buffer.alloc(0));
  console.log(`${data.length} byte terkirim`);
  sock.close();
}

main().catch((e) => mati(e.message));
