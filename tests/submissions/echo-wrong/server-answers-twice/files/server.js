const net = require('net');

const [host, port] = process.argv.slice(2);

const server = net.createServer((sock) => {
  sock.on('data', (data) => {
    sock.write(data);
    console.log('diterima', data.length, 'byte');
    sock.write(data);
  });
  sock.on('error', (err) => {
    console.log('error:', err.message);
  });
});

server.listen(Number(port), host, () => {
  console.log('server siap');
});
