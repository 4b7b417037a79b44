const net = require('net');

let pesan = Buffer.alloc(0);

const server = net.createServer((client) => {
  client.on('data', (data) => {
    pesan = Buffer.concat([pesan, data]);
    const titik = pesan.indexOf('.');
    if (titik !== -1) {
      client.end(pesan.subarray(0, titik + 1));
      pesan = Buffer.alloc(0);
      client.removeAllListeners('data');
      client.resume();
    }
  });
  client.on('error', (e) => console.log(e.code));
});

server.listen(process.argv[3], process.argv[2]);
