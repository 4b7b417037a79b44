const net = require('net');

const server = net.connect({ host: process.argv[2], port: Number(process.argv[3]), allowHalfOpen: true });
process.stdin.pipe(server);
server.pipe(process.stdout);
server.on('error', (error) => { console.error(error.message); process.exit(1); });
server.on('end', () => { process.exitCode = 0; process.stdin.destroy(); server.destroy(); });
