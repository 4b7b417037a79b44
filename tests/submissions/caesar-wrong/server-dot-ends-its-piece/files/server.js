// Caesar server (Node.js)
const net = require('net');

function translate(buf, shift) {
  const out = Buffer.alloc(buf.length);
  for (let i = 0; i < buf.length; i++) {
    const c = buf[i];
    if (c >= 97 && c <= 122) {
      out[i] = ((c - 97 + shift + 26) % 26) + 97;
    } else {
      out[i] = c;
    }
  }
  return out;
}

function parseShift(header) {
  const digits = header.toString('latin1', 1, 3);
  return /^[0-9]{2}$/.test(digits) ? parseInt(digits, 10) % 26 : 0;
}

function onClient(socket) {
  let chunks = [];
  let done = false;
  let timer = null;

  socket.on('data', (chunk) => {
    if (done) return;
    chunks.push(chunk);
    if (chunk[chunk.length - 1] !== 0x2e) return; // no full stop yet
    const message = Buffer.concat(chunks);
    const dot = message.indexOf(0x2e, 3);
    if (dot < 0) return;
    done = true;
    chunks = [];
    let shift = parseShift(message);
    if (message[0] === 0x64) shift = -shift;
    socket.end(translate(message.subarray(3, dot + 1), shift), () => {
      timer = setTimeout(() => socket.destroy(), 1000);
    });
  });
  socket.on('end', () => {
    if (!done) socket.end();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(timer));
}

const server = net.createServer({ allowHalfOpen: true }, onClient);
server.on('error', (err) => {
  console.error(err.message);
  if (!server.listening) process.exit(1);
});
server.listen(parseInt(process.argv[3], 10), process.argv[2]);
