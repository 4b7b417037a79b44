import { createServer } from 'node:net';

const [host, port] = process.argv.slice(2);

async function layani(socket) {
  try {
    const data = [];
    let pesan = null;
    for await (const potong of socket.iterator({ destroyOnReturn: false })) {
      const i = potong.indexOf('.');
      if (i >= 0) {
        data.push(potong.subarray(0, i + 1));
        pesan = Buffer.concat(data);
        break;
      }
      data.push(potong);
    }
    if (pesan) socket.end(pesan, () => socket.destroySoon());
    else socket.destroy();
  } catch (e) {
    console.error(e.code);
    socket.destroy();
  }
}

createServer((socket) => {
  socket.on('error', () => {});
  layani(socket);
}).listen(port, host);
