import net from 'node:net';
import readline from 'node:readline';
const rl = readline.createInterface({ input: process.stdin, output: process.stdout });
rl.question('Pesan: ', pesan => {
  rl.close();
  const s = net.createConnection(7000, '127.0.0.1');
  let semua = Buffer.alloc(0);
  s.on('connect', () => s.write(pesan));
  s.on('data', d => {
    semua = Buffer.concat([semua, d]);
    const i = semua.indexOf('.');
    if (i >= 0) { console.log('Balasan: ' + semua.subarray(0, i + 1)); s.destroy(); process.exit(0); }
  });
  s.on('error', e => { console.error('gagal:', e.code); process.exit(1); });
  s.on('close', () => { console.error('putus sebelum titik'); process.exit(1); });
});
