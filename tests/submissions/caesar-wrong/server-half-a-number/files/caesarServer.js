const net = require('net');
const log = (...x) => console.log(new Date().toLocaleTimeString(), ...x);

const A = 'a'.charCodeAt(0);

function shiftChar(ch, n) {
  const code = ch.charCodeAt(0);
  if (ch < 'a' || ch > 'z') return ch;
  return String.fromCharCode(A + ((((code - A + n) % 26) + 26) % 26));
}

function answer(message) {
  const mode = message[0];
  let n = parseInt(message.slice(1, 3), 10) || 0;
  if (mode === 'd') n = -n;
  return [...message.slice(3)].map((c) => shiftChar(c, n)).join('');
}

const server = net.createServer({ allowHalfOpen: true }, (conn) => {
  const from = conn.remotePort;
  let text = '';
  let finished = false;
  conn.setEncoding('latin1'); // one character = one byte

  conn.on('data', (piece) => {
    if (finished) return; // nothing after the dot interests us
    text += piece;
    const dot = text.indexOf('.');
    if (dot === -1) return;
    finished = true;
    const reply = answer(text.substring(0, dot + 1));
    text = '';
    conn.end(reply, 'latin1');
    const timer = setTimeout(() => conn.destroy(), 2000);
    conn.on('close', () => clearTimeout(timer));
    log(from, 'answered', reply.length, 'bytes');
  });
  conn.on('end', () => {
    if (!finished) {
      log(from, 'ended without a dot');
      conn.end();
    }
  });
  conn.on('error', (e) => log(from, e.message));
});

server.on('error', (e) => { log(e.message); process.exit(1); });
server.listen(Number(process.argv[3]), process.argv[2], () => log('Server berjalan', server.address()));
