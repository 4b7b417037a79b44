const net = require('net');

const [host, port] = process.argv.slice(2);

const server = net.createServer((sock) => {
  sock.on('data', (data) => {
    const pesan = data.toString();
    sock.write(pesan);
  });
  sock.on('error', (err) => {
    console.log('error:', err.message);
  });
});

server.listen(Number(port), host, () => {
  console.log('server siap');
});
