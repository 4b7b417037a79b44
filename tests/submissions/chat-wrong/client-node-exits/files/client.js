const net = require('net');

const socket = net.connect(Number(process.argv[3]), process.argv[2]);
socket.on('error', (error) => { console.error(error.message); process.exit(1); });
socket.on('data', (data) => process.stdout.write(data));
socket.on('close', () => process.exit(0));
process.stdin.on('data', (data) => socket.write(data));
process.stdin.on('end', () => process.exit(0)); // what write() has queued goes with it
