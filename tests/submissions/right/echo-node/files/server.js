const net = require('net');

const [host, port] = process.argv.slice(2);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', (err) => console.error('client:', err.code));
  socket.pipe(socket);
});

server.listen({ port: Number(port), host }, () => {
  console.log('server berjalan', server.address());
});
