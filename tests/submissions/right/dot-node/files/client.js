import { connect } from 'node:net';
import { bacaSampaiTitik } from './baca.js';

const [host, port, pesan] = process.argv.slice(2);
const socket = connect({ host, port });
socket.write(pesan);
try {
  const jawab = await bacaSampaiTitik(socket);
  if (!jawab) throw new Error('jawaban tidak sampai titik');
  console.log(jawab.toString());
} catch (e) {
  console.error(e.message);
  process.exitCode = 1;
}
