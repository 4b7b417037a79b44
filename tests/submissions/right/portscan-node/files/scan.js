const net = require('net');

const [host, first, last] = process.argv.slice(2);

function probe(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, host);
    const finish = (open) => { socket.destroy(); resolve(open); };
    socket.setTimeout(500, () => finish(false));
    socket.on('connect', () => finish(true));
    socket.on('error', () => finish(false));
  });
}

let next = Number(first);
async function work() {
  while (next <= Number(last)) {
    const port = next++;
    if (await probe(port)) console.log(`port ${port}: OPEN`);
  }
}

Promise.all(Array.from({ length: 50 }, work));
