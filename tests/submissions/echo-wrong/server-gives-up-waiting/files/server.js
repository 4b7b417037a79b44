const net = require('net');
const [host, port] = process.argv.slice(2);
let open = 0;
let timer;

function closeWhenBored() {
  clearTimeout(timer);
  timer = setTimeout(() => process.exit(0), 2500);
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  open++;
  clearTimeout(timer);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (--open === 0) closeWhenBored();
  });
  socket.pipe(socket);
});
server.listen({ host, port: Number(port), backlog: 64 }, closeWhenBored);
